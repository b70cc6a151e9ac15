import { type CaseResult, type ConformReport, type ConformVerdict, VERDICTS } from '../result.ts';

/** One case and what each client did in it. */
export interface MatrixRow {
  readonly case: string;
  readonly title: string;
  /** Results in the order of the clients; `undefined` where a client has not played the case. */
  readonly results: readonly (CaseResult | undefined)[];
}

/** Clients and cases. */
export interface Matrix {
  readonly clients: readonly string[];
  readonly rows: readonly MatrixRow[];
}

/** Returns the matrix of clients and cases: the cases in the order in which they first come. */
export function matrixOf(reports: readonly ConformReport[]): Matrix {
  const byCase = reports.map(({ results }) => new Map(results.map((result) => [result.case, result])));
  const titles = new Map(reports.flatMap(({ results }) => results.map(({ case: id, title }) => [id, title] as const)));
  return {
    clients: reports.map(({ client }) => client),
    rows: [...titles].map(([id, title]) => ({
      case: id,
      title,
      results: byCase.map((results) => results.get(id)),
    })),
  };
}

/** What a cell of a table shows. */
export const MARKS: Readonly<Record<ConformVerdict, string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'FAIL',
  inconclusive: '?',
  unsupported: '-',
};

/** `12 pass, 1 fail`: each verdict that occurs, with its count. */
export const summaryOf = ({ totals }: Pick<ConformReport, 'totals'>): string =>
  VERDICTS.filter((verdict) => totals[verdict] > 0)
    .map((verdict) => `${totals[verdict]} ${verdict}`)
    .join(', ') || 'no cases';
