import { type Cell, type CoverageReport, isReceived, mainTotals, percentOf, type Totals, totalsOf } from '../report.ts';

/** A row of a table for each API. */
export interface DialectRow {
  readonly dialect: string;
  readonly totals: Totals;
}

/** The documented cells of each API, and of all together. */
export function dialectRows({ cells, totals, annexes }: CoverageReport): readonly DialectRow[] {
  const documented = cells.filter(({ annex }) => annex === undefined);
  const rows = [...new Set(documented.map(({ dialect }) => dialect))].map((dialect) => ({
    dialect,
    totals: totalsOf(documented.filter((cell) => cell.dialect === dialect)),
  }));
  return [
    ...rows,
    ...(totals.cells === 0 && annexes.cells > 0 ? [] : [{ dialect: 'all', totals }]),
    ...(annexes.cells === 0 ? [] : [{ dialect: 'annexes', totals: annexes }]),
  ];
}

/** An operation with its cells. */
export interface OperationCells {
  /** Qualified name. */
  readonly name: string;
  readonly annex: string | undefined;
  readonly cells: readonly Cell[];
}

/** The cells of each operation, in the order of the documents. */
export function byOperation(cells: readonly Cell[]): readonly OperationCells[] {
  const operations = new Map<string, Cell[]>();
  for (const cell of cells) {
    const name = `${cell.dialect}.${cell.operation}`;
    const own = operations.get(name);
    if (own === undefined) operations.set(name, [cell]);
    else own.push(cell);
  }
  return [...operations].map(([name, own]) => ({ name, annex: own[0]?.annex, cells: own }));
}

/** The operations with documented statuses that were not returned. */
export const unmet = (cells: readonly Cell[]): readonly OperationCells[] =>
  byOperation(cells.filter((cell) => cell.annex === undefined && !isReceived(cell)));

/** `63.2 %`. */
export const percent = (totals: Totals): string => `${percentOf(totals).toFixed(1)} %`;

/** The numbers of a row. */
export const numbersOf = (totals: Totals): readonly string[] => [
  String(totals.received),
  String(totals.cells),
  percent(totals),
  String(totals.receivedNatural),
  String(totals.receivedByProfile),
  String(totals.receivedInjected),
];

/** Headings of `numbersOf`. */
export const NUMBER_HEADINGS = ['RETURNED', 'DOCUMENTED', 'SHARE', 'NATURAL', 'BY PROFILE', 'INJECTED'];

/** A statement of the share of documented cells. */
export function summaryOf(report: CoverageReport): string {
  const totals = mainTotals(report);
  return `${percent(totals)} of the documented responses were returned: ${totals.received} of ${totals.cells}`;
}
