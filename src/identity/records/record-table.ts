import BTreeModule from 'sorted-btree';
import { type Entry, type FixtureTable, indexValues } from './fixture-table.ts';
import type { RecordKind, RecordTypes } from './record.ts';
import type { IndexName } from './record-kinds.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** The records of one kind: those of the fixtures, and persistent trees of changes, which cost the same to copy at any size. */
export interface RecordTable<K extends RecordKind = RecordKind> {
  readonly fixtures: FixtureTable<K>;
  /** Records that differ from those of the fixtures, by id; `null` for a fixture record that was deleted. */
  readonly changes: Tree<Entry<K> | null>;
  /** The entries of `changes` by index, value and position; by position alone under the empty index. */
  readonly index: Tree<Entry<K>>;
  /** Position of the record that was added last. */
  last: number;
  /** Number of records. */
  count: number;
}

const DIGITS = 10;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const createTree = <V>(): Tree<V> => new BTree<string, V>(undefined, compare);

/** Creates a table without changes. */
export const createTable = <K extends RecordKind>(fixtures: FixtureTable<K>): RecordTable<K> => ({
  fixtures,
  changes: createTree(),
  index: createTree(),
  last: fixtures.list.length,
  count: fixtures.list.length,
});

/** Copies a table, so that changes of the copy do not affect it. */
export const copyTable = <K extends RecordKind>(table: RecordTable<K>): RecordTable<K> => ({
  ...table,
  changes: table.changes.clone(),
  index: table.index.clone(),
});

/** Returns the entry of an id. */
export function getEntry<K extends RecordKind>(
  { changes, fixtures }: RecordTable<K>,
  id: string,
): Entry<K> | undefined {
  const changed = changes.size === 0 ? undefined : changes.get(id);
  return changed === undefined ? fixtures.get(id) : (changed ?? undefined);
}

/** Adds an entry, or replaces that of the same id. */
export function setEntry<K extends RecordKind>(table: RecordTable<K>, entry: Entry<K>): void {
  const { id } = entry.record;
  if (getEntry(table, id) === undefined) table.count += 1;
  removeFromIndex(table, id);
  table.changes.set(id, entry);
  for (const key of keysOf(table, entry)) table.index.set(key, entry);
  table.last = Math.max(table.last, entry.position);
}

/** Removes the entry of an id. An unknown id is ignored. */
export function removeEntry<K extends RecordKind>(table: RecordTable<K>, id: string): void {
  if (getEntry(table, id) === undefined) return;
  table.count -= 1;
  removeFromIndex(table, id);
  if (table.fixtures.get(id) === undefined) table.changes.delete(id);
  else table.changes.set(id, null);
}

function removeFromIndex<K extends RecordKind>(table: RecordTable<K>, id: string): void {
  const changed = table.changes.get(id);
  if (changed) for (const key of keysOf(table, changed)) table.index.delete(key);
}

/** Returns the records that an index finds under a value, in order of creation; all of them without an index. */
export function recordsUnder<K extends RecordKind>(
  table: RecordTable<K>,
  index: IndexName<K> | '' = '',
  value = '',
): readonly RecordTypes[K][] {
  const unchanged = fixturesUnder(table, index, value);
  const changed = changesUnder(table, index, value);
  const entries =
    unchanged.length === 0 || changed.length === 0
      ? [...unchanged, ...changed]
      : [...unchanged, ...changed].sort((one, other) => one.position - other.position);
  return entries.map(({ record }) => record);
}

/** Returns the first record, in order of creation, that an index finds under a value. */
export function firstUnder<K extends RecordKind>(
  table: RecordTable<K>,
  index: IndexName<K>,
  value: string,
): RecordTypes[K] | undefined {
  const { fixtures, changes } = table;
  const unchanged = fixtures.under(index, value).find(({ record }) => changes.size === 0 || !changes.has(record.id));
  const [changed] = changesUnder(table, index, value, 1);
  if (unchanged === undefined || changed === undefined) return (unchanged ?? changed)?.record;
  return (unchanged.position < changed.position ? unchanged : changed).record;
}

/** Returns the fixture entries that an index finds under a value, without those that have changed. */
function fixturesUnder<K extends RecordKind>(
  { fixtures, changes }: RecordTable<K>,
  index: string,
  value: string,
): readonly Entry<K>[] {
  const entries = index === '' ? fixtures.list : fixtures.under(index, value);
  return changes.size === 0 ? entries : entries.filter(({ record }) => !changes.has(record.id));
}

function changesUnder<K extends RecordKind>(
  { index: tree }: RecordTable<K>,
  index: string,
  value: string,
  limit = Number.POSITIVE_INFINITY,
): readonly Entry<K>[] {
  if (tree.size === 0) return [];
  const found: Entry<K>[] = [];
  const prefix = prefixOf(index, value);
  const length = prefix.length + DIGITS;
  tree.forRange(prefix, `${prefix}:`, false, (key, entry) => {
    // A longer key belongs to a value that merely starts like a shorter one with its position.
    if (key.length === length) found.push(entry);
    return found.length >= limit ? STOP : undefined;
  });
  return found;
}

/** Ends the scan of a range. */
const STOP = { break: true };

const prefixOf = (index: string, value: string): string => `${index}\u0001${value}\u0001`;

function* keysOf<K extends RecordKind>({ fixtures }: RecordTable<K>, entry: Entry<K>): Iterable<string> {
  const suffix = String(entry.position).padStart(DIGITS, '0');
  yield prefixOf('', '') + suffix;
  for (const [index, value] of indexValues(fixtures.kind, entry)) yield prefixOf(index, value) + suffix;
}
