import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { run, spawnCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

const CLIENT = fileURLToPath(new URL('../support/reference-client/main.mjs', import.meta.url));
const CASES = 'image-v2.retry.delete-protected,image-v2.retry.list-400';
const client = (...mistakes: readonly string[]): readonly string[] => ['--', process.execPath, CLIENT, ...mistakes];
const conform = (...args: readonly string[]) => run(['conform', '--only', CASES, ...args]);

describe('sideglance conform', () => {
  test('tells that a correct client passes, and writes its results in each format', async () => {
    const path = filesOf({})();
    const files = ['json', 'junit', 'ctrf', 'html'].flatMap((format) => [`--${format}`, `${path}/good.${format}`]);
    const { code, stdout } = await conform('--name', 'good', ...files, ...client());
    expect([code, stdout]).toEqual([0, 'good: 2 pass\n']);
    const read = (format: string): string => readFileSync(`${path}/good.${format}`, 'utf8');
    expect(JSON.parse(read('json'))).toMatchObject({
      format: 'sideglance-conform',
      version: 1,
      client: 'good',
      totals: { pass: 2, warn: 0, fail: 0, inconclusive: 0, unsupported: 0 },
      results: [
        { case: 'image-v2.retry.delete-protected', verdict: 'pass', reasons: [], exit: { code: 1, timedOut: false } },
        { case: 'image-v2.retry.list-400', verdict: 'pass', fired: [1] },
      ],
    });
    expect(read('junit')).toContain('<testsuite name="good image-v2" tests="2" failures="0"');
    expect(JSON.parse(read('ctrf')).results.summary).toMatchObject({ tests: 2, passed: 2, failed: 0 });
    expect(read('html')).toContain('image-v2.retry.list-400');
  });

  test('fails with 4 for a bad client, keeps recordings, and merges its results with those of others', async () => {
    const path = filesOf({})();
    const bad = await conform(
      '--name',
      'bad',
      '--json',
      `${path}/bad.json`,
      '--recordings',
      path,
      ...client('swallows-errors'),
    );
    expect([bad.code, bad.stdout.split('\n').at(-2)]).toEqual([4, 'bad: 2 fail']);
    expect(bad.stdout).toContain('FAIL          image-v2.retry.list-400  the client reported success');
    expect(existsSync(`${path}/image-v2.retry.list-400.json`)).toBe(true);
    await conform('--name', 'good', '--json', `${path}/good.json`, ...client());
    const merged = await run(['conform', 'report', `${path}/good.json`, `${path}/bad.json`, '--format', 'markdown']);
    expect(merged.stdout).toContain('| CASE | good | bad |');
    expect(merged.stdout).toContain('| image-v2.retry.list-400 | pass | FAIL |');
    const worse = await conform('--baseline', `${path}/good.json`, ...client('swallows-errors'));
    expect([worse.code, worse.stdout]).toEqual([
      4,
      expect.stringContaining('worse than in the baseline: image-v2.retry.list-400'),
    ]);
    const same = await conform('--baseline', `${path}/bad.json`, ...client('swallows-errors'));
    expect(same.code).toBe(0);
  });

  test('tells what a client does not support, and gives no verdict when the fault did not fire', async () => {
    const none = await conform('--name', 'none', '--', process.execPath, '-e', 'process.exit(127)');
    expect([none.code, none.stdout.split('\n').at(-2)]).toEqual([4, 'none: 2 unsupported']);
    expect(none.stderr).toBe(
      'sideglance: 0 of 2 cases say something about the client (pass, warn or fail), fewer than --min-judged 1: ' +
        '0 are inconclusive, 2 unsupported\n',
    );
    const idle = await conform('--name', 'idle', '--', process.execPath, '-e', '');
    expect([idle.code, idle.stdout.split('\n').at(-2)]).toEqual([4, 'idle: 2 inconclusive']);
    const allowed = await conform('--min-judged', '0', '--', process.execPath, '-e', 'process.exit(127)');
    expect([allowed.code, allowed.stderr]).toEqual([0, '']);
  });

  test('--fail-on and --min-judged ask for more than no failure', async () => {
    // Knows one of the two cases.
    const half = [
      '--',
      'sh',
      '-c',
      `[ $SIDEGLANCE_TASK = list-images ] || exit 127; exec ${process.execPath} ${CLIENT}`,
    ];
    expect((await conform(...half)).code).toBe(0);
    expect((await conform('--fail-on', 'warn,inconclusive', ...half)).code).toBe(0);
    expect((await conform('--fail-on', 'unsupported', ...half)).code).toBe(4);
    const more = await conform('--min-judged', '2', ...half);
    expect([more.code, more.stderr]).toEqual([4, expect.stringContaining('1 of 2 cases say something')]);
  });

  test('a baseline does not hide that nothing was judged, that cases are new, and that others were not played', async () => {
    const path = filesOf({})();
    const baseline = `${path}/half.json`;
    await run(['conform', '--only', 'image-v2.retry.list-400', '--json', baseline, ...client()]);
    const none = await conform('--baseline', baseline, '--', process.execPath, '-e', 'process.exit(127)');
    expect(none.code).toBe(4);
    expect(none.stdout).toContain('worse than in the baseline: image-v2.retry.list-400\n');
    expect(none.stdout).toContain('not in the baseline: 1 cases, 0 fail\n');
    const other = ['conform', '--only', 'image-v2.retry.delete-protected', '--baseline', baseline];
    expect(await run([...other, ...client()])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('not played, but in the baseline: 1 cases\n'),
    });
    expect((await run([...other, '--', process.execPath, '-e', ''])).code).toBe(4);
  });

  test('lists the cases that flags select', async () => {
    const { stdout } = await run(['conform', '--list', '--profile', 'snapshots', '--api', 'ims']);
    const ids = stdout.split('\n').slice(1, -3);
    expect(ids.length).toBeGreaterThan(5);
    for (const line of ids) expect(line).toMatch(/^ims\.snapshots\./);
    expect((await run(['conform', '--list'])).stdout).toMatch(/\n[3-9]\d\d cases\n$/);
  });

  test.each<[string, readonly string[], number, string]>([
    [
      'an unknown case',
      ['conform', '--only', 'image-v2.retry.list-400x', '--list'],
      2,
      'did you mean "image-v2.retry.list-400"?',
    ],
    ['an unknown profile', ['conform', '--profile', 'retries', '--list'], 2, 'retries; allowed: retry, upload'],
    [
      'an unknown verdict',
      ['conform', '--only', CASES, '--fail-on', 'bad', '--', 'true'],
      2,
      'bad; allowed: fail, warn',
    ],
    [
      'a baseline with --fail-on',
      ['conform', '--only', CASES, '--fail-on', 'warn', '--baseline', 'x', '--', 'true'],
      2,
      "'--fail-on <verdicts>' cannot be used with option '--baseline <file>'",
    ],
    ['no command', ['conform', '--only', CASES], 2, 'the command is missing'],
    [
      'a command that is not there',
      ['conform', '--only', CASES, '--', './no-such-program'],
      1,
      'sideglance: the command cannot be started: spawn ./no-such-program ENOENT\n',
    ],
    [
      'flags that select no case',
      ['conform', '--only', CASES, '--profile', 'imports', '--', 'true'],
      2,
      'no case has this',
    ],
    [
      'a report in a folder that is not there',
      ['conform', '--only', CASES, '--json', '/no/such/folder/x.json', '--', 'true'],
      2,
      'the folder /no/such/folder does not exist; allowed: a file in an existing folder',
    ],
    [
      'a folder as report',
      ['conform', '--only', CASES, '--html', '/dev', '--', 'true'],
      2,
      '/dev: is a folder; allowed: a file',
    ],
    [
      'a path that cannot be the folder of recordings',
      ['conform', '--only', CASES, '--recordings', '/dev/null/x', '--', 'true'],
      2,
      '/dev/null/x:\n  (document): cannot be written: ENOTDIR',
    ],
  ])('rejects %s', async (_title, args, code, message) => {
    const result = await run(args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(result.stderr).not.toMatch(/^ +at /m);
  });

  test('rejects results that are none, with place, what was found and what is allowed', async () => {
    const path = filesOf({ 'bad.json': '{ "format": "sideglance-coverage", "results": [{ "verdict": "good" }] }' });
    const { code, stderr } = await run(['conform', 'report', path('bad.json')]);
    expect(code).toBe(2);
    expect(stderr).toContain('/format');
    expect(stderr).toMatch(/\/results\/0\/verdict: is not an allowed value.*found "good"; allowed: pass, warn, fail/);
    writeFileSync(path('bad.json'), '{ "format": ');
    expect((await run(['conform', 'report', path('bad.json')])).stderr).toContain('cannot be parsed');
  });
});

test('SIGINT stops the clients, prints the results so far and exits with 130', async () => {
  const path = filesOf({ pids: '' });
  // The first client does nothing; later ones stay until they are stopped.
  const script = `echo $$ >> ${path('pids')}; if [ $(wc -l < ${path('pids')}) -gt 1 ]; then sleep 1000 & wait; fi`;
  const flags = ['--jobs', '1', '--only', CASES, '--name', 'slow', '--recordings', path('kept')];
  const command = spawnCli(['conform', ...flags, '--', 'sh', '-c', script], {});
  const pids = (): readonly string[] => readFileSync(path('pids'), 'utf8').split('\n').slice(0, -1);
  while (pids().length < 2) await sleep(20);
  command.child.kill('SIGINT');
  const { code, stdout, stderr } = await command.finished;
  expect([code, stderr]).toEqual([130, 'sideglance: interrupted\n']);
  expect(stdout).toMatch(/slow: 1 inconclusive\n$/);
  for (const pid of pids()) expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});
