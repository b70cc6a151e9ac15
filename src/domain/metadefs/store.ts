import BTreeModule from 'sorted-btree';
import type { MetadefRecord, Namespace, NamespaceSortKey, Part, PartKind, PartOf, ResourceType } from './metadef.ts';

const BTree = BTreeModule.default;
type RecordTree<V> = BTreeModule.default<string, V>;

/** State of a catalog, from which another can start. Immutable. */
export interface MetadefsState {
  readonly namespaces: RecordTree<Namespace>;
  readonly types: RecordTree<ResourceType>;
  readonly parts: RecordTree<Part>;
  readonly orders: ReadonlyMap<NamespaceSortKey, RecordTree<Namespace>>;
  readonly lastId: number;
}

/** Called with each record before it is stored, and with `null` for one that is removed. */
export type MetadefListener = (id: string, record: MetadefRecord | null) => void;

const keyOfPart = (kind: PartKind, namespaceId: number, name: string): string => `${kind}\0${namespaceId}\0${name}`;

/** Id of the document of a record. */
export function documentId(record: MetadefRecord): string {
  if (record.kind === 'namespace') return `namespace\0${record.id}`;
  return record.kind === 'type' ? `type\0${record.name}` : keyOfPart(record.kind, record.namespaceId, record.name);
}

/** Restores the state of a catalog from its records. */
export function restoreMetadefs(records: Iterable<MetadefRecord>): MetadefsState {
  const store = new MetadefStore();
  for (const record of records) store.load(record);
  return store.snapshot();
}

/** Iterates over all records of a state with the ids of their documents. */
export function* recordsOf(state: MetadefsState): Iterable<readonly [string, MetadefRecord]> {
  for (const tree of [state.namespaces, state.types, state.parts] as readonly RecordTree<MetadefRecord>[]) {
    for (const record of tree.values()) yield [documentId(record), record];
  }
}

/** Key that sorts by the value, `null` first, then by creation. */
function orderKey(namespace: Namespace, key: NamespaceSortKey): string {
  const value = namespace[key];
  const text = typeof value === 'number' ? String(value).padStart(16, '0') : String(value);
  return `${value === null ? '' : `\u0001${text}`}\0${String(namespace.id).padStart(16, '0')}`;
}

/** The records of one catalog, with ordered indexes that are built when first needed. */
export class MetadefStore {
  readonly #namespaces: RecordTree<Namespace>;
  readonly #types: RecordTree<ResourceType>;
  readonly #parts: RecordTree<Part>;
  readonly #orders: Map<NamespaceSortKey, RecordTree<Namespace>>;
  #lastId: number;
  readonly #onChange: MetadefListener | undefined;

  constructor(state?: MetadefsState, onChange?: MetadefListener) {
    this.#onChange = onChange;
    this.#namespaces = state?.namespaces.clone() ?? new BTree<string, Namespace>();
    this.#types = state?.types.clone() ?? new BTree<string, ResourceType>();
    this.#parts = state?.parts.clone() ?? new BTree<string, Part>();
    this.#orders = new Map([...(state?.orders ?? [])].map(([key, tree]) => [key, tree.clone()]));
    this.#lastId = state?.lastId ?? 0;
  }

  /** The current state; costs the same for any number of records. */
  snapshot(): MetadefsState {
    return {
      namespaces: this.#namespaces.clone(),
      types: this.#types.clone(),
      parts: this.#parts.clone(),
      orders: new Map([...this.#orders].map(([key, tree]) => [key, tree.clone()])),
      lastId: this.#lastId,
    };
  }

  /** Adds a saved record. */
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

  /** Stores a namespace, in place of its former value. */
  putNamespace(namespace: Namespace, before?: Namespace): void {
    this.#onChange?.(documentId(namespace), namespace);
    if (before !== undefined) this.#namespaces.delete(before.name);
    this.#namespaces.set(namespace.name, namespace);
    for (const [key, order] of this.#orders) {
      if (before !== undefined) order.delete(orderKey(before, key));
      order.set(orderKey(namespace, key), namespace);
    }
  }

  /** Removes a namespace with all its parts. */
  removeNamespace(namespace: Namespace): void {
    for (const kind of ['association', 'property', 'object', 'tag'] as const) this.removeParts(kind, namespace);
    this.#onChange?.(documentId(namespace), null);
    this.#namespaces.delete(namespace.name);
    for (const [key, order] of this.#orders) order.delete(orderKey(namespace, key));
  }

  /** Iterates over all namespaces in order, after the given one. */
  *walk(key: NamespaceSortKey, direction: 'asc' | 'desc', after?: Namespace): Iterable<Namespace> {
    const order = this.#order(key);
    const start = after === undefined ? undefined : orderKey(after, key);
    const entries = direction === 'asc' ? order.entries(start) : order.entriesReversed(start);
    for (const [at, namespace] of entries) if (at !== start) yield namespace;
  }

  type(name: string): ResourceType | undefined {
    return this.#types.get(name);
  }

  /** Lists all resource types, the oldest first. */
  types(): readonly ResourceType[] {
    return [...this.#types.values()].sort((left, right) => left.id - right.id);
  }

  putType(type: ResourceType): void {
    this.#onChange?.(documentId(type), type);
    this.#types.set(type.name, type);
  }

  part<Kind extends PartKind>(kind: Kind, namespace: Namespace, name: string): PartOf[Kind] | undefined {
    return this.#parts.get(keyOfPart(kind, namespace.id, name)) as PartOf[Kind] | undefined;
  }

  /** Lists the parts of one kind of a namespace by name. */
  parts<Kind extends PartKind>(kind: Kind, namespace: Namespace): readonly PartOf[Kind][] {
    const first = keyOfPart(kind, namespace.id, '');
    return this.#parts.getRange(first, `${first.slice(0, -1)}\u0001`).map(([, part]) => part as PartOf[Kind]);
  }

  /** Stores a part, in place of its former value. */
  putPart(part: Part, before?: Part): void {
    if (before !== undefined && before.name !== part.name) this.removePart(before);
    this.#onChange?.(documentId(part), part);
    this.#parts.set(keyOfPart(part.kind, part.namespaceId, part.name), part);
  }

  removePart(part: Part): void {
    this.#onChange?.(documentId(part), null);
    this.#parts.delete(keyOfPart(part.kind, part.namespaceId, part.name));
  }

  removeParts(kind: PartKind, namespace: Namespace): void {
    for (const part of this.parts(kind, namespace)) this.removePart(part);
  }

  #order(key: NamespaceSortKey): RecordTree<Namespace> {
    let order = this.#orders.get(key);
    if (order === undefined) {
      order = new BTree<string, Namespace>();
      for (const namespace of this.#namespaces.values()) order.set(orderKey(namespace, key), namespace);
      this.#orders.set(key, order);
    }
    return order;
  }
}
