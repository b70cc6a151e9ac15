import type { Contract, Operation } from '../../contract/contract.ts';
import { nearestName } from '../../contract/nearest.ts';
import { compileGlob, isGlob } from '../../domain/glob.ts';

/** An operation that rules may name. */
export interface KnownOperation {
  /** `image-v2.deleteImage`. */
  readonly name: string;
  readonly operation: Operation;
  /** Whose it is: its `codes` are what a fault can name. */
  readonly dialect?: { readonly contract: Pick<Contract, 'codes' | 'tasks'> };
}

/** The operations that rules may name, found by name and by glob. */
export class KnownOperations {
  static readonly #shared = new WeakMap<readonly KnownOperation[], KnownOperations>();
  readonly #byName: ReadonlyMap<string, KnownOperation>;

  /** Returns the same object for the same list, so that what is derived from it can be shared, too. */
  static of(operations: readonly KnownOperation[]): KnownOperations {
    const known = KnownOperations.#shared.get(operations) ?? new KnownOperations(operations);
    KnownOperations.#shared.set(operations, known);
    return known;
  }

  constructor(operations: readonly KnownOperation[]) {
    this.#byName = new Map(operations.map((known) => [known.name, known]));
  }

  get(name: string): KnownOperation | undefined {
    return this.#byName.get(name);
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Those that a name or glob stands for: `image-v2.*`, `*.deleteImage`, `*`. */
  matching(pattern: string): readonly KnownOperation[] {
    if (!isGlob(pattern)) {
      const known = this.#byName.get(pattern);
      return known === undefined ? [] : [known];
    }
    const fits = compileGlob(pattern);
    return [...this.#byName.values()].filter(({ name }) => fits(name));
  }

  /** The name (or the glob, put right) that is most like one that stands for nothing. */
  nearest(pattern: string): string | undefined {
    const [dialect, operation] = split(pattern);
    const parts = this.names.map(split);
    const dialects = new Set(parts.map(([name]) => name));
    if (isGlob(dialect)) {
      const nearest = nearestName(operation, new Set(parts.map(([, name]) => name)));
      return nearest === undefined ? undefined : `${dialect}.${nearest}`;
    }
    if (isGlob(operation)) {
      const nearest = dialects.has(dialect) ? undefined : nearestName(dialect, dialects);
      return nearest === undefined ? undefined : `${nearest}.${operation}`;
    }
    const within = dialects.has(dialect) ? dialect : nearestName(dialect, dialects);
    const names = parts.filter(([name]) => name === within).map(([, name]) => name);
    const nearest = nearestName(operation, names);
    return nearest === undefined ? nearestName(pattern, this.names) : `${within}.${nearest}`;
  }
}

/** Dialect and operation; the names of dialects hold dots (`compute-v2.1`), those of operations none. */
function split(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}
