import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CaseFile } from '../../scripts/conformance/case.ts';
import { compare } from '../../scripts/conformance/compare.ts';
import { readCase } from '../../scripts/conformance/files.ts';
import { apisNamed, runFuzz } from '../../scripts/conformance/fuzz/command.ts';
import type { Play } from '../../scripts/conformance/fuzz/fuzz.ts';
import { minimise } from '../../scripts/conformance/fuzz/minimise.ts';
import { FUZZED } from '../../scripts/conformance/fuzz/routes.ts';
import { Sequences } from '../../scripts/conformance/fuzz/sequence.ts';
import { startOwnEmulator } from '../../scripts/conformance/own-emulator.ts';
import { runList } from '../../scripts/conformance/run-list.ts';
import { openSession } from '../../scripts/conformance/session.ts';
import { readTranscript } from '../../scripts/conformance/transcript.ts';

type Profiles = NonNullable<NonNullable<CaseFile['fixtures']>['profiles']>;

/** Plays each list on an emulator of its own, with these profiles. */
const playWith =
  (profiles: Profiles): Play =>
  async (file) => {
    const fixtures = { ...file.fixtures, profiles: { ...file.fixtures?.profiles, ...profiles } };
    const own = await startOwnEmulator({ ...file, fixtures }, 'http://127.0.0.1:1');
    return runList(file, await openSession(own.target)).finally(own.close);
  };

const PLAIN = playWith({});
/** Differs in the status of images that the caller cannot see. */
const DIFFERENT = playWith({ 'image-v2': { unseen: 'forbidden' } });

test('The same seed gives the same sequences, and another seed gives others', () => {
  const made = (seed: string) => {
    const sequences = new Sequences(seed, FUZZED);
    return Array.from({ length: 8 }, (_, index) => sequences.make(index).steps);
  };
  const first = made('7');
  expect(made('7')).toEqual(first);
  expect(made('8')).not.toEqual(first);
});

test('Sequences send requests to three APIs as five users, and remove what they create', () => {
  const sequences = new Sequences('1', FUZZED);
  const steps = Array.from({ length: 40 }, (_, index) => sequences.make(index).steps).flat();
  expect([...new Set(steps.map(({ api = 'image' }) => api))].sort()).toEqual(['compute', 'identity', 'image']);
  const users = new Set(steps.map(({ as = 'demo' }) => as));
  for (const user of ['demo', 'demo2', 'reader', 'alt', 'admin', 'none', 'bad']) expect(users).toContain(user);
  for (let index = 0; index < 8; index += 1) {
    const { steps: all } = sequences.make(index);
    const removed = new Set(all.filter((step) => step.cleanup === true).map(({ path }) => path));
    const images = all.filter(
      (step) => step.path === '/v2/images' && step.save !== undefined && step.method === 'POST',
    );
    for (const { save } of images) expect(removed).toContain(`/v2/images/{${Object.keys(save ?? {})[0]}}`);
  }
});

test('A difference is found and reduced to the requests that it needs, as a list with the responses of the reference', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const lines: string[] = [];
  try {
    const request = { seed: '2', count: 120, apis: apisNamed('image-v2'), server: 'Sideglance', write: directory };
    const { kinds, failures } = await runFuzz({
      ...request,
      reference: PLAIN,
      subject: DIFFERENT,
      print: (line) => lines.push(line),
    });
    expect(failures).toBe(0);
    expect(kinds.length).toBeGreaterThan(0);
    const [name = ''] = readdirSync(join(directory, 'cases')).sort();
    const file = readCase(join(directory, 'cases', name));
    // Somebody creates an image, and somebody else asks for it.
    expect(file.steps.filter(({ cleanup }) => cleanup !== true)).toHaveLength(2);
    const { steps } = readTranscript(name.replace('.json', ''), join(directory, 'recorded'));
    expect(compare(steps, await PLAIN(file))).toEqual([]);
    expect(compare(steps, await DIFFERENT(file))).toContainEqual(
      expect.objectContaining({ what: 'status', reference: 404, subject: 403 }),
    );
    expect(lines.at(-1)).toMatch(/^\d+ requests, \d+ kinds of unexplained differences, 0 sequences not sent$/);
    expect(readFileSync(join(directory, 'cases', name), 'utf8')).toContain('Found by chance');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('Two clouds that are the same have no difference', async () => {
  const { kinds, failures, requests } = await runFuzz({
    seed: '3',
    count: 120,
    apis: FUZZED,
    server: 'Sideglance',
    reference: PLAIN,
    subject: PLAIN,
    print: () => undefined,
  });
  expect({ failures, kinds: kinds.map(({ difference }) => difference) }).toEqual({ failures: 0, kinds: [] });
  expect(requests).toBeGreaterThanOrEqual(120);
});

test('A list is reduced until no item can be left out', async () => {
  const items = Array.from({ length: 40 }, (_, index) => index);
  const tried: number[] = [];
  const passes = async (some: readonly number[]): Promise<boolean> => {
    tried.push(some.length);
    return [3, 17, 18, 39].every((item) => some.includes(item));
  };
  expect(await minimise(items, passes)).toEqual([3, 17, 18, 39]);
  expect(tried.length).toBeLessThan(100);
  expect(await minimise(items, async () => true)).toEqual([]);
});

test('An unknown API is named', () => {
  expect(() => apisNamed('image-v2,image-v3')).toThrow(
    '--apis image-v3: not one of image-v2, compute-v2.1, identity, cross',
  );
});
