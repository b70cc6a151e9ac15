import type { Source } from '../base/source.ts';
import type { Contract } from '../contract/contract.ts';

/** How often an operation returned one status. */
export interface Cell {
  readonly dialect: string;
  readonly operation: string;
  readonly status: number;
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

/** Counts cells. */
export const totalsOf = (cells: readonly Cell[]): Totals => ({
  cells: cells.length,
  received: cells.filter(({ natural, byProfile, injected }) => natural + byProfile + injected > 0).length,
  receivedNatural: cells.filter(({ natural }) => natural > 0).length,
  receivedByProfile: cells.filter(({ byProfile }) => byProfile > 0).length,
  receivedInjected: cells.filter(({ injected }) => injected > 0).length,
});

/** Counts the responses of one world by operation and status, and compares them with the documented ones. */
export class Coverage {
  readonly #contracts: readonly Contract[];
  #counts = new Map<string, Map<number, Count>>();
  readonly #observed = new Map<string, Map<string, number>>();

  constructor(contracts: readonly Contract[]) {
    this.#contracts = contracts;
  }

  /**
   * Counts a response.
   * @param operation - Qualified name, such as `image-v2.showImage`.
   */
  count(operation: string, status: number, source: Source): void {
    let statuses = this.#counts.get(operation);
    if (statuses === undefined) {
      statuses = new Map();
      this.#counts.set(operation, statuses);
    }
    let count = statuses.get(status);
    if (count === undefined) {
      count = { natural: 0, byProfile: 0, injected: 0 };
      statuses.set(status, count);
    }
    count[MEMBERS[source]] += 1;
  }

  /**
   * Counts a response of a proxy, which is undocumented whatever its status.
   * @param answer - Name of the observed response, such as `nginx-504`.
   */
  countObserved(operation: string, answer: string): void {
    let answers = this.#observed.get(operation);
    if (answers === undefined) {
      answers = new Map();
      this.#observed.set(operation, answers);
    }
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }

  /** Returns the responses of proxies that were returned at least once. */
  observed(): readonly ObservedCell[] {
    return this.#contracts.flatMap(({ name, operations }) =>
      Object.keys(operations).flatMap((operation) =>
        [...(this.#observed.get(`${name}.${operation}`) ?? [])].map(([answer, injected]) => ({
          dialect: name,
          operation,
          answer,
          injected,
        })),
      ),
    );
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
    const counts = this.#counts.get(`${dialect}.${operation}`);
    return (contract?.operations[operation]?.statuses ?? []).map((status) => {
      const count = counts?.get(status);
      return { dialect, operation, status, ...(count ?? NEVER) };
    });
  }

  /** Returns the statuses that were returned but that the document of their operation does not list. */
  undocumented(): readonly Cell[] {
    const documented = new Map<string, { dialect: string; id: string; statuses: readonly number[] }>(
      this.#contracts.flatMap(({ name, operations }) =>
        Object.entries(operations).map(
          ([id, { statuses }]) => [`${name}.${id}`, { dialect: name, id, statuses }] as const,
        ),
      ),
    );
    return [...this.#counts].flatMap(([name, counts]) => {
      const operation = documented.get(name);
      if (operation === undefined) return [];
      return [...counts]
        .filter(([status]) => !operation.statuses.includes(status))
        .map(([status, count]) => ({ dialect: operation.dialect, operation: operation.id, status, ...count }));
    });
  }

  /** Returns the totals over all documented cells. */
  totals(): Totals {
    return totalsOf(this.cells());
  }

  /** Resets all counts. */
  clear(): void {
    this.#counts = new Map();
    this.#observed.clear();
  }
}
