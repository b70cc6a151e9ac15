import type { Source } from '../base/source.ts';
import type { Contract } from '../contract/contract.ts';
import {
  type Cell,
  type CoverageReport,
  type FaultCount,
  type LabelReport,
  type ObservedCell,
  totalsOf,
} from './report.ts';

interface Count {
  natural: number;
  byProfile: number;
  injected: number;
}

const NEVER: Readonly<Count> = { natural: 0, byProfile: 0, injected: 0 };

/** Member of a count for each source. */
const MEMBERS: Readonly<Record<Source, keyof Count>> = {
  natural: 'natural',
  'by-profile': 'byProfile',
  injected: 'injected',
};

/** Labels beyond this number are counted together, so that clients cannot make the counts grow without bound. */
const MAX_LABELS = 10_000;
/** The label of requests whose label was one too many. */
const OTHER_LABELS = '(other labels)';

/** A map of maps that creates what is missing. */
class Nested<K, V> {
  readonly entries = new Map<string, Map<K, V>>();

  /** Returns the value at two keys, after it has been created if it was missing. */
  at(outer: string, inner: K, create: () => V): V {
    let values = this.entries.get(outer);
    if (values === undefined) {
      values = new Map();
      this.entries.set(outer, values);
    }
    let value = values.get(inner);
    if (value === undefined) {
      value = create();
      values.set(inner, value);
    }
    return value;
  }
}

/** The names of cells by operation and status: each is one text, whatever the number of labels. */
const cellNames = new Nested<number, string>();
const cellName = (operation: string, status: number): string =>
  cellNames.at(operation, status, () => `${operation} ${status}`);

const none = (): { count: number } => ({ count: 0 });
const zero = (): Count => ({ natural: 0, byProfile: 0, injected: 0 });

/** A response that a client received. */
export interface CountedResponse {
  /** Qualified name, such as `image-v2.showImage`. */
  readonly operation: string;
  readonly status: number;
  readonly source: Source;
  /** Label of the request. */
  readonly label?: string | undefined;
}

/** Options of a coverage. */
export interface CoverageOptions {
  /** Takes over the counts when they are cleared; default: they are lost. */
  readonly total?: Coverage | undefined;
  /** Whether nothing is counted; default: false. */
  readonly isOff?: boolean | undefined;
}

/**
 * Counts the responses that clients received by operation and status, and compares them with the documented ones. When it
 * is cleared, its counts are added to a total, so that they outlive resets and worlds.
 */
export class Coverage {
  readonly #contracts: readonly Contract[];
  readonly #total: Coverage | undefined;
  /** Whether nothing is counted. */
  readonly isOff: boolean;
  #counts = new Nested<number, Count>();
  /** The latest cell: many requests in turn meet the same. */
  #latest: Count | undefined;
  #latestOperation = '';
  #latestStatus = 0;
  #observed = new Nested<string, { count: number }>();
  #faults = new Nested<string, { count: number }>();
  /** How often each label met each cell; a cell is `operation status`. */
  #labels = new Map<string, Map<string, number>>();

  constructor(contracts: readonly Contract[], { total, isOff = false }: CoverageOptions = {}) {
    this.#contracts = contracts;
    this.#total = total;
    this.isOff = isOff;
  }

  /** Counts a response. */
  count({ operation, status, source, label }: CountedResponse): void {
    let latest = this.#latest;
    if (latest === undefined || this.#latestStatus !== status || this.#latestOperation !== operation) {
      latest = this.#counts.at(operation, status, zero);
      this.#latest = latest;
      this.#latestOperation = operation;
      this.#latestStatus = status;
    }
    latest[MEMBERS[source]] += 1;
    if (label !== undefined) this.#countLabel(label, cellName(operation, status), 1);
  }

  /**
   * Counts a response of a proxy, which is undocumented whatever its status.
   * @param answer - Name of the observed response, such as `nginx-504`.
   */
  countObserved(operation: string, answer: string): void {
    this.#observed.at(operation, answer, none).count += 1;
  }

  /**
   * Counts a fault that a request got, also when it left the client without a response.
   * @param kind - `answer`, `delay`, `cut` and so on.
   */
  countFault(operation: string, kind: string): void {
    this.#faults.at(operation, kind, none).count += 1;
  }

  /** Adds the counts of another coverage. */
  add(other: Coverage): void {
    for (const [operation, statuses] of other.#counts.entries) {
      for (const [status, count] of statuses) {
        const own = this.#counts.at(operation, status, zero);
        own.natural += count.natural;
        own.byProfile += count.byProfile;
        own.injected += count.injected;
      }
    }
    addCounts(this.#observed, other.#observed);
    addCounts(this.#faults, other.#faults);
    for (const [label, cells] of other.#labels) {
      for (const [cell, count] of cells) this.#countLabel(label, cell, count);
    }
  }

  /** Returns every documented cell, including those never returned. */
  cells(): readonly Cell[] {
    return this.#contracts.flatMap((contract) =>
      Object.keys(contract.operations).flatMap((operation) => this.cellsOf(contract.name, operation)),
    );
  }

  /** Returns the documented cells of one operation; none for an unknown one. */
  cellsOf(dialect: string, operation: string): readonly Cell[] {
    const contract = this.#contracts.find(({ name }) => name === dialect);
    const counts = this.#counts.entries.get(`${dialect}.${operation}`);
    const { statuses = [], annex } = contract?.operations[operation] ?? {};
    return statuses.map((status) => ({
      dialect,
      operation,
      status,
      ...(annex !== undefined && { annex }),
      ...(counts?.get(status) ?? NEVER),
    }));
  }

  /** Returns the statuses that were returned but that the document of their operation does not list. */
  undocumented(): readonly Cell[] {
    return this.#operations().flatMap(({ dialect, operation, annex, statuses }) =>
      [...(this.#counts.entries.get(`${dialect}.${operation}`) ?? [])]
        .filter(([status]) => !statuses.includes(status))
        .map(([status, count]) => ({ dialect, operation, status, ...(annex !== undefined && { annex }), ...count })),
    );
  }

  /** Returns everything that was counted. */
  report(): CoverageReport {
    const cells = this.cells();
    return {
      cells,
      totals: totalsOf(cells.filter(({ annex }) => annex === undefined)),
      annexes: totalsOf(cells.filter(({ annex }) => annex !== undefined)),
      undocumented: this.undocumented(),
      observed: this.#observedCells(),
      faults: this.#faultCounts(),
      labels: this.#labelReports(),
    };
  }

  /** Resets all counts, after they have been added to the total. */
  clear(): void {
    this.#total?.add(this);
    this.#counts = new Nested();
    this.#latest = undefined;
    this.#observed = new Nested();
    this.#faults = new Nested();
    this.#labels = new Map();
  }

  #countLabel(label: string, cell: string, count: number): void {
    const labels = this.#labels;
    const own = labels.has(label) || labels.size < MAX_LABELS ? label : OTHER_LABELS;
    let cells = labels.get(own);
    if (cells === undefined) {
      cells = new Map();
      labels.set(own, cells);
    }
    cells.set(cell, (cells.get(cell) ?? 0) + count);
  }

  #observedCells(): readonly ObservedCell[] {
    return this.#operations().flatMap(({ dialect, operation }) =>
      [...(this.#observed.entries.get(`${dialect}.${operation}`) ?? [])].map(([answer, { count }]) => ({
        dialect,
        operation,
        answer,
        injected: count,
      })),
    );
  }

  #faultCounts(): readonly FaultCount[] {
    return this.#operations().flatMap(({ dialect, operation }) =>
      [...(this.#faults.entries.get(`${dialect}.${operation}`) ?? [])].map(([kind, { count }]) => ({
        dialect,
        operation,
        kind,
        count,
      })),
    );
  }

  #labelReports(): readonly LabelReport[] {
    return [...this.#labels].map(([label, cells]) => ({
      label,
      cells: [...cells].map(([cell, count]) => {
        const [operation = '', status] = cell.split(' ');
        return { operation, status: Number(status), count };
      }),
    }));
  }

  #operations() {
    return this.#contracts.flatMap(({ name, operations }) =>
      Object.entries(operations).map(([operation, { statuses, annex }]) => ({
        dialect: name,
        operation,
        statuses,
        annex,
      })),
    );
  }
}

function addCounts(to: Nested<string, { count: number }>, from: Nested<string, { count: number }>): void {
  for (const [outer, counts] of from.entries) {
    for (const [inner, { count }] of counts) to.at(outer, inner, none).count += count;
  }
}
