import type { Contract } from '../contract/contract.ts';

/** How often one documented answer was given. */
export interface Cell {
  readonly dialect: string;
  readonly operation: string;
  readonly status: number;
  /** Answers that came from state and input. */
  readonly natural: number;
  /** Answers that a rule made. */
  readonly injected: number;
}

/** How often an answer was given that no document lists, because a proxy gives it. */
export interface ObservedCell {
  readonly dialect: string;
  readonly operation: string;
  /** Its name among the observed answers: `nginx-504`. */
  readonly answer: string;
  readonly injected: number;
}

export interface Totals {
  /** Documented (dialect, operation, status) cells. */
  readonly cells: number;
  /** Cells met at least once, either way. */
  readonly met: number;
  readonly metNaturally: number;
  readonly metInjected: number;
}

interface Count {
  natural: number;
  injected: number;
}

/** Counts the answers of one world against what the documents list. */
export class Coverage {
  readonly #contracts: readonly Contract[];
  #counts = new Map<string, Map<number, Count>>();
  readonly #observed = new Map<string, Map<string, number>>();

  constructor(contracts: readonly Contract[]) {
    this.#contracts = contracts;
  }

  /** @param operation - with its dialect: `image-v2.showImage`. */
  count(operation: string, status: number, source: 'natural' | 'injected'): void {
    let statuses = this.#counts.get(operation);
    if (statuses === undefined) {
      statuses = new Map();
      this.#counts.set(operation, statuses);
    }
    const count = statuses.get(status);
    if (count === undefined) {
      statuses.set(status, { natural: source === 'natural' ? 1 : 0, injected: source === 'injected' ? 1 : 0 });
    } else {
      count[source] += 1;
    }
  }

  /**
   * Counts an answer of a proxy, which is none of the documented ones whatever its status.
   * @param answer - its name: `nginx-504`.
   */
  countObserved(operation: string, answer: string): void {
    let answers = this.#observed.get(operation);
    if (answers === undefined) {
      answers = new Map();
      this.#observed.set(operation, answers);
    }
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }

  /** Answers of proxies that were given. */
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

  /** Every documented cell, met or not. */
  cells(): readonly Cell[] {
    return this.#contracts.flatMap((contract) =>
      Object.entries(contract.operations).flatMap(([operation, { statuses }]) =>
        statuses.map((status) => {
          const count = this.#counts.get(`${contract.name}.${operation}`)?.get(status);
          return {
            dialect: contract.name,
            operation,
            status,
            natural: count?.natural ?? 0,
            injected: count?.injected ?? 0,
          };
        }),
      ),
    );
  }

  /** Answers that no document lists for their operation, such as a 401 where the table stops at 404. */
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

  totals(): Totals {
    const cells = this.cells();
    return {
      cells: cells.length,
      met: cells.filter((cell) => cell.natural + cell.injected > 0).length,
      metNaturally: cells.filter((cell) => cell.natural > 0).length,
      metInjected: cells.filter((cell) => cell.injected > 0).length,
    };
  }

  clear(): void {
    this.#counts = new Map();
    this.#observed.clear();
  }
}
