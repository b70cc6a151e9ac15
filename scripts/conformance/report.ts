import { table } from '../../src/cli/table.ts';
import type { Difference } from './compare.ts';

/** A difference with its list and request. */
export interface Finding extends Difference {
  readonly list: string;
  /** `demo GET /v2/images`. */
  readonly request: string;
  /** The reason of a known difference. */
  readonly reason?: string;
}

/** Maximum characters of a cell. */
const MAX_WIDTH = 60;

const cellOf = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '-');
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH - 3)}...` : line;
};

/** Formats findings as a table. */
export const tableOf = (findings: readonly Finding[]): string =>
  table([
    ['STEP', 'REQUEST', 'WHAT', 'REFERENCE', 'SUBJECT'],
    ...findings.map(({ list, step, request, what, reference, subject }) =>
      [`${list}/${step}`, request, what, reference, subject].map(cellOf),
    ),
  ]);
