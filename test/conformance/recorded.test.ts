import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { releasesOf, type Transcript } from '../../scripts/conformance/case.ts';
import { compare } from '../../scripts/conformance/compare.ts';
import { startFileServer } from '../../scripts/conformance/file-server.ts';
import { caseFiles, caseName, readCase } from '../../scripts/conformance/files.ts';
import { startOwnEmulator } from '../../scripts/conformance/own-emulator.ts';
import { runList } from '../../scripts/conformance/run-list.ts';
import { openSession } from '../../scripts/conformance/session.ts';
import { readTranscript, recordedOn } from '../../scripts/conformance/transcript.ts';
import { findKnown, KNOWN } from './known-differences.ts';

let web: Awaited<ReturnType<typeof startFileServer>>;
beforeAll(async () => {
  web = await startFileServer();
});
afterAll(() => web.close());

const FILES = caseFiles().map((path) => [caseName(path), path, readCase(path)] as const);
/** The lists that were recorded on the first release alone; recorded-releases.test.ts plays the others. */
const LISTS = FILES.filter(([, , { releases }]) => releases === undefined);
const TRANSCRIPTS = new Map(LISTS.map(([name]) => [name, readTranscript(name)]));

const transcriptOf = (name: string): Transcript => {
  const transcript = TRANSCRIPTS.get(name);
  if (transcript === undefined) throw new Error(`No transcript is called "${name}".`);
  return transcript;
};

test('At least 600 requests were recorded', () => {
  const steps = LISTS.map(([name]) => transcriptOf(name).steps.length);
  expect(steps.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(600);
});

test('docs/conformance.md has the current number of lists and requests', () => {
  const counts = new Map<string, { lists: number; steps: number }>();
  for (const [name, , file] of FILES) {
    const recorded = releasesOf(file).map((release) => readTranscript(name, recordedOn(release)).steps.length);
    for (const kind of [`\`${name.split('-', 1)[0]}-*\``, 'all']) {
      const { lists, steps } = counts.get(kind) ?? { lists: 0, steps: 0 };
      counts.set(kind, { lists: lists + 1, steps: recorded.reduce((sum, count) => sum + count, steps) });
    }
  }
  const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');
  const documented = [...page.matchAll(/^\| (`\w+-\*`|all) \| (\d+) \| ([\d,]+) \|$/gm)].map(
    ([, kind, lists, steps]) => [kind, { lists: Number(lists), steps: Number(steps?.replace(',', '')) }],
  );
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(counts));
});

describe('Sideglance and the recorded service return the same', () => {
  test.each(LISTS)('%s', async (name, _path, file) => {
    const own = await startOwnEmulator(file, web.url);
    try {
      const responses = await runList(file, await openSession(own.target));
      const recorded = transcriptOf(name);
      expect(recorded.steps.map(({ id }) => id)).toEqual(responses.map(({ id }) => id));
      const differences = compare(recorded.steps, responses);
      expect(differences.filter((difference) => findKnown(KNOWN, name, difference) === undefined)).toEqual([]);
      // Remove entries of KNOWN that no longer explain a difference.
      const used = new Set(differences.map((difference) => findKnown(KNOWN, name, difference)));
      const obsolete = KNOWN.filter((each) => each.list === name && !used.has(each));
      expect(obsolete).toEqual([]);
    } finally {
      await own.close();
    }
  });
});
