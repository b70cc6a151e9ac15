import type { RecordedRequest } from './recorded.ts';

/** Stored entries of a world, as a journal has them, or had them at one moment. */
export interface StoredEntries {
  /** Whether entries show passwords, tokens and other secrets. */
  readonly options: { readonly showsSecrets: boolean };
  /** Id of the latest entry. */
  readonly recorded: number;
  /** Number of entries that were dropped. */
  readonly dropped: number;
  /** Returns a stored entry by its id. */
  entry(id: number): RecordedRequest | undefined;
  /** Returns the id of the first stored entry after a sequence number; one more than the latest id, if there is none. */
  firstAfter(sequence: number): number;
  /** Returns the stored entries in chronological order, from the one after `id`. */
  after(id?: number): Iterable<RecordedRequest>;
}

/** How a view reads the entries that its journal still stores. */
export interface StoredRows {
  entry(id: number): RecordedRequest | undefined;
  sequenceOf(id: number): number | undefined;
  /** Is called when the view needs no entry any more. */
  close(view: JournalView): void;
}

/**
 * The entries that a journal had at one moment, for a reader who takes several turns of the event loop. The journal passes the
 * entries that it drops meanwhile to its open views. Entries and their bodies may be used until `close`.
 */
export class JournalView implements StoredEntries {
  readonly options: StoredEntries['options'];
  readonly recorded: number;
  readonly dropped: number;
  readonly #rows: StoredRows;
  /** Entries that the journal has dropped since. */
  readonly #held = new Map<number, RecordedRequest>();
  #isClosed = false;

  constructor(journal: Pick<StoredEntries, 'options' | 'recorded' | 'dropped'>, rows: StoredRows) {
    this.options = journal.options;
    this.recorded = journal.recorded;
    this.dropped = journal.dropped;
    this.#rows = rows;
  }

  entry(id: number): RecordedRequest | undefined {
    if (this.#isClosed || id <= this.dropped || id > this.recorded) return undefined;
    return this.#held.get(id) ?? this.#rows.entry(id);
  }

  firstAfter(sequence: number): number {
    return firstAfter(sequence, this, (id) => this.#held.get(id)?.sequence ?? this.#rows.sequenceOf(id));
  }

  *after(id = 0): Iterable<RecordedRequest> {
    for (let next = Math.max(id, this.dropped) + 1; next <= this.recorded; next += 1) {
      const entry = this.entry(next);
      if (entry !== undefined) yield entry;
    }
  }

  /** Keeps an entry that the journal drops. */
  hold(entry: RecordedRequest): void {
    if (entry.id <= this.recorded) this.#held.set(entry.id, entry);
  }

  /** Ends the view; it has no entries then. */
  close(): void {
    this.#isClosed = true;
    this.#held.clear();
    this.#rows.close(this);
  }
}

/** Finds the first entry after a sequence number; their sequence numbers ascend. */
export function firstAfter(
  sequence: number,
  { recorded, dropped }: Pick<StoredEntries, 'recorded' | 'dropped'>,
  sequenceOf: (id: number) => number | undefined,
): number {
  let low = dropped + 1;
  let high = recorded + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sequenceOf(middle) ?? 0) > sequence) high = middle;
    else low = middle + 1;
  }
  return low;
}
