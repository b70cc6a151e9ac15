import { expect, test } from '@jest/globals';
import { run, serve } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

test('scenarios explain names the rule that fires next, and scenarios state sets the state', async () => {
  const files = filesOf({
    'modes.yaml': `scenario: modes
enabled: true
states: { initial: up, byHand: [down] }
rules:
  - { when: down, match: { operation: image-v2.listImages, user: demo }, fault: { answer: 401 } }
`,
  });
  const { url } = await serve(['--scenarios', files('modes.yaml')]);
  const scenarios = (...args: readonly string[]) => run(['scenarios', ...args, '--url', url]);
  const lineOf = async (...args: readonly string[]) => {
    const { stdout } = await scenarios('explain', 'image-v2.listImages', ...args);
    return stdout
      .split('\n')
      .find((line) => line.startsWith('modes'))
      ?.replaceAll(/ +/g, ' ')
      .trim();
  };
  expect(await lineOf()).toBe('modes 0 depends user "demo"');
  expect(await lineOf('--user', 'admin')).toBe('modes 0 passes user "demo" does not match');
  expect(await lineOf('--user', 'demo')).toBe('modes 0 passes the state is up, not down');
  expect(await scenarios('state', 'modes', 'down')).toMatchObject({
    code: 0,
    stdout: 'modes is down in world default\n',
  });
  expect(await lineOf('--user', 'demo')).toBe('modes 0 takes');
  const { code, stderr } = await scenarios('state', 'modes', 'dwon');
  expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "down"?')]);
});
