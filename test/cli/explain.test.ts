import { expect, test } from '@jest/globals';
import { run, serve } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

test('scenarios explain names the rule for the next request, and scenarios state sets the state of a scenario', async () => {
  const files = filesOf({
    'moods.yaml': `scenario: moods
enabled: true
states: { initial: up, byHand: [down] }
rules:
  - { when: down, match: { operation: image-v2.listImages, user: demo }, fault: { answer: 401 } }
`,
  });
  const { url } = await serve(['--scenarios', files('moods.yaml')]);
  const scenarios = (...args: readonly string[]) => run(['scenarios', ...args, '--url', url]);
  const lineOf = async (...args: readonly string[]) => {
    const { stdout } = await scenarios('explain', 'image-v2.listImages', ...args);
    return stdout
      .split('\n')
      .find((line) => line.startsWith('moods'))
      ?.replaceAll(/ +/g, ' ')
      .trim();
  };
  expect(await lineOf()).toBe('moods 0 depends user "demo"');
  expect(await lineOf('--user', 'admin')).toBe('moods 0 passes user "demo" does not match');
  expect(await lineOf('--user', 'demo')).toBe('moods 0 passes the state is up, not down');
  expect(await scenarios('state', 'moods', 'down')).toMatchObject({
    code: 0,
    stdout: 'moods is down in world default\n',
  });
  expect(await lineOf('--user', 'demo')).toBe('moods 0 takes');
  const { code, stderr } = await scenarios('state', 'moods', 'dwon');
  expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "down"?')]);
});
