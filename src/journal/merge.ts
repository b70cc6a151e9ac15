import BTreeModule from 'sorted-btree';
import type { StoredReader } from './query.ts';
import type { RecordedRequest } from './recorded.ts';

const BTree = BTreeModule.default;

/** An entry with the journal that stores it. */
export interface PlacedEntry<Reader extends StoredReader = StoredReader> {
  readonly reader: Reader;
  readonly recorded: RecordedRequest;
}

/** Which entries, and in which order. */
export interface MergeOptions {
  /** Only entries after this sequence number, in chronological order. */
  readonly after?: number | undefined;
  /** Only entries before this sequence number, the latest first. `after` is then ignored. */
  readonly before?: number | undefined;
}

/**
 * Returns the entries of several journals in the order in which they were recorded. Each entry costs a look at one journal,
 * regardless of how many there are.
 */
export function* mergeEntries<Reader extends StoredReader>(
  readers: Iterable<Reader>,
  { after = 0, before }: MergeOptions,
): Iterable<PlacedEntry<Reader>> {
  const step = before === undefined ? 1 : -1;
  /** The next entry of each journal, by sequence number. */
  const next = new BTree<number, PlacedEntry<Reader>>();
  const add = (reader: Reader, id: number): void => {
    const recorded = reader.journal.entry(id);
    if (recorded !== undefined) next.set(recorded.sequence, { reader, recorded });
  };
  for (const reader of readers) {
    add(reader, before === undefined ? reader.journal.firstAfter(after) : reader.journal.firstAfter(before - 1) - 1);
  }
  for (;;) {
    const sequence = before === undefined ? next.minKey() : next.maxKey();
    const placed = sequence === undefined ? undefined : next.get(sequence);
    if (sequence === undefined || placed === undefined) return;
    next.delete(sequence);
    yield placed;
    add(placed.reader, placed.recorded.id + step);
  }
}
