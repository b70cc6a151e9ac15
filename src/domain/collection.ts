import BTreeModule from 'sorted-btree';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** State of a `Collection`, to start others from. */
export interface CollectionState<V> {
  readonly tree: Tree<V>;
}

/** The state of a collection of these entries. */
export function collectionOf<V>(entries: Iterable<readonly [string, V]>): CollectionState<V> {
  const tree = new BTree<string, V>();
  for (const [key, value] of entries) tree.set(key, value);
  return { tree };
}

/** Values by key, in the order of their keys. What forks of a world have in common they share, however much that is. */
export class Collection<V> {
  readonly #tree: Tree<V>;
  readonly #onChange: ((key: string, value: V | null) => void) | undefined;

  /** @param onChange - is given each value before it is put in, and `null` for one that goes. */
  constructor(state?: CollectionState<V>, onChange?: (key: string, value: V | null) => void) {
    this.#tree = state?.tree.clone() ?? new BTree<string, V>();
    this.#onChange = onChange;
  }

  snapshot(): CollectionState<V> {
    return { tree: this.#tree.clone() };
  }

  get(key: string): V | undefined {
    return this.#tree.get(key);
  }

  set(key: string, value: V): void {
    this.#onChange?.(key, value);
    this.#tree.set(key, value);
  }

  delete(key: string): void {
    if (!this.#tree.has(key)) return;
    this.#onChange?.(key, null);
    this.#tree.delete(key);
  }

  /** The first key and its value. */
  first(): readonly [string, V] | undefined {
    const key = this.#tree.minKey();
    return key === undefined ? undefined : [key, this.#tree.get(key) as V];
  }

  /** Values whose key begins so. */
  *under(prefix: string): IterableIterator<V> {
    for (const [key, value] of this.#tree.entries(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield value;
    }
  }
}
