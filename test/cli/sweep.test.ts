import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseSweepReport } from '../../src/index.ts';
import { run, spawnCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

const SCRIPT = fileURLToPath(new URL('../support/sweep/create.sh', import.meta.url));
const CLIENT = ['--timeout', '60s', '--', 'sh', SCRIPT];
const LOST = 'image-v2.createImage#1/reset@after';
const REFUSED = 'image-v2.createImage#1/403@before';

test('prints the report, and writes it in each format', async () => {
  const path = filesOf({});
  const files = ['json', 'junit', 'ctrf', 'html'].flatMap((format) => [`--${format}`, path(`report.${format}`)]);
  const { code, stdout, stderr } = await run(['sweep', '--only', `${LOST},${REFUSED}`, ...files, ...CLIENT]);
  expect(code).toBe(0);
  expect(stdout).toContain(`leaked   ${LOST}  exit 56; image`);
  expect(stdout).toContain('score 50.0 % (low): 1 of 2 points handled\n');
  expect(stderr).toMatch(/^0 of 2 points\n1 of 2 points: 1 \w+\n2 of 2 points: 1 handled, 1 leaked\n$/);
  const report = parseSweepReport(readFileSync(path('report.json'), 'utf8'), 'report.json');
  expect(report.points.map(({ id }) => id).sort()).toEqual([REFUSED, LOST]);
  for (const [format, text] of [
    ['junit', '<testsuites '],
    ['ctrf', '"reportFormat": "CTRF"'],
    ['html', '<!doctype html>'],
  ]) {
    expect(readFileSync(path(`report.${format}`), 'utf8')).toContain(text as string);
  }
});

test.each([
  ['51', 4, 'sideglance: score 50.0 % (low) is below --break 51\n'],
  ['50', 0, ''],
])('with --break %s, a score of 50 %% exits with %d', async (threshold, expected, message) => {
  const { code, stderr } = await run(['sweep', '--only', `${LOST},${REFUSED}`, '--break', threshold, ...CLIENT]);
  expect(code).toBe(expected);
  expect(stderr).toContain(message);
});

test('a client that sends no request is an error, with and without --break', async () => {
  for (const flags of [[], ['--break', '0']]) {
    const { code, stderr } = await run(['sweep', ...flags, '--', 'true']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('sends no request that a fault could hit')]);
  }
});

test('merge adds up shards, and checks the thresholds', async () => {
  const path = filesOf({});
  const only = ['--only', `${LOST},${REFUSED}`];
  for (const shard of ['1/2', '2/2']) {
    await run(['sweep', ...only, '--shard', shard, '--json', path(`${shard[0]}.json`), ...CLIENT]);
  }
  const files = [path('1.json'), path('2.json')];
  const { code, stdout } = await run(['sweep', 'merge', ...files, '--break', '51', '--html', path('all.html')]);
  expect(code).toBe(4);
  expect(stdout).toContain('score 50.0 % (low): 1 of 2 points handled');
  expect(readFileSync(path('all.html'), 'utf8')).toContain('1 of 2 points handled');
  const half = await run(['sweep', 'merge', path('1.json'), '--break', '0']);
  expect(half.stdout).toContain('; 1 points are in other shards');
  expect([half.code, half.stderr]).toEqual([
    4,
    'sideglance: 1 points are in shards without a report, so that --break cannot be met\n',
  ]);
});

describe('Bad input is rejected with place, found and allowed', () => {
  test.each([
    [['sweep'], "missing required argument 'command'"],
    [
      ['sweep', '--shard', '3/2', '--', 'true'],
      "'--shard <i/n>' argument '3/2' is invalid. It must be i/n with i from 1 to n, such as 2/4.",
    ],
    [
      ['sweep', '--budget', '0', '--', 'true'],
      "argument '0' is invalid. It must be a time such as 10m, or a number of points, 1 or more.",
    ],
    [['sweep', '--timeout', '0s', '--', 'true'], 'It must be more than 0.'],
    [['sweep', '--break', '101', '--', 'true'], "argument '101' is invalid. It must be 0 to 100."],
    [['sweep', '--low', '90', '--', 'true'], '--low 90 is above --high 80; allowed: at most 80'],
    [
      ['sweep', '--json', '/no/such/folder/x.json', '--', 'true'],
      'the folder /no/such/folder does not exist; allowed: a file in an existing folder',
    ],
    [['sweep', '--html', '/dev', '--', 'true'], '/dev: is a folder; allowed: a file in an existing folder'],
    [
      ['sweep', '--since', '/no/such/file', '--', 'true'],
      '/no/such/file:\n  (document): does not exist; allowed: a report or a results file',
    ],
    [['sweep', '--recordings', '/dev/null/x', '--', 'true'], '/dev/null/x:\n  (document): cannot be written: ENOTDIR'],
    [['sweep', '--results', '/dev', ...CLIENT], '/dev: is a folder; allowed: a file in an existing folder'],
    [['sweep', '--results', SCRIPT, ...CLIENT], '(document): is no results file, and is not replaced; found "'],
    [['sweep', '--resume', '--', 'true'], '/resume: needs the file to resume; allowed: results'],
    [['sweep', '--user', 'nobody', '--', 'true'], '/user: is not known; found "nobody"'],
    [['sweep', '--fixtures', '/no/such/file.yaml', '--', 'true'], '/no/such/file.yaml'],
    [['sweep', '--ignore', 'no-such-rule', '--', 'true'], 'unknown rule "no-such-rule"'],
    [['sweep', '--only', 'x', ...CLIENT], '/only: matches no point; found "x"; allowed: '],
    [['sweep', 'merge', '/no/such/file'], '/no/such/file: cannot be read'],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await run(args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});

test('a command that fails without a fault is no bad input, and its message is shown', async () => {
  const { code, stderr } = await run(['sweep', '--', 'sh', '-c', 'echo no such cloud >&2; exit 1']);
  expect(code).toBe(1);
  expect(stderr).toBe('sideglance: without a fault, the command exits with 1\nno such cloud\n');
});

/** Waits until a file has so many lines. */
async function untilLines(file: string, count: number): Promise<readonly string[]> {
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    if (lines.length >= count) return lines;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('SIGINT stops the runs, keeps the results and exits with 130', async () => {
  const path = filesOf({ pids: '' });
  // The first two runs and three points work; later ones stay until they are stopped.
  const script = `echo $$ >> ${path('pids')}; if [ $(wc -l < ${path('pids')}) -gt 5 ]; then sleep 1000 & wait; fi; exec sh ${SCRIPT}`;
  const flags = ['--jobs', '2', '--timeout', '600s', '--results', path('results'), '--only', '*/4*'];
  const command = spawnCli(['sweep', ...flags, '--', 'sh', '-c', script], {});
  const pids = await untilLines(path('pids'), 7);
  command.child.kill('SIGINT');
  const { code, stdout, stderr } = await command.finished;
  expect(stderr).toContain('sideglance: interrupted\n');
  expect(code).toBe(130);
  expect(stdout).toMatch(/score .* points were not run/);
  expect(await untilLines(path('results'), 1)).toHaveLength(pids.length - 2 - 2 + 1);
  for (const pid of pids) expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});

test('a sweep that was killed is resumed with the same verdicts', async () => {
  const path = filesOf({});
  const flags = ['sweep', '--jobs', '1', '--only', '*/4*,*/reset@*'];
  const results = ['--results', path('results')];
  const command = spawnCli([...flags, ...results, ...CLIENT], {});
  const before = await untilLines(path('results'), 4);
  command.child.kill('SIGKILL');
  await command.finished;
  const resumed = await run([...flags, ...results, '--resume', '--json', path('resumed.json'), ...CLIENT]);
  expect(Number(/^(\d+) of/.exec(resumed.stderr)?.[1])).toBeGreaterThanOrEqual(before.length - 1);
  await run([...flags, '--json', path('whole.json'), ...CLIENT]);
  const verdicts = (name: string): readonly string[] =>
    parseSweepReport(readFileSync(path(name), 'utf8'), name).points.map(({ id, verdict }) => `${id} ${verdict}`);
  expect(verdicts('resumed.json')).toEqual(verdicts('whole.json'));
});
