import type { RecordKind, RecordTypes } from './record.ts';
import { type IndexValue, type KindDefinition, RECORD_KINDS } from './record-kinds.ts';

/** A record with its place among those of its kind. */
export interface Entry<K extends RecordKind = RecordKind> {
  /** Number of the record in order of creation, from 1. */
  readonly position: number;
  readonly record: RecordTypes[K];
}

/** The values of an entry by the indexes of its kind. */
export function* indexValues<K extends RecordKind>(
  kind: K,
  { record }: Entry<K>,
): Iterable<readonly [index: string, value: string]> {
  const { indexes } = RECORD_KINDS[kind] as KindDefinition<K>;
  for (const [index, valuesOf] of Object.entries<(record: RecordTypes[K]) => IndexValue>(indexes)) {
    for (const value of listOf(valuesOf(record))) yield [index, value];
  }
}

const listOf = (value: IndexValue): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;

type EntriesByValue<K extends RecordKind> = ReadonlyMap<string, readonly Entry<K>[]>;

/** The records of one kind in fixtures. They never change; indexes are built on first use. */
export class FixtureTable<K extends RecordKind> {
  readonly kind: K;
  /** In order of creation. */
  readonly list: readonly Entry<K>[];
  #byId: ReadonlyMap<string, Entry<K>> | undefined;
  readonly #indexes = new Map<string, EntriesByValue<K>>();

  /** @param records - have different ids. */
  constructor(kind: K, records: readonly RecordTypes[K][]) {
    this.kind = kind;
    this.list = records.map((record, index) => ({ position: index + 1, record }));
  }

  /** Returns an entry by the id of its record. */
  get(id: string): Entry<K> | undefined {
    this.#byId ??= new Map(this.list.map((entry) => [entry.record.id, entry]));
    return this.#byId.get(id);
  }

  /** Returns the entries that an index finds under a value, in order of creation. */
  under(index: string, value: string): readonly Entry<K>[] {
    let entries = this.#indexes.get(index);
    if (entries === undefined) {
      entries = this.#build(index);
      this.#indexes.set(index, entries);
    }
    return entries.get(value) ?? [];
  }

  #build(index: string): EntriesByValue<K> {
    const byValue = new Map<string, Entry<K>[]>();
    const { indexes } = RECORD_KINDS[this.kind] as { readonly indexes: Readonly<Record<string, ValuesOf<K>>> };
    for (const entry of this.list) {
      for (const value of listOf(indexes[index]?.(entry.record) ?? null)) {
        const entries = byValue.get(value);
        if (entries === undefined) byValue.set(value, [entry]);
        else entries.push(entry);
      }
    }
    return byValue;
  }
}

type ValuesOf<K extends RecordKind> = (record: RecordTypes[K]) => IndexValue;
