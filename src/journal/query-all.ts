import type { Steps } from '../base/slices.ts';
import { attemptOf } from './attempts.ts';
import type { Entry } from './entry.ts';
import { mergeEntries, type PlacedEntry } from './merge.ts';
import { type EntryFilter, type EntryPage, matches, type StoredReader } from './query.ts';
import { toEntry } from './to-entry.ts';

/** How many entries are looked at for one page, so that a rare match does not take arbitrarily long. */
const MAX_SCANNED = 10_000;

/** A page of the entries of all worlds. Cursors are sequence numbers. */
export interface ProcessPage {
  /** In chronological order. */
  readonly entries: readonly Entry[];
  /** The value of `after` for the following page; `null` if there is none. */
  readonly next: number | null;
  /** The value of `before` for the preceding page; `null` if there is none. */
  readonly previous: number | null;
}

/** Converts an entry, with the number of its attempt. */
export function* presentPlaced({ reader, recorded }: PlacedEntry): Steps<Entry> {
  const { journal, name } = reader;
  const { showsSecrets } = journal.options;
  return toEntry(recorded, { world: name, attempt: yield* attemptOf(journal, recorded), showsSecrets });
}

/** Whether an entry matches a filter. */
export function* matchesPlaced({ reader, recorded }: PlacedEntry, filter: EntryFilter): Steps<boolean> {
  const attempt = filter.attempt === undefined ? 1 : yield* attemptOf(reader.journal, recorded);
  return matches({ recorded, attempt }, filter);
}

/**
 * Returns a page of the matching entries of several journals. A page can have fewer entries than `limit`, or none, and yet
 * a following one, because the number of entries that are looked at is limited.
 */
export function* readPageOfAll(
  readers: readonly StoredReader[],
  filter: EntryFilter,
  { after, before, limit }: EntryPage,
): Steps<ProcessPage> {
  const isForward = after !== undefined;
  const found: PlacedEntry[] = [];
  let scanned = 0;
  let end: number | undefined;
  let latest: number | undefined;
  for (const placed of mergeEntries(readers, isForward ? { after } : { before: before ?? Number.MAX_SAFE_INTEGER })) {
    const { sequence } = placed.recorded;
    if (isForward && before !== undefined && sequence >= before) break;
    // One entry more than fits tells that there is another page.
    if (found.length === limit || scanned === MAX_SCANNED) {
      end = latest;
      break;
    }
    scanned += 1;
    latest = sequence;
    yield;
    if (yield* matchesPlaced(placed, filter)) found.push(placed);
  }
  const inOrder = isForward ? found : found.reverse();
  const [first, last] = [inOrder[0]?.recorded.sequence, inOrder.at(-1)?.recorded.sequence];
  const entries: Entry[] = [];
  for (const placed of inOrder) entries.push(yield* presentPlaced(placed));
  return {
    entries,
    next: isForward ? (end ?? null) : cursorOf(last, (sequence) => hasAfter(readers, sequence)),
    previous: isForward ? cursorOf(first, (sequence) => hasBefore(readers, sequence)) : (end ?? null),
  };
}

/** Returns all matching entries of several journals in chronological order. */
export function* readAllEntries(readers: readonly StoredReader[], filter: EntryFilter): Steps<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const placed of mergeEntries(readers, {})) {
    yield;
    if (yield* matchesPlaced(placed, filter)) entries.push(yield* presentPlaced(placed));
  }
  return entries;
}

const cursorOf = (sequence: number | undefined, hasMore: (sequence: number) => boolean): number | null =>
  sequence !== undefined && hasMore(sequence) ? sequence : null;

const hasAfter = (readers: readonly StoredReader[], sequence: number): boolean =>
  readers.some(
    ({ journal }) => journal.entry(journal.recorded) !== undefined && journal.firstAfter(sequence) <= journal.recorded,
  );

const hasBefore = (readers: readonly StoredReader[], sequence: number): boolean =>
  readers.some(({ journal }) => journal.entry(journal.firstAfter(sequence - 1) - 1) !== undefined);
