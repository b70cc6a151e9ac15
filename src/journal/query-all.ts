import { attemptOf } from './attempts.ts';
import type { Entry } from './entry.ts';
import { mergeEntries, type PlacedEntry } from './merge.ts';
import { type EntryFilter, type EntryPage, type EntryReader, matches } from './query.ts';
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
export function presentPlaced({ reader, recorded }: PlacedEntry): Entry {
  const { journal, name } = reader;
  const { showsSecrets } = journal.options;
  return toEntry(recorded, { world: name, attempt: attemptOf(journal, recorded), showsSecrets });
}

/** Whether an entry matches a filter. */
export const matchesPlaced = ({ reader, recorded }: PlacedEntry, filter: EntryFilter): boolean =>
  matches({ recorded, attempt: filter.attempt === undefined ? 1 : attemptOf(reader.journal, recorded) }, filter);

/**
 * Returns a page of the matching entries of several journals. A page can have fewer entries than `limit`, or none, and yet
 * a following one, because the number of entries that are looked at is limited.
 */
export function readPageOfAll(
  readers: readonly EntryReader[],
  filter: EntryFilter,
  { after, before, limit }: EntryPage,
): ProcessPage {
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
    if (matchesPlaced(placed, filter)) found.push(placed);
  }
  const inOrder = isForward ? found : found.reverse();
  const [first, last] = [inOrder[0]?.recorded.sequence, inOrder.at(-1)?.recorded.sequence];
  return {
    entries: inOrder.map(presentPlaced),
    next: isForward ? (end ?? null) : cursorOf(last, (sequence) => hasAfter(readers, sequence)),
    previous: isForward ? cursorOf(first, (sequence) => hasBefore(readers, sequence)) : (end ?? null),
  };
}

/** Returns all matching entries of several journals in chronological order. */
export function* readAllEntries(readers: readonly EntryReader[], filter: EntryFilter): Iterable<Entry> {
  for (const placed of mergeEntries(readers, {})) if (matchesPlaced(placed, filter)) yield presentPlaced(placed);
}

const cursorOf = (sequence: number | undefined, hasMore: (sequence: number) => boolean): number | null =>
  sequence !== undefined && hasMore(sequence) ? sequence : null;

const hasAfter = (readers: readonly EntryReader[], sequence: number): boolean =>
  readers.some(
    ({ journal }) => journal.entry(journal.recorded) !== undefined && journal.firstAfter(sequence) <= journal.recorded,
  );

const hasBefore = (readers: readonly EntryReader[], sequence: number): boolean =>
  readers.some(({ journal }) => journal.entry(journal.firstAfter(sequence - 1) - 1) !== undefined);
