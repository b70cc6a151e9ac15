import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { releasesOf } from '../../scripts/conformance/case.ts';
import { compare } from '../../scripts/conformance/compare.ts';
import { startFileServer } from '../../scripts/conformance/file-server.ts';
import { caseFiles, caseName, readCase } from '../../scripts/conformance/files.ts';
import { startOwnEmulator } from '../../scripts/conformance/own-emulator.ts';
import { runList } from '../../scripts/conformance/run-list.ts';
import { openSession } from '../../scripts/conformance/session.ts';
import { readTranscript, recordedOn } from '../../scripts/conformance/transcript.ts';
import { KNOWN } from './known-differences.ts';
import { obsoleteFor, reasonFor } from './known-releases.ts';

let web: Awaited<ReturnType<typeof startFileServer>>;
beforeAll(async () => {
  web = await startFileServer();
});
afterAll(() => web.close());

/** Steps that Sideglance does not answer yet as the release does, by release and list. */
const OPEN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = JSON.parse(
  readFileSync(new URL('open-differences.json', import.meta.url), 'utf8'),
);

const PLACES = caseFiles().flatMap((path) => {
  const file = readCase(path);
  return file.releases === undefined ? [] : releasesOf(file).map((release) => [caseName(path), release, file] as const);
});

describe('Sideglance and the services of a release return the same', () => {
  test.each(PLACES)('%s on %s', async (list, release, file) => {
    const own = await startOwnEmulator(file, web.url, { release });
    try {
      const responses = await runList(file, await openSession(own.target));
      const recorded = readTranscript(list, recordedOn(release));
      expect(recorded.steps.map(({ id }) => id)).toEqual(responses.map(({ id }) => id));
      const steps = new Map(file.steps.map((step) => [step.id, step]));
      const differences = compare(recorded.steps, responses);
      const unexplained = differences.filter(
        (difference) => reasonFor({ list, release, step: steps.get(difference.step) }, difference) === undefined,
      );
      const open = OPEN[release]?.[list] ?? [];
      expect(unexplained.filter(({ step }) => !open.includes(step))).toEqual([]);
      // Remove steps that are the same now: npm run conformance -- --release <name> --open
      const found = new Set(unexplained.map(({ step }) => step));
      expect(open.filter((step) => !found.has(step))).toEqual([]);
      expect(obsoleteFor(KNOWN, { list, release }, differences)).toEqual([]);
    } finally {
      await own.close();
    }
  });
});
