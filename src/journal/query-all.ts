import type { Steps } from '../base/slices.ts';
import { attemptsIn } from './attempts.ts';
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

/** Returns the number of the attempt that an entry is. */
type AttemptOf<Reader extends StoredReader = StoredReader> = (placed: PlacedEntry<Reader>) => number;

/** Converts an entry. */
export function presentPlaced<Reader extends StoredReader>(
  placed: PlacedEntry<Reader>,
  attemptOf: AttemptOf<Reader>,
): Entry {
  const { reader, recorded } = placed;
  const { showsSecrets } = reader.journal.options;
  return toEntry(recorded, { world: reader.name, attempt: attemptOf(placed), showsSecrets });
}

/** Whether an entry matches a filter. */
export const matchesPlaced = <Reader extends StoredReader>(
  placed: PlacedEntry<Reader>,
  filter: EntryFilter,
  attemptOf: AttemptOf<Reader>,
): boolean =>
  matches({ recorded: placed.recorded, attempt: filter.attempt === undefined ? 1 : attemptOf(placed) }, filter);

/** Numbers the attempts in some journals. */
function* numberAttempts(readers: Iterable<StoredReader>): Steps<AttemptOf> {
  const numbers = new Map<StoredReader, (id: number) => number>();
  for (const reader of readers) numbers.set(reader, yield* attemptsIn(reader.journal));
  return ({ reader, recorded }) => numbers.get(reader)?.(recorded.id) ?? 1;
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
  const attemptOf = filter.attempt === undefined ? () => 1 : yield* numberAttempts(readers);
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
    if (matchesPlaced(placed, filter, attemptOf)) found.push(placed);
  }
  const inOrder = isForward ? found : found.reverse();
  const [first, last] = [inOrder[0]?.recorded.sequence, inOrder.at(-1)?.recorded.sequence];
  const entries: Entry[] = [];
  const attemptOfFound = yield* numberAttempts(new Set(inOrder.map(({ reader }) => reader)));
  for (const placed of inOrder) {
    entries.push(presentPlaced(placed, attemptOfFound));
    yield;
  }
  return {
    entries,
    next: isForward ? (end ?? null) : cursorOf(last, (sequence) => hasAfter(readers, sequence)),
    previous: isForward ? cursorOf(first, (sequence) => hasBefore(readers, sequence)) : (end ?? null),
  };
}

/** Returns all matching entries of several journals in chronological order. */
export function* readAllEntries(readers: readonly StoredReader[], filter: EntryFilter): Steps<readonly Entry[]> {
  const entries: Entry[] = [];
  const attemptOf = yield* numberAttempts(readers);
  for (const placed of mergeEntries(readers, {})) {
    yield;
    if (matchesPlaced(placed, filter, attemptOf)) entries.push(presentPlaced(placed, attemptOf));
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
