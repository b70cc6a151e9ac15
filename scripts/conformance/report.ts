import { table } from '../../src/cli/table.ts';
import type { Difference } from './compare.ts';

/** A difference, with the list and the request in which it was found. */
export interface Finding extends Difference {
  readonly list: string;
  /** Who asked for what: `demo GET /v2/images`. */
  readonly request: string;
  /** Why it is there, of one that is known. */
  readonly reason?: string;
}

/** Most characters of a cell. */
const WIDEST = 60;

const cellOf = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '-');
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 3)}...` : line;
};

/** Findings as a table, a line each. */
export const tableOf = (findings: readonly Finding[]): string =>
  table([
    ['STEP', 'REQUEST', 'WHAT', 'REFERENCE', 'SUBJECT'],
    ...findings.map(({ list, step, request, what, reference, subject }) =>
      [`${list}/${step}`, request, what, reference, subject].map(cellOf),
    ),
  ]);
