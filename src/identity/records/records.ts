import type { Directory } from '../directory/directory.ts';
import type { RecordKind, RecordTypes } from './record.ts';
import { type IndexName, type KindDefinition, RECORD_KINDS } from './record-kinds.ts';
import {
  copyTable,
  firstUnder,
  getEntry,
  type RecordTable,
  recordsUnder,
  removeEntry,
  setEntry,
} from './record-table.ts';
import {
  nextVersion,
  type RecordsState,
  type RecordTables,
  type SavedRecord,
  savedKey,
  unchangedTable,
} from './records-state.ts';

/** A change of one record. */
export type RecordChange = {
  readonly [K in RecordKind]: {
    readonly kind: K;
    /** `undefined` for a new record. */
    readonly before: RecordTypes[K] | undefined;
    /** `undefined` for a deleted record. */
    readonly after: RecordTypes[K] | undefined;
  };
}[RecordKind];

/** What learns of changes. */
export interface RecordListeners {
  /** Receives what to save under a key before each change; `null` deletes it. */
  readonly save?: ((key: string, saved: SavedRecord | null) => void) | undefined;
  /** Called after each change. For a deletion, first for each record that goes with the deleted one. */
  readonly changed?: ((change: RecordChange) => void) | undefined;
}

type MutableTables = { -readonly [K in RecordKind]?: RecordTable<K> };

/** The entities of Keystone in one world, by kind and id. Records are immutable; a change replaces one. */
export class Records {
  #state: RecordsState;
  /** Tables of this object alone; those of `#state` are shared with other worlds. */
  #own: MutableTables = {};
  #version: number;
  readonly #listeners: RecordListeners;

  constructor(state: RecordsState, listeners: RecordListeners = {}) {
    this.#state = state;
    this.#version = state.version;
    this.#listeners = listeners;
  }

  /** A number that changes with each write. Two states of one process that have the same number are equal. */
  get version(): number {
    return this.#version;
  }

  /** The fixtures that the records started from. */
  get fixtures(): Directory {
    return this.#state.directory;
  }

  /** Returns the current state; costs the same for any number of records. */
  snapshot(): RecordsState {
    if (this.#version !== this.#state.version) {
      const tables = { ...this.#state.tables, ...this.#own } as RecordTables;
      this.#state = { directory: this.#state.directory, tables, version: this.#version };
      this.#own = {};
    }
    return this.#state;
  }

  /** Returns a record by id. */
  get<K extends RecordKind>(kind: K, id: string): RecordTypes[K] | undefined {
    return getEntry(this.#table(kind), id)?.record;
  }

  /** Returns whether a record exists. */
  has(kind: RecordKind, id: string): boolean {
    return this.get(kind, id) !== undefined;
  }

  /** Lists all records of a kind, in order of creation. */
  all<K extends RecordKind>(kind: K): readonly RecordTypes[K][] {
    return recordsUnder(this.#table(kind));
  }

  /** Returns the number of records of a kind. */
  count(kind: RecordKind): number {
    return this.#table(kind).count;
  }

  /** Returns whether no record of a kind differs from the fixtures. */
  isUnchanged(kind: RecordKind): boolean {
    return (this.#own[kind] ?? this.#state.tables[kind])?.changes.isEmpty ?? true;
  }

  /** Lists the records that an index of the kind finds under a value, in order of creation. */
  by<K extends RecordKind>(kind: K, index: IndexName<K>, value: string): readonly RecordTypes[K][] {
    return recordsUnder(this.#table(kind), index, value);
  }

  /** Returns the oldest record that an index of the kind finds under a value. */
  first<K extends RecordKind>(kind: K, index: IndexName<K>, value: string): RecordTypes[K] | undefined {
    return firstUnder(this.#table(kind), index, value);
  }

  /** Stores a record: a new one, or in place of the one with its id, whose position in lists it keeps. */
  put<K extends RecordKind>(kind: K, record: RecordTypes[K]): void {
    const table = this.#ownTable(kind);
    const known = getEntry(table, record.id);
    const entry = { position: known?.position ?? table.last + 1, record };
    const { position } = entry;
    this.#listeners.save?.(savedKey(kind, record.id), { kind, position, id: record.id, record });
    setEntry(table, entry);
    this.#changed({ kind, before: known?.record, after: record } as RecordChange);
  }

  /** Deletes a record and what goes with it (`cascades` of its kind). Returns whether it existed. */
  delete(kind: RecordKind, id: string): boolean {
    const before = this.get(kind, id);
    if (before === undefined) return false;
    this.#remove(kind, id);
    const { cascades = [] } = RECORD_KINDS[kind];
    for (const { kind: other, index } of cascades) {
      for (const record of this.by(other, index as IndexName<typeof other>, id)) this.delete(other, record.id);
    }
    this.#changed({ kind, before, after: undefined } as RecordChange);
    return true;
  }

  #remove<K extends RecordKind>(kind: K, id: string): void {
    const table = this.#ownTable(kind);
    const isFixture = table.fixtures.get(id) !== undefined;
    this.#listeners.save?.(savedKey(kind, id), isFixture ? { kind, position: 0, id, record: null } : null);
    removeEntry(table, id);
    this.#version = nextVersion();
  }

  #changed(change: RecordChange): void {
    this.#version = nextVersion();
    this.#listeners.changed?.(change);
  }

  #table<K extends RecordKind>(kind: K): RecordTable<K> {
    const table = (this.#own[kind] ?? this.#state.tables[kind]) as RecordTable<K> | undefined;
    return table ?? unchangedTable(this.#state.directory, kind);
  }

  #ownTable<K extends RecordKind>(kind: K): RecordTable<K> {
    const own = this.#own[kind] as RecordTable<K> | undefined;
    if (own !== undefined) return own;
    const table = copyTable(this.#table(kind));
    this.#own = { ...this.#own, [kind]: table };
    return table;
  }
}

/** Returns a record without the hidden members of its kind. */
export function withoutHidden<K extends RecordKind>(
  kind: K,
  record: RecordTypes[K],
): Readonly<Record<string, unknown>> {
  const { hidden = [] } = RECORD_KINDS[kind] as KindDefinition<K>;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name)));
}
