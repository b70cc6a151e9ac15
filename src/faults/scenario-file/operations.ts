import { compileGlob, isGlob } from '../../base/glob.ts';
import type { Contract, Operation } from '../../contract/contract.ts';
import { nearestName } from '../../contract/nearest.ts';

/** An operation that rules may name. */
export interface KnownOperation {
  /** `image-v2.deleteImage`. */
  readonly name: string;
  readonly operation: Operation;
  /** Named reasons for its errors, by status, which faults can name. */
  readonly problems?: Readonly<Record<number, Readonly<Record<string, unknown>>>>;
  /** Its dialect, whose `codes` faults can name. */
  readonly dialect?: { readonly contract: Pick<Contract, 'codes' | 'tasks' | 'downloads'> };
}

/** Letters that the beginning of an operation's name needs, to be completed. */
const MIN_PREFIX = 3;
/** Maximum number of names that begin alike to suggest. */
const MAX_SUGGESTIONS = 6;

const byLength = (a: string, b: string): number => a.length - b.length;

/** The operations that rules may name. Finds them by name and by glob. */
export class KnownOperations {
  static readonly #shared = new WeakMap<readonly KnownOperation[], KnownOperations>();
  readonly #byName: ReadonlyMap<string, KnownOperation>;

  /** Returns the same object for the same list, so that caches keyed by the object are shared. */
  static of(operations: readonly KnownOperation[]): KnownOperations {
    const known = KnownOperations.#shared.get(operations) ?? new KnownOperations(operations);
    KnownOperations.#shared.set(operations, known);
    return known;
  }

  constructor(operations: readonly KnownOperation[]) {
    this.#byName = new Map(operations.map((known) => [known.name, known]));
  }

  /** Returns an operation by its full name. */
  get(name: string): KnownOperation | undefined {
    return this.#byName.get(name);
  }

  /** Full names of all operations. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** Returns the operations that a name or glob matches: `image-v2.*`, `*.deleteImage`, `*`. */
  matching(pattern: string): readonly KnownOperation[] {
    if (!isGlob(pattern)) {
      const known = this.#byName.get(pattern);
      return known === undefined ? [] : [known];
    }
    const fits = compileGlob(pattern);
    return [...this.#byName.values()].filter(({ name }) => fits(name));
  }

  /**
   * Returns the names that one which matches nothing may have meant, the likeliest first: those of all dialects that have an operation
   * `deleteImage`, those that begin with `image-v2.delete`, or the most similar one.
   */
  suggest(pattern: string): readonly string[] {
    const [dialect, operation] = split(pattern);
    const nearest = this.#nearest(pattern);
    if (!isGlob(pattern)) {
      const id = (operation === '' ? dialect : operation).toLowerCase();
      const sameId = this.names.filter((name) => split(name)[1].toLowerCase() === id);
      // A misspelt dialect is corrected below.
      if (operation === '' && sameId.length > 0) return sameId;
      // A letter or two are a slip; more are the rest of a name.
      if (nearest !== undefined && nearest.length - pattern.length < MIN_PREFIX) return [nearest];
      const longer = this.names.filter((name) => name.toLowerCase().startsWith(pattern.toLowerCase()));
      if (operation.length >= MIN_PREFIX && longer.length > 0) return longer.sort(byLength).slice(0, MAX_SUGGESTIONS);
    }
    return nearest === undefined ? [] : [nearest];
  }

  /** Returns the name (or a glob with a corrected part) that is most similar to one that matches nothing. */
  #nearest(pattern: string): string | undefined {
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

/** Splits a full name into dialect and operation. Dialect names contain dots (`compute-v2.1`), operation ids do not. */
function split(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}
