import type { CtrfReport, CtrfTest } from '../../coverage/formats/ctrf.ts';
import { packageVersion } from '../../input/package-files.ts';
import type { CaseResult, ConformReport } from '../result.ts';
import { messageOf } from './junit.ts';

/** What CTRF calls each verdict. */
const STATUSES = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failed',
  inconclusive: 'other',
  unsupported: 'skipped',
} as const;

/** Formats reports as CTRF, the Common Test Report Format: a test for each case of each client. */
export function toConformCtrf(reports: readonly ConformReport[]): CtrfReport {
  const tests = reports.flatMap(({ client, results }) => results.map((result) => testOf(client, result)));
  const count = (status: CtrfTest['status']): number => tests.filter((test) => test.status === status).length;
  const start = Math.min(...reports.map(({ startedAt }) => Date.parse(startedAt)));
  const stop = Math.max(...reports.map(({ startedAt, milliseconds }) => Date.parse(startedAt) + milliseconds));
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(stop).toISOString(),
    generatedBy: `sideglance ${packageVersion()}`,
    results: {
      tool: { name: 'sideglance', version: packageVersion() },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        start,
        stop,
      },
      tests,
    },
  };
}

function testOf(client: string, result: CaseResult): CtrfTest {
  const { case: id, api, profile, verdict, reasons, milliseconds, recording } = result;
  return {
    name: id,
    status: STATUSES[verdict],
    rawStatus: verdict,
    duration: milliseconds,
    suite: [client, api, profile],
    ...(reasons.length > 0 && { message: messageOf(reasons) }),
    ...(recording !== undefined && {
      attachments: [{ name: 'recording', contentType: 'application/json', path: recording }],
    }),
    extra: { version: result.version, notes: result.notes, fired: result.fired },
  };
}
