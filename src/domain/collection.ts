import BTreeModule from 'sorted-btree';

const BTree = BTreeModule.default;
type CollectionTree<V> = BTreeModule.default<string, V>;

/** State of a `Collection`, from which others can start. */
export interface CollectionState<V> {
  readonly tree: CollectionTree<V>;
}

/** The state of a collection with these entries. */
export function collectionOf<V>(entries: Iterable<readonly [string, V]>): CollectionState<V> {
  const tree = new BTree<string, V>();
  for (const [key, value] of entries) tree.set(key, value);
  return { tree };
}

/** Values by key, in the order of their keys. Forks of a world share what they have in common. */
export class Collection<V> {
  readonly #tree: CollectionTree<V>;
  readonly #onChange: ((key: string, value: V | null) => void) | undefined;

  /** @param onChange - called with each value before it is stored, and with `null` for one that is removed. */
  constructor(state?: CollectionState<V>, onChange?: (key: string, value: V | null) => void) {
    this.#tree = state?.tree.clone() ?? new BTree<string, V>();
    this.#onChange = onChange;
  }

  /** The current state; costs the same for any number of values. */
  snapshot(): CollectionState<V> {
    return { tree: this.#tree.clone() };
  }

  /** Returns the value of a key. */
  get(key: string): V | undefined {
    return this.#tree.get(key);
  }

  /** Stores a value. */
  set(key: string, value: V): void {
    this.#onChange?.(key, value);
    this.#tree.set(key, value);
  }

  /** Removes a value; an unknown key is ignored. */
  delete(key: string): void {
    if (!this.#tree.has(key)) return;
    this.#onChange?.(key, null);
    this.#tree.delete(key);
  }

  /** Number of values. */
  get size(): number {
    return this.#tree.size;
  }

  /** The first key after another one, and its value. */
  after(key: string | undefined): readonly [string, V] | undefined {
    return this.#tree.nextHigherPair(key);
  }

  /** The last key. */
  lastKey(): string | undefined {
    return this.#tree.maxKey();
  }

  /** The first key and its value. */
  first(): readonly [string, V] | undefined {
    const key = this.#tree.minKey();
    return key === undefined ? undefined : [key, this.#tree.get(key) as V];
  }

  /** Iterates over the values whose key starts with a prefix. */
  *under(prefix: string): IterableIterator<V> {
    for (const [key, value] of this.#tree.entries(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield value;
    }
  }
}
