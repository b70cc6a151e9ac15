import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assignmentsFor } from '../../src/cli/shells.ts';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { run, serve } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';
import { testIn } from '../support/shells.ts';

let cloud: Sideglance;
beforeAll(async () => {
  const path = filesOf({
    'ann.yaml':
      'projects: [{ name: lab }]\nusers:\n  - { name: ann, password: "it\'s", project: lab }\n  - { name: bob, password: b, project: lab }\n',
  });
  cloud = await startSideglance({ fixtures: path('ann.yaml') });
});
afterAll(() => cloud.close());

const env = (...args: string[]) => run(['env', '--url', cloud.url, ...args]);

describe('env', () => {
  test('prints the settings of the first user that the server has, and those of another user', async () => {
    expect((await env()).stdout).toContain(`export OS_USERNAME=ann\nexport OS_PASSWORD='it'\\''s'\n`);
    expect((await env('--user', 'bob')).stdout).toContain('export OS_USERNAME=bob\n');
    expect(JSON.parse((await env('--format', 'json')).stdout)).toEqual(cloud.world().settings());
    const unknown = await env('--user', 'bo');
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toContain('User "bo" does not exist in this world; did you mean "bob"?');
  });

  test('prints the settings of a world by address and by login, and none of a world that does not exist', async () => {
    const world = cloud.worlds.create({ name: 't17' });
    expect((await env('--world', 't17')).stdout).toContain(`export OS_AUTH_URL=${world.url}/identity/v3\n`);
    const byLogin = JSON.parse((await env('--world', 't17', '--by-login', '--format', 'json')).stdout);
    expect(byLogin).toEqual(world.settingsByLogIn());
    const unknown = await env('--world', 'nope');
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toContain('World "nope" does not exist.');
    const close = await env('--world', 't71');
    expect(close.stderr).toContain('World "t71" does not exist; did you mean "t17"?');
  });

  test('fails without a server, and prints the settings of fixtures when they are given', async () => {
    const { code, stdout, stderr } = await run(['env', '--url', 'http://127.0.0.1:1']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('cannot reach http://127.0.0.1:1; start a server with: sideglance serve');
    const offline = await run(['env', '--url', 'http://127.0.0.1:1', '--fixtures', 'default']);
    expect(offline.stdout).toContain('export OS_USERNAME=demo\n');
  });

  test('reaches a server with TLS, whose authority clients then trust', async () => {
    const server = await serve(['--tls']);
    const url = `https://127.0.0.1:${server.port}`;
    const { stdout } = await run(['env', '--url', url]);
    const [, file = ''] = /export OS_CACERT=(\S+)/.exec(stdout) ?? [];
    expect(readFileSync(file, 'utf8')).toContain('BEGIN CERTIFICATE');
    expect((await run(['worlds', '--url', url])).stdout).toContain(`https://127.0.0.1:${server.port}`);
  });

  test('ignores the variables of a server', async () => {
    const variables = { SIDEGLANCE_FIXTURES: 'none.yaml', SIDEGLANCE_SEED: 'ci-run-7' };
    const { stdout } = await run(['env', '--url', cloud.url], { env: variables });
    expect(stdout).toContain('export OS_USERNAME=ann\n');
    expect((await run(['generate', '--count', '1'], { env: variables })).code).toBe(0);
    const created = await run(['worlds', 'create', 'plain', '--url', cloud.url], { env: variables });
    expect(JSON.parse(created.stdout)).toMatchObject({ seed: 'sideglance' });
  });
});

const HARD = { A: 'it\'s 100% \\ $HOME `x` "q"', B: 'plain' };

describe('env --shell', () => {
  testIn({ shell: 'fish', debianPackage: 'fish' }, 'fish sets the variables', () => {
    const script = `${assignmentsFor('fish', HARD).join('\n')}\nprintf '%s|%s' $A $B`;
    expect(execFileSync('fish', ['-c', script], { encoding: 'utf8' })).toBe(`${HARD.A}|plain`);
  });

  test('bash and sh set the variables', () => {
    for (const shell of ['bash', 'sh']) {
      const script = `${assignmentsFor('sh', HARD).join('\n')}\nprintf '%s|%s' "$A" "$B"`;
      expect(execFileSync(shell, ['-c', script], { encoding: 'utf8' })).toBe(`${HARD.A}|plain`);
    }
  });

  test('PowerShell and cmd get their own quotes', () => {
    expect(assignmentsFor('powershell', { A: "it's $x" })).toEqual(["$env:A = 'it''s $x'"]);
    expect(assignmentsFor('cmd', { A: '100% & more' })).toEqual(['set "A=100%% & more"']);
  });

  test('chooses the comments of the shell too, and rejects an unknown shell', async () => {
    const { stdout } = await env('--shell', 'cmd');
    expect(stdout).toContain('set "OS_USERNAME=ann"\n');
    expect(stdout).toContain('rem clouds.yaml:\n');
    expect((await env('--shell', 'fish')).stdout).toContain("set -gx OS_USERNAME 'ann';\n");
    const wrong = await env('--shell', 'tcsh');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('sh, fish, powershell, cmd')]);
  });
});
