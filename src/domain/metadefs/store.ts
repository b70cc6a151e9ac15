import BTreeModule from 'sorted-btree';
import type { MetadefRecord, Namespace, NamespaceSortKey, Part, PartKind, PartOf, ResourceType } from './metadef.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** State of a catalogue, to start another from; never changes, and costs the same however much it holds. */
export interface MetadefsState {
  readonly namespaces: Tree<Namespace>;
  readonly types: Tree<ResourceType>;
  readonly parts: Tree<Part>;
  readonly orders: ReadonlyMap<NamespaceSortKey, Tree<Namespace>>;
  readonly lastId: number;
}

/** Is given each record before it is put in, and `null` for one that goes. */
export type MetadefKeeper = (id: string, record: MetadefRecord | null) => void;

const keyOfPart = (kind: PartKind, namespaceId: number, name: string): string => `${kind}\0${namespaceId}\0${name}`;

/** Id under which a record is kept. */
export function documentId(record: MetadefRecord): string {
  if (record.kind === 'namespace') return `namespace\0${record.id}`;
  return record.kind === 'type' ? `type\0${record.name}` : keyOfPart(record.kind, record.namespaceId, record.name);
}

/** The state of a catalogue of these records. */
export function restoreMetadefs(records: Iterable<MetadefRecord>): MetadefsState {
  const store = new MetadefStore();
  for (const record of records) store.load(record);
  return store.snapshot();
}

/** All records of a state, by the ids under which they are kept. */
export function* recordsOf(state: MetadefsState): Iterable<readonly [string, MetadefRecord]> {
  for (const tree of [state.namespaces, state.types, state.parts] as readonly Tree<MetadefRecord>[]) {
    for (const record of tree.values()) yield [documentId(record), record];
  }
}

/** Text whose order is that of the value: nothing first, then by the value, then by when it was made. */
function orderKey(namespace: Namespace, key: NamespaceSortKey): string {
  const value = namespace[key];
  const text = typeof value === 'number' ? String(value).padStart(16, '0') : String(value);
  return `${value === null ? '' : `\u0001${text}`}\0${String(namespace.id).padStart(16, '0')}`;
}

/** The records of one catalogue, with ordered indexes that are made when they are first asked for. */
export class MetadefStore {
  readonly #namespaces: Tree<Namespace>;
  readonly #types: Tree<ResourceType>;
  readonly #parts: Tree<Part>;
  readonly #orders: Map<NamespaceSortKey, Tree<Namespace>>;
  #lastId: number;
  readonly #keep: MetadefKeeper | undefined;

  constructor(state?: MetadefsState, keep?: MetadefKeeper) {
    this.#keep = keep;
    this.#namespaces = state?.namespaces.clone() ?? new BTree<string, Namespace>();
    this.#types = state?.types.clone() ?? new BTree<string, ResourceType>();
    this.#parts = state?.parts.clone() ?? new BTree<string, Part>();
    this.#orders = new Map([...(state?.orders ?? [])].map(([key, tree]) => [key, tree.clone()]));
    this.#lastId = state?.lastId ?? 0;
  }

  snapshot(): MetadefsState {
    return {
      namespaces: this.#namespaces.clone(),
      types: this.#types.clone(),
      parts: this.#parts.clone(),
      orders: new Map([...this.#orders].map(([key, tree]) => [key, tree.clone()])),
      lastId: this.#lastId,
    };
  }

  /** Takes in a record that was kept. */
  load(record: MetadefRecord): void {
    this.#lastId = Math.max(this.#lastId, record.id);
    if (record.kind === 'namespace') this.#namespaces.set(record.name, record);
    else if (record.kind === 'type') this.#types.set(record.name, record);
    else this.#parts.set(keyOfPart(record.kind, record.namespaceId, record.name), record);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  namespace(name: string): Namespace | undefined {
    return this.#namespaces.get(name);
  }

  /** Puts a namespace in, or in place of the one that it was. */
  putNamespace(namespace: Namespace, before?: Namespace): void {
    this.#keep?.(documentId(namespace), namespace);
    if (before !== undefined) this.#namespaces.delete(before.name);
    this.#namespaces.set(namespace.name, namespace);
    for (const [key, order] of this.#orders) {
      if (before !== undefined) order.delete(orderKey(before, key));
      order.set(orderKey(namespace, key), namespace);
    }
  }

  /** Removes a namespace with all that it contains. */
  removeNamespace(namespace: Namespace): void {
    for (const kind of ['association', 'property', 'object', 'tag'] as const) this.removeParts(kind, namespace);
    this.#keep?.(documentId(namespace), null);
    this.#namespaces.delete(namespace.name);
    for (const [key, order] of this.#orders) order.delete(orderKey(namespace, key));
  }

  /** All namespaces in order, from behind the given one on. */
  *walk(key: NamespaceSortKey, direction: 'asc' | 'desc', after?: Namespace): Iterable<Namespace> {
    const order = this.#order(key);
    const start = after === undefined ? undefined : orderKey(after, key);
    const entries = direction === 'asc' ? order.entries(start) : order.entriesReversed(start);
    for (const [at, namespace] of entries) if (at !== start) yield namespace;
  }

  type(name: string): ResourceType | undefined {
    return this.#types.get(name);
  }

  /** All resource types, the first one made first. */
  types(): readonly ResourceType[] {
    return [...this.#types.values()].sort((left, right) => left.id - right.id);
  }

  putType(type: ResourceType): void {
    this.#keep?.(documentId(type), type);
    this.#types.set(type.name, type);
  }

  part<Kind extends PartKind>(kind: Kind, namespace: Namespace, name: string): PartOf[Kind] | undefined {
    return this.#parts.get(keyOfPart(kind, namespace.id, name)) as PartOf[Kind] | undefined;
  }

  /** What a namespace has of one kind, by name. */
  parts<Kind extends PartKind>(kind: Kind, namespace: Namespace): readonly PartOf[Kind][] {
    const first = keyOfPart(kind, namespace.id, '');
    return this.#parts.getRange(first, `${first.slice(0, -1)}\u0001`).map(([, part]) => part as PartOf[Kind]);
  }

  /** Puts a part in, or in place of the one that it was. */
  putPart(part: Part, before?: Part): void {
    if (before !== undefined && before.name !== part.name) this.removePart(before);
    this.#keep?.(documentId(part), part);
    this.#parts.set(keyOfPart(part.kind, part.namespaceId, part.name), part);
  }

  removePart(part: Part): void {
    this.#keep?.(documentId(part), null);
    this.#parts.delete(keyOfPart(part.kind, part.namespaceId, part.name));
  }

  removeParts(kind: PartKind, namespace: Namespace): void {
    for (const part of this.parts(kind, namespace)) this.removePart(part);
  }

  #order(key: NamespaceSortKey): Tree<Namespace> {
    let order = this.#orders.get(key);
    if (order === undefined) {
      order = new BTree<string, Namespace>();
      for (const namespace of this.#namespaces.values()) order.set(orderKey(namespace, key), namespace);
      this.#orders.set(key, order);
    }
    return order;
  }
}
