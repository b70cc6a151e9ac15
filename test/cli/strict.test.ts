import { describe, expect, test } from '@jest/globals';
import { run, type Served, serve } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const RULE = { match: { operation: 'image-v2.listImages' }, fault: { answer: 401 } };
const OTHER_RULE = { match: { operation: 'image-v2.deleteImage' }, fault: { answer: 403 } };

async function admin(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}/__admin${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect([response.ok, text]).toEqual([true, text]);
  return text === '' ? undefined : JSON.parse(text);
}

/** Stops a server and returns its exit code and standard error. */
async function stopServer({ stop, finished }: Served): Promise<readonly [number | null, string]> {
  stop();
  const { code, stderr } = await finished;
  return [code, stderr];
}

async function listImages(url: string): Promise<number> {
  const token = await login(url);
  return (await fetch(`${url}/image/v2/images`, { headers: { 'X-Auth-Token': token } })).status;
}

describe('serve, when it is stopped,', () => {
  test('prints the unused faults of all worlds and exits with 3 with --strict', async () => {
    const served = await serve(['--strict']);
    const { url } = served;
    await admin(url, 'POST', '/faults', OTHER_RULE);
    await admin(url, 'PUT', '/scenarios/mine', { rules: [RULE, OTHER_RULE] });
    await admin(url, 'POST', '/scenarios/mine/enable');
    expect(await listImages(url)).toBe(401);
    for (const name of ['kept', 'dropped', 'reset']) {
      await admin(url, 'POST', '/worlds', { name });
      await admin(`${url}/w/${name}`, 'POST', '/faults', RULE);
    }
    await admin(url, 'DELETE', '/worlds/dropped');
    await admin(`${url}/w/reset`, 'POST', '/reset');
    const [code, stderr] = await stopServer(served);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'sideglance: never fired: fault fault-1 in world dropped, for image-v2.listImages',
      'sideglance: never fired: fault fault-1 in world default, for image-v2.deleteImage',
      'sideglance: never fired: scenario mine, /rules/1 in world default, for image-v2.deleteImage',
      'sideglance: never fired: fault fault-1 in world kept, for image-v2.listImages',
      'sideglance: never fired: fault fault-1 in world reset, for image-v2.listImages',
    ]);
    expect(code).toBe(3);
  });

  test('prints unused faults and exits with 0 without --strict', async () => {
    const served = await serve();
    await admin(served.url, 'POST', '/faults', OTHER_RULE);
    const [code, stderr] = await stopServer(served);
    expect(code).toBe(0);
    expect(stderr).toContain('never fired: fault fault-1 in world default');
  });

  test('prints nothing and exits with 0 with --strict when all faults fired', async () => {
    const served = await serve([], { env: { SIDEGLANCE_STRICT: 'true' } });
    await admin(served.url, 'POST', '/faults', RULE);
    expect(await listImages(served.url)).toBe(401);
    expect(await stopServer(served)).toEqual([0, '']);
  });

  test('prints scenarios enabled by their files that fired in no world', async () => {
    const files = filesOf({
      'mine.json': JSON.stringify([
        { scenario: 'used', enabled: true, rules: [RULE] },
        {
          scenario: 'unused',
          enabled: true,
          rules: [{ ...OTHER_RULE, match: { operation: '*.deleteImage' }, undocumented: true }],
        },
        { scenario: 'off', rules: [OTHER_RULE] },
      ]),
    });
    const served = await serve(['--strict', '--scenarios', files('mine.json')]);
    await admin(served.url, 'POST', '/worlds', { name: 'other' });
    expect(await listImages(`${served.url}/w/other`)).toBe(401);
    const [code, stderr] = await stopServer(served);
    expect(stderr).toBe('sideglance: never fired: scenario unused, /rules/0, for image-v2.deleteImage and 4 more\n');
    expect(code).toBe(3);
  });
});

describe('validate', () => {
  test('exits with 2 for rules that cannot fire, with file, line, pointer and allowed values', async () => {
    const files = filesOf({
      'bad.yaml': `scenario: bad
states: { initial: up }
rules:
  - match: { operation: image-v2.deleteImage }
    fault: { answer: 403 }
  - match: { operation: image-v2.deleteImage, image: { name: "web-*" } }
    calls: { to: 1 }
    sequence: [{ answer: 404 }, { answer: 418 }]
  - when: down
    match: { operation: image-v2.showImag }
    fault: { limit: { requests: 1, per: 1s } }
`,
    });
    const { code, stderr } = await run(['validate', '--scenarios', files()]);
    expect(code).toBe(2);
    for (const message of [
      'bad.yaml',
      'line 8, /rules/1/sequence/1/answer: is not documented for image-v2.deleteImage',
      'line 8, /rules/1/sequence/1: is never reached: "calls" lets the rule fire once',
      'line 10, /rules/2/match/operation: no operation has this name; did you mean "image-v2.showImage"?',
      'line 6, /rules/1: the rule can never match: /rules/0 takes all of its requests',
      'line 9, /rules/2/when: the rule can never match: no rule leads to this state; found "down"; allowed: up',
    ]) {
      expect(stderr).toContain(message);
    }
  });

  test('prints the errors of all files', async () => {
    const rule = (operation: string) => ({ match: { operation }, fault: { answer: 404 } });
    const files = filesOf({
      'a.json': { scenario: 'a', rules: [rule('image-v2.showImag')] },
      'b.json': { scenario: 'b', rules: [rule('image-v2.showImage')] },
      'c.json': { scenario: 'c', rules: [rule('ims.showImag')] },
    });
    const { code, stderr } = await run(['validate', '--scenarios', files()]);
    expect(code).toBe(2);
    for (const [name, nearest] of Object.entries({ 'a.json': 'image-v2.showImage', 'c.json': 'ims.showImage' })) {
      expect(stderr).toContain(
        `/rules/0/match/operation: ${files(name)}: no operation has this name; did you mean "${nearest}"?`,
      );
    }
    expect(stderr).not.toContain(`${files('b.json')}:`);
  });

  test('prints notes on unusual scenarios that may be intended', async () => {
    const files = filesOf({
      'odd.yaml': `scenario: odd
states: { initial: up }
rules:
  - { when: up, match: { operation: image-v2.deleteImage }, fault: { answer: 403 }, goto: over }
`,
    });
    const { code, stdout } = await run(['validate', '--scenarios', files()]);
    expect(code).toBe(0);
    expect(stdout).toContain('scenario odd, 1 rule: \n  note: /states: no rule applies in state over\n');
  });
});
