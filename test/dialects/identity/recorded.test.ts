import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { RecordedStep } from '../../../scripts/conformance/case.ts';
import { compare } from '../../../scripts/conformance/compare.ts';
import { caseFiles, caseName, readCase } from '../../../scripts/conformance/files.ts';
import { startOwnEmulator } from '../../../scripts/conformance/own-emulator.ts';
import { runList } from '../../../scripts/conformance/run-list.ts';
import { openSession } from '../../../scripts/conformance/session.ts';
import { readTranscript } from '../../../scripts/conformance/transcript.ts';
import { findKnown } from '../../conformance/known-differences.ts';
import { KNOWN } from './known-differences.ts';

const directory = (name: string): string => fileURLToPath(new URL(`./recorded/${name}/`, import.meta.url));

const LISTS = caseFiles([directory('cases')]).map((path) => [caseName(path), path] as const);
const WEB = 'http://127.0.0.1:9393';

/** Keystone's web server closes the connection after an uncaught exception, so only the status of these steps counts. */
const withoutExceptions = (
  steps: readonly RecordedStep[],
  recorded: readonly RecordedStep[],
): readonly RecordedStep[] => {
  const failed = new Set(recorded.filter(({ answer }) => answer.status === 500).map(({ id }) => id));
  return steps.map((step) =>
    failed.has(step.id) ? { ...step, answer: { status: step.answer.status, headers: {}, body: null } } : step,
  );
};

describe('Sideglance and Keystone 22 return the same to administrators', () => {
  test.each(LISTS)('%s', async (name, path) => {
    const file = readCase(path);
    const own = await startOwnEmulator(file, WEB);
    try {
      const recorded = readTranscript(name, directory('answers')).steps;
      const responses = await runList(file, await openSession(own.target));
      expect(responses.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id));
      const differences = compare(withoutExceptions(recorded, recorded), withoutExceptions(responses, recorded));
      expect(differences.filter((difference) => findKnown(KNOWN, name, difference) === undefined)).toEqual([]);
      // Remove entries of KNOWN that no longer explain a difference.
      const used = new Set(differences.map((difference) => findKnown(KNOWN, name, difference)));
      expect(KNOWN.filter((each) => each.list === name && !used.has(each))).toEqual([]);
    } finally {
      await own.close();
    }
  });
});
