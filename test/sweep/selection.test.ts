import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import {
  BaselineError,
  InputError,
  type SweepOptions,
  type SweepReport,
  serializeSweepReport,
  sweep,
} from '../../src/index.ts';
import { filesOf } from '../support/files.ts';

const COMMAND = ['sh', fileURLToPath(new URL('../support/sweep/create.sh', import.meta.url))];

/** Sweeps with faults that no client waits for. */
const run = (options: Partial<SweepOptions> = {}): Promise<SweepReport> =>
  sweep({ command: COMMAND, timeout: 60_000, only: ['*/4*', '*/reset@*'], ...options });

const idsOf = ({ points }: SweepReport): readonly string[] => points.map(({ id }) => id);
const verdictsOf = ({ points }: SweepReport): readonly string[] => points.map(({ id, verdict }) => `${id} ${verdict}`);

test('shards run each point once, and a budget leaves the rest', async () => {
  const whole = await run();
  expect(idsOf(whole).length).toBeGreaterThan(10);
  const shards = [];
  for (const index of [1, 2, 3]) shards.push(await run({ shard: { index, of: 3 } }));
  expect(shards.flatMap(verdictsOf).sort()).toEqual([...verdictsOf(whole)].sort());

  const part = await run({ budget: { points: 2 } });
  expect(idsOf(part)).toHaveLength(2);
  expect(part.notRun).toBe(idsOf(whole).length - 2);
  expect((await run({ budget: { milliseconds: 0 } })).points).toEqual([]);
});

test('three sweeps at different speeds have the same verdicts', async () => {
  const reports = [];
  for (const jobs of [1, 3, 8]) reports.push(await run({ jobs }));
  const [first, ...others] = reports.map(verdictsOf);
  for (const other of others) expect(other).toEqual(first);
});

test('a glob that matches no point is rejected, with the calls', async () => {
  const error = await run({ only: ['image-v2.deleteImage*'] }).catch((e) => e);
  expect(error).toBeInstanceOf(InputError);
  expect(error.message).toContain(
    '/only: matches no point; found "image-v2.deleteImage*"; allowed: identity.authPasswordUnscoped#1/*, image-v2.createImage#1/*',
  );
});

test('a point that the client does not handle leaves a recording behind', async () => {
  const folder = filesOf({})('recordings');
  const { points } = await run({ recordings: folder, only: ['image-v2.createImage#1/reset@*'] });
  const files = points.map(({ id, recording }) => [id, recording]);
  expect(files).toEqual([
    ['image-v2.createImage#1/reset@after', `${folder}/image-v2.createImage-1-reset-after.json`],
    ['image-v2.createImage#1/reset@before', undefined],
  ]);
  const recording = JSON.parse(readFileSync(files[0]?.[1] as string, 'utf8'));
  expect(recording.format).toBe('sideglance-recording');
  expect(recording.about).toMatchObject({
    kind: 'point',
    name: 'image-v2.createImage#1/reset@after',
    verdict: 'leaked',
    command: COMMAND,
  });
  expect(recording.requests).toHaveLength(2);
});

describe('A results file', () => {
  test('has each result, and lets a killed sweep go on', async () => {
    const results = filesOf({})('results.jsonl');
    const whole = await run({ results });
    const lines = readFileSync(results, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(whole.points.length + 1);
    // As a kill leaves it: three results, and the beginning of a fourth.
    writeFileSync(results, `${lines.slice(0, 4).join('\n')}\n${lines[4]?.slice(0, 20)}`);
    const started: string[] = [];
    const resumed = await run({
      results,
      resume: true,
      onProgress: ({ latest, done }) => started.push(latest === undefined ? `start ${done}` : latest.id),
    });
    expect(verdictsOf(resumed)).toEqual(verdictsOf(whole));
    expect(started).toHaveLength(whole.points.length - 3 + 1);
    expect(started[0]).toBe('start 3');
    expect(
      readFileSync(results, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id)
        .sort(),
    ).toEqual(lines.map((line) => JSON.parse(line).id).sort());
  });

  test('starts a new sweep when it does not exist or is not resumed', async () => {
    const results = filesOf({})('results.jsonl');
    const options = { results, only: ['*/404@before', '*/403@before'] };
    expect((await run({ ...options, resume: true })).points.length).toBeGreaterThan(0);
    const counts: number[] = [];
    await run({ ...options, onProgress: ({ done }) => counts.push(done) });
    expect(counts[0]).toBe(0);
  });

  test.each([
    [
      'of another command',
      { command: ['true'] },
      '/command: is that of another sweep, so that it cannot be resumed; found ["sh",',
    ],
    ['with another seed', { server: { seed: 'other' } }, '/options: is that of another sweep'],
  ])('%s cannot be resumed', async (_title, changes, message) => {
    const results = filesOf({})('results.jsonl');
    await run({ results, budget: { points: 1 } });
    const error = await run({ results, resume: true, ...changes }).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(`${results}:\n  line 1, ${message}`);
  });

  test.each([
    ['text', 'x\n', 'line 1, (document): is not valid JSON'],
    ['another document', '{}\n', 'line 1, (document): the member "format" is missing'],
  ])('that is %s is rejected', async (_title, content, message) => {
    const results = filesOf({ results: content })('results');
    const error = await run({ results, resume: true }).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(message);
  });

  test('with an invalid result is rejected with its line', async () => {
    const results = filesOf({})('results.jsonl');
    await run({ results, budget: { points: 1 } });
    appendFileSync(results, '{"id":"x","verdict":"fine"}\n');
    const error = await run({ results, resume: true }).catch((e) => e);
    expect(error.message).toContain('line 3, ');
  });

  test('is needed to resume', async () => {
    expect((await run({ resume: true }).catch((e) => e)).message).toContain('/resume: needs the file to resume');
  });
});

describe('An earlier report', () => {
  test('keeps the results of calls that have not changed', async () => {
    const earlier = await run();
    // As from a client that sent another request, had another verdict, and did not reach a point.
    const points = earlier.points.map((point, index) => {
      if (point.id === 'image-v2.createImage#1/reset@after')
        return { ...point, basis: 'other', verdict: 'handled' as const };
      return index === 0 ? { ...point, verdict: 'not reached' as const } : { ...point, reason: 'kept' };
    });
    const file = filesOf({ 'report.json': serializeSweepReport({ ...earlier, points }) })('report.json');
    const ran: string[] = [];
    const later = await run({ since: file, onProgress: ({ latest }) => void (latest && ran.push(latest.id)) });
    expect([...ran].sort()).toEqual([points[0]?.id, 'image-v2.createImage#1/reset@after'].sort());
    expect(verdictsOf(later)).toEqual(verdictsOf(earlier));
    expect(later.points.filter(({ reason }) => reason === 'kept')).toHaveLength(points.length - 2);
    expect(later.points.find(({ id }) => id === 'image-v2.createImage#1/reset@after')?.previous).toBe('handled');
  });

  test('that does not exist is rejected', async () => {
    const error = await run({ since: 'no-such-file.json' }).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(
      'no-such-file.json:\n  (document): does not exist; allowed: a report or a results file',
    );
  });
});

describe('A command that cannot be swept', () => {
  test.each([
    ['fails', 'echo broken >&2; exit 3', 'without a fault, the command exits with 3\nbroken'],
    ['dies', 'kill -SEGV $$', 'without a fault, the command dies of SIGSEGV'],
    ['does not end', 'sleep 1000', 'without a fault, the command does not end within'],
  ])('%s', async (_title, script, message) => {
    const error = await sweep({ command: ['sh', '-c', script], timeout: 1000 }).catch((e) => e);
    expect(error).toBeInstanceOf(BaselineError);
    expect(error.message).toContain(message);
  });

  test('does not exist', async () => {
    const error = await sweep({ command: ['no-such-program'] }).catch((e) => e);
    expect(error.message).toContain('without a fault, the command cannot be started: spawn no-such-program ENOENT');
  });

  test('leaves other images in each run', async () => {
    const notes = filesOf({ notes: '' })('notes');
    const script = `if [ -s ${notes} ]; then echo second; else echo first > ${notes}; exec sh "${COMMAND[1]}"; fi`;
    const error = await sweep({ command: ['sh', '-c', script], timeout: 60_000 }).catch((e) => e);
    expect(error).toBeInstanceOf(BaselineError);
    expect(error.message).toContain('two runs without a fault differ: 1 and 0 images were left behind');
  });
});
