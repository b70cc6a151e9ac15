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
  }
}
