/** How often an operation returned one status. */
export interface Cell {
  readonly dialect: string;
  readonly operation: string;
  readonly status: number;
  /** Theme of an operation beyond the image APIs and their logins; such cells are counted apart. */
  readonly annex?: string;
  /** Responses that came from state and input in the default world. */
  readonly natural: number;
  /** Responses that came from state and input, and from a profile other than the default. */
  readonly byProfile: number;
  /** Responses that a rule produced. */
  readonly injected: number;
}

/** How often an operation returned a response of a proxy, which no document lists. */
export interface ObservedCell {
  readonly dialect: string;
  readonly operation: string;
  /** Name of the observed response: `nginx-504`. */
  readonly answer: string;
  readonly injected: number;
}

/** How often requests to an operation got one kind of fault. */
export interface FaultCount {
  readonly dialect: string;
  readonly operation: string;
  /** `answer`, `delay`, `cut` and so on. */
  readonly kind: string;
  readonly count: number;
}

/** The responses that requests with one label received. */
export interface LabelReport {
  readonly label: string;
  readonly cells: readonly {
    /** Qualified name. */
    readonly operation: string;
    readonly status: number;
    readonly count: number;
  }[];
}

/** Counts of documented cells. */
export interface Totals {
  /** Documented (dialect, operation, status) cells. */
  readonly cells: number;
  /** Cells returned at least once. */
  readonly received: number;
  readonly receivedNatural: number;
  readonly receivedByProfile: number;
  readonly receivedInjected: number;
}

/** Which documented responses clients received. */
export interface CoverageReport {
  /** One cell for each documented status of each operation, annexes included. */
  readonly cells: readonly Cell[];
  /** Totals of the documented cells, without annexes. */
  readonly totals: Totals;
  /** Totals of the cells of annexes. */
  readonly annexes: Totals;
  /** Returned statuses that the document of their operation does not list. */
  readonly undocumented: readonly Cell[];
  /** Undocumented responses of proxies. */
  readonly observed: readonly ObservedCell[];
  readonly faults: readonly FaultCount[];
  readonly labels: readonly LabelReport[];
}

/** Whether a cell was returned at least once. */
export const isReceived = ({ natural, byProfile, injected }: Cell): boolean => natural + byProfile + injected > 0;

/** Counts cells. */
export const totalsOf = (cells: readonly Cell[]): Totals => ({
  cells: cells.length,
  received: cells.filter(isReceived).length,
  receivedNatural: cells.filter(({ natural }) => natural > 0).length,
  receivedByProfile: cells.filter(({ byProfile }) => byProfile > 0).length,
  receivedInjected: cells.filter(({ injected }) => injected > 0).length,
});

/** Share of the cells that were returned, in percent; 100 if there are none. */
export const percentOf = ({ cells, received }: Totals): number => (cells === 0 ? 100 : (received / cells) * 100);

/** The totals that a percentage of the whole report is about: of the documented cells, or of annexes when the report has nothing else. */
export const mainTotals = ({ totals, annexes }: CoverageReport): Totals => (totals.cells > 0 ? totals : annexes);

/** Name of a cell: `image-v2.deleteImage 403`. */
export const nameOf = ({ dialect, operation, status }: Pick<Cell, 'dialect' | 'operation' | 'status'>): string =>
  `${dialect}.${operation} ${status}`;

/** Returns a report of some of the cells. */
export function selectCells(report: CoverageReport, isWanted: (cell: Cell) => boolean): CoverageReport {
  const cells = report.cells.filter(isWanted);
  const operations = new Set(cells.map(({ dialect, operation }) => `${dialect}.${operation}`));
  const isNamed = ({ dialect, operation }: { readonly dialect: string; readonly operation: string }): boolean =>
    operations.has(`${dialect}.${operation}`);
  const names = new Set(cells.map(nameOf));
  return {
    cells,
    totals: totalsOf(cells.filter(({ annex }) => annex === undefined)),
    annexes: totalsOf(cells.filter(({ annex }) => annex !== undefined)),
    undocumented: report.undocumented.filter((cell) => isNamed(cell) && isWanted(cell)),
    observed: report.observed.filter(isNamed),
    faults: report.faults.filter(isNamed),
    labels: report.labels
      .map(({ label, cells: own }) => ({
        label,
        cells: own.filter(({ operation, status }) => names.has(`${operation} ${status}`)),
      }))
      .filter(({ cells: own }) => own.length > 0),
  };
}

/** Adds up reports of several processes. */
export function mergeReports(reports: readonly CoverageReport[]): CoverageReport {
  const cells = sumBy(
    reports.flatMap((report) => report.cells),
    nameOf,
    addCells,
  );
  const labels = new Map<string, LabelReport>();
  for (const { label, cells: own } of reports.flatMap((report) => report.labels)) {
    const before = labels.get(label)?.cells ?? [];
    labels.set(label, { label, cells: sumBy([...before, ...own], labelledName, addLabelled) });
  }
  return {
    cells,
    totals: totalsOf(cells.filter(({ annex }) => annex === undefined)),
    annexes: totalsOf(cells.filter(({ annex }) => annex !== undefined)),
    undocumented: sumBy(
      reports.flatMap((report) => report.undocumented),
      nameOf,
      addCells,
    ),
    observed: sumBy(
      reports.flatMap((report) => report.observed),
      ({ dialect, operation, answer }) => `${dialect}.${operation} ${answer}`,
      (a, b) => ({ ...a, injected: a.injected + b.injected }),
    ),
    faults: sumBy(
      reports.flatMap((report) => report.faults),
      ({ dialect, operation, kind }) => `${dialect}.${operation} ${kind}`,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
    labels: [...labels.values()],
  };
}

const labelledName = ({ operation, status }: LabelReport['cells'][number]): string => `${operation} ${status}`;

const addLabelled = (
  a: LabelReport['cells'][number],
  b: LabelReport['cells'][number],
): LabelReport['cells'][number] => ({
  ...a,
  count: a.count + b.count,
});

const addCells = (a: Cell, b: Cell): Cell => ({
  ...a,
  natural: a.natural + b.natural,
  byProfile: a.byProfile + b.byProfile,
  injected: a.injected + b.injected,
});

/** Adds up the values of the same name, in the order in which the names first appear. */
function sumBy<T>(values: readonly T[], name: (value: T) => string, add: (a: T, b: T) => T): readonly T[] {
  const sums = new Map<string, T>();
  for (const value of values) {
    const key = name(value);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? value : add(sum, value));
  }
  return [...sums.values()];
}
