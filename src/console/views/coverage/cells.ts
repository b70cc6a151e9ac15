import type { GetCoverageResponse } from '../../api/types.ts';
import type { SessionEntry } from '../../session/session.ts';

/** A status of an operation, and how often it was returned. */
export type Cell = GetCoverageResponse['cells'][number];

/** A cell of the heat map; undocumented ones were returned although no document lists them. */
export interface MapCell extends Cell {
  readonly isDocumented: boolean;
}

/** What a cell shows: natural responses count most. */
export type Kind = 'natural' | 'profile' | 'injected' | 'unmet' | 'undocumented';

/** How many responses a cell has. */
export const countOf = ({ natural, byProfile, injected }: Cell): number => natural + byProfile + injected;

/** The name of a cell: `image-v2.createImage 413`. */
export const nameOf = ({ dialect, operation, status }: Cell): string => `${dialect}.${operation} ${status}`;

/** Returns what produced the responses of a cell. */
export function kindOf(cell: MapCell): Kind {
  if (!cell.isDocumented) return 'undocumented';
  if (cell.natural > 0) return 'natural';
  if (cell.byProfile > 0) return 'profile';
  return cell.injected > 0 ? 'injected' : 'unmet';
}

/** All cells of a report. */
export const cellsOf = ({ cells, undocumented }: GetCoverageResponse): readonly MapCell[] => [
  ...cells.map((cell) => ({ ...cell, isDocumented: true })),
  ...undocumented.map((cell) => ({ ...cell, isDocumented: false })),
];

/** Counts the responses of a recording, which does not know what is documented. */
export function cellsOfEntries(entries: readonly SessionEntry[]): readonly MapCell[] {
  const cells = new Map<string, MapCell>();
  for (const { operation, dialect, status, source } of entries) {
    if (operation === null || status === 0) continue;
    const name = operation.slice(dialect.length + 1);
    const empty = { dialect, operation: name, status, natural: 0, byProfile: 0, injected: 0, isDocumented: true };
    const key = `${operation} ${status}`;
    const cell = cells.get(key) ?? empty;
    const member = source === 'by-profile' ? 'byProfile' : source;
    cells.set(key, { ...cell, [member]: cell[member] + 1 });
  }
  return [...cells.values()];
}

/** How a run compares with a baseline. */
export interface Comparison {
  /** Cells that the baseline has and this run has not. */
  readonly missing: readonly string[];
  /** Cells that this run has and the baseline has not. */
  readonly added: readonly string[];
}

/** Compares a run with the cells of a baseline. */
export function compare(cells: readonly Cell[], baseline: ReadonlySet<string>): Comparison {
  const received = new Set(cells.filter((cell) => countOf(cell) > 0).map(nameOf));
  return {
    missing: [...baseline].filter((name) => !received.has(name)),
    added: [...received].filter((name) => !baseline.has(name)),
  };
}

/** Reads the received cells of a report that `sideglance coverage --format json` wrote. @throws Error for other files. */
export function readBaseline(text: string): ReadonlySet<string> {
  const { format, cells } = JSON.parse(text) as { readonly format?: unknown; readonly cells?: readonly Cell[] };
  if (format !== 'sideglance-coverage/1' || !Array.isArray(cells)) {
    throw new Error(`/format: found ${JSON.stringify(format)}; allowed: "sideglance-coverage/1"`);
  }
  return new Set(cells.filter((cell: Cell) => countOf(cell) > 0).map(nameOf));
}
