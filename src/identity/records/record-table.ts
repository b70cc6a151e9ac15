import BTreeModule from 'sorted-btree';
import type { RecordKind, RecordTypes } from './record.ts';
import { type IndexName, type IndexValue, type KindDefinition, RECORD_KINDS } from './record-kinds.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** A record with its place among those of its kind. */
export interface Entry<K extends RecordKind = RecordKind> {
  /** Number of the record in order of creation, from 1. */
  readonly position: number;
  readonly record: RecordTypes[K];
}

/** The records of one kind as persistent trees: a copy costs the same for any number of records. */
export interface RecordTable<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly entries: Tree<Entry<K>>;
  /** Entries by index, value and position; by position alone under the empty index. */
  readonly index: Tree<Entry<K>>;
  /** Records that differ from those of the fixtures, by id; `null` for a fixture record that was deleted. */
  readonly changes: Tree<Entry<K> | null>;
  /** Position of the record that was added last. */
  last: number;
}

const DIGITS = 10;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const createTree = <V>(): Tree<V> => new BTree<string, V>(undefined, compare);

/** Creates an empty table. */
export const createTable = <K extends RecordKind>(kind: K): RecordTable<K> => ({
  kind,
  entries: createTree(),
  index: createTree(),
  changes: createTree(),
  last: 0,
});

/** Copies a table, so that changes of the copy do not affect it. */
export const copyTable = <K extends RecordKind>({
  kind,
  entries,
  index,
  changes,
  last,
}: RecordTable<K>): RecordTable<K> => ({
  kind,
  entries: entries.clone(),
  index: index.clone(),
  changes: changes.clone(),
  last,
});

/** Adds an entry, or replaces that of the same id. */
export function setEntry<K extends RecordKind>(table: RecordTable<K>, entry: Entry<K>): void {
  removeEntry(table, entry.record.id);
  table.entries.set(entry.record.id, entry);
  for (const key of keysOf(table.kind, entry)) table.index.set(key, entry);
  table.last = Math.max(table.last, entry.position);
}

/** Removes the entry of an id. An unknown id is ignored. */
export function removeEntry<K extends RecordKind>(table: RecordTable<K>, id: string): void {
  const entry = table.entries.get(id);
  if (entry === undefined) return;
  table.entries.delete(id);
  for (const key of keysOf(table.kind, entry)) table.index.delete(key);
}

/** Returns the records that an index finds under a value, in order of creation; all of them without an index. */
export function recordsUnder<K extends RecordKind>(
  table: RecordTable<K>,
  index: IndexName<K> | '' = '',
  value = '',
): readonly RecordTypes[K][] {
  const found: RecordTypes[K][] = [];
  scan(table, index, value, (record) => {
    found.push(record);
    return false;
  });
  return found;
}

/** Returns the first record, in order of creation, that an index finds under a value. */
export function firstUnder<K extends RecordKind>(
  table: RecordTable<K>,
  index: IndexName<K>,
  value: string,
): RecordTypes[K] | undefined {
  let first: RecordTypes[K] | undefined;
  scan(table, index, value, (record) => {
    first = record;
    return true;
  });
  return first;
}

/** Calls `onFound` for each record that an index finds under a value, until it returns `true`. */
function scan<K extends RecordKind>(
  table: RecordTable<K>,
  index: string,
  value: string,
  onFound: (record: RecordTypes[K]) => boolean,
): void {
  const prefix = prefixOf(index, value);
  const length = prefix.length + DIGITS;
  // A longer key belongs to a value that merely starts like a shorter one with its position.
  table.index.forRange(prefix, `${prefix}:`, false, (key, { record }) =>
    key.length === length && onFound(record) ? { break: true } : undefined,
  );
}

const prefixOf = (index: string, value: string): string => `${index}\u0001${value}\u0001`;

function* keysOf<K extends RecordKind>(kind: K, { position, record }: Entry<K>): Iterable<string> {
  const suffix = String(position).padStart(DIGITS, '0');
  yield prefixOf('', '') + suffix;
  const { indexes } = RECORD_KINDS[kind] as KindDefinition<K>;
  for (const [name, values] of Object.entries<(record: RecordTypes[K]) => IndexValue>(indexes)) {
    for (const value of listOf(values(record))) yield prefixOf(name, value) + suffix;
  }
}

const listOf = (value: IndexValue): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;
