import { type CtrfReport, type CtrfTest, ctrfReport } from '../../coverage/formats/ctrf.ts';
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
  const start = Math.min(...reports.map(({ startedAt }) => Date.parse(startedAt)));
  const stop = Math.max(...reports.map(({ startedAt, milliseconds }) => Date.parse(startedAt) + milliseconds));
  return ctrfReport(tests, { version: packageVersion(), start, stop });
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
