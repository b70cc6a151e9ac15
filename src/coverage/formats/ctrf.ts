import type { CTRFReport, Test } from 'ctrf';
import { type Cell, type CoverageReport, isReceived, nameOf } from '../report.ts';

/** What a CTRF report says about the run. */
export interface CtrfOptions {
  /** Version of Sideglance. */
  readonly version: string;
  /** When the report was made, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Formats a report as CTRF, the Common Test Report Format: a test for each documented cell, which fails if the status was
 * not returned. Cells of annexes are skipped if they were not returned.
 */
export function toCtrf({ cells, totals, annexes }: CoverageReport, { version, now }: CtrfOptions): CTRFReport {
  const tests = cells.map(toTest);
  const count = (status: Test['status']): number => tests.filter((test) => test.status === status).length;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(now).toISOString(),
    generatedBy: `sideglance ${version}`,
    results: {
      tool: { name: 'sideglance', version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        start: now,
        stop: now,
      },
      tests,
      extra: { totals, annexes },
    },
  };
}

function toTest(cell: Cell): Test {
  const { dialect, operation, annex, natural, byProfile, injected } = cell;
  const missed = annex === undefined ? ('failed' as const) : ('skipped' as const);
  const isMet = isReceived(cell);
  return {
    name: nameOf(cell),
    status: isMet ? 'passed' : missed,
    duration: 0,
    suite: [dialect, operation],
    ...(!isMet && annex === undefined && { message: `no client received ${cell.status}` }),
    extra: { natural, byProfile, injected, ...(annex !== undefined && { annex }) },
  };
}
