import type { Directory } from '../directory/directory.ts';
import { fixtureRecords } from './fixture-records.ts';
import { FixtureTable } from './fixture-table.ts';
import type { RecordKind, RecordTypes } from './record.ts';
import { RECORD_KIND_NAMES } from './record-kinds.ts';
import { copyTable, createTable, type RecordTable, removeEntry, setEntry } from './record-table.ts';

/** The tables that differ from those of the fixtures, by kind. */
export type RecordTables = { readonly [K in RecordKind]?: RecordTable<K> };

/** The records of a world, from which others can start. Immutable. */
export interface RecordsState {
  /** The fixtures that the records started from. */
  readonly directory: Directory;
  readonly tables: RecordTables;
  /** Number of the latest change. No other state of this process has it, unless it is equal. */
  readonly version: number;
}

/** A changed record as it is saved; `record` is `null` for a fixture record that was deleted. */
export interface SavedRecord {
  readonly kind: RecordKind;
  readonly position: number;
  readonly id: string;
  readonly record: RecordTypes[RecordKind] | null;
}

let latest = 0;

/** Returns the number of a new change. */
export function nextVersion(): number {
  latest += 1;
  return latest;
}

const initialStates = new WeakMap<Directory, RecordsState>();
const unchangedTables = new WeakMap<Directory, Map<RecordKind, RecordTable>>();

/** Returns the records of a directory, without changes. */
export function initialRecords(directory: Directory): RecordsState {
  let state = initialStates.get(directory);
  if (state === undefined) {
    state = { directory, tables: {}, version: nextVersion() };
    initialStates.set(directory, state);
  }
  return state;
}

/** Returns the table of the fixture records of one kind, which is built on first use. Do not change it. */
export function unchangedTable<K extends RecordKind>(directory: Directory, kind: K): RecordTable<K> {
  let tables = unchangedTables.get(directory);
  if (tables === undefined) {
    tables = new Map();
    unchangedTables.set(directory, tables);
  }
  let table = tables.get(kind) as RecordTable<K> | undefined;
  if (table === undefined) {
    table = createTable(new FixtureTable(kind, fixtureRecords(directory, kind)));
    tables.set(kind, table as RecordTable);
  }
  return table;
}

/** Returns the key under which a record is saved. */
export const savedKey = (kind: RecordKind, id: string): string => `${kind} ${id}`;

/** Lists the records that differ from the fixtures, to save them. */
export function* changesOf({ tables }: RecordsState): Iterable<readonly [key: string, saved: SavedRecord]> {
  for (const kind of RECORD_KIND_NAMES) {
    for (const [id, entry] of tables[kind]?.changes.entries() ?? []) {
      const { position = 0, record = null } = entry ?? {};
      yield [savedKey(kind, id), { kind, position, id, record }];
    }
  }
}

/** Restores records from a directory and the changes that were saved. Ignores kinds that this release does not know. */
export function restoreRecords(directory: Directory, saved: Iterable<SavedRecord>): RecordsState {
  const tables = new Map<RecordKind, RecordTable>();
  for (const { kind, position, id, record } of saved) {
    if (!RECORD_KIND_NAMES.includes(kind)) continue;
    const table = tables.get(kind) ?? copyTable(unchangedTable(directory, kind) as RecordTable);
    tables.set(kind, table);
    if (record === null) removeEntry(table, id);
    else setEntry(table, { position, record });
  }
  if (tables.size === 0) return initialRecords(directory);
  return { directory, tables: Object.fromEntries(tables), version: nextVersion() };
}
