import { type Cell, type CoverageReport, isReceived, nameOf } from '../report.ts';

/** A CTRF report as Sideglance writes it. An own type, so that users of the package do not have to install another one. */
export interface CtrfReport {
  readonly reportFormat: 'CTRF';
  readonly specVersion: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly generatedBy: string;
  readonly results: {
    readonly tool: { readonly name: string; readonly version: string };
    readonly summary: Readonly<Record<CtrfCount | 'tests' | 'start' | 'stop', number>>;
    readonly tests: CtrfTest[];
    readonly extra?: Record<string, unknown>;
  };
}

/** Members of a summary that count tests. */
type CtrfCount = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** A test of a CTRF report. */
export interface CtrfTest {
  readonly name: string;
  readonly status: CtrfCount;
  /** Milliseconds. */
  readonly duration: number;
  readonly suite: string[];
  /** The word that Sideglance has for the status. */
  readonly rawStatus?: string;
  readonly message?: string;
  readonly attachments?: { readonly name: string; readonly contentType: string; readonly path: string }[];
  readonly extra: Record<string, unknown>;
}

/** What a CTRF report says about the run. */
export interface CtrfOptions {
  /** Version of Sideglance. */
  readonly version: string;
  /** When the report was made, in milliseconds since 1970. */
  readonly now: number;
}

/** What a CTRF report says besides its tests. */
export interface CtrfFrame {
  /** Version of Sideglance. */
  readonly version: string;
  /** When the run started and stopped, in milliseconds since 1970. */
  readonly start: number;
  readonly stop: number;
  readonly extra?: Record<string, unknown>;
}

/** Returns a CTRF report of tests, with their counts. */
export function ctrfReport(tests: CtrfTest[], { version, start, stop, extra }: CtrfFrame): CtrfReport {
  const count = (status: CtrfTest['status']): number => tests.filter((test) => test.status === status).length;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(stop).toISOString(),
    generatedBy: `sideglance ${version}`,
    results: {
      tool: { name: 'sideglance', version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        start,
        stop,
      },
      tests,
      ...(extra !== undefined && { extra }),
    },
  };
}

/**
 * Formats a report as CTRF, the Common Test Report Format: a test for each documented cell, which fails if the status was
 * not returned. Cells of annexes are skipped if they were not returned.
 */
export const toCtrf = ({ cells, totals, annexes }: CoverageReport, { version, now }: CtrfOptions): CtrfReport =>
  ctrfReport(cells.map(toTest), { version, start: now, stop: now, extra: { totals, annexes } });

function toTest(cell: Cell): CtrfTest {
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
