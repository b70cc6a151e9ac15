import { Readable } from 'node:stream';
import { Attempts } from './attempts.ts';
import { formatCursor, parseCursor } from './cursor.ts';
import type { Entry } from './entry.ts';
import type { JournalListener } from './journal.ts';
import { LOOK, Pacer, SEND } from './pacer.ts';
import { type EntryFilter, type EntryReader, matches } from './query.ts';
import type { RecordedRequest } from './recorded.ts';
import { toEntry } from './to-entry.ts';

/**
 * What happens in a journal. With `cursor` as `after`, a new stream goes on where this one ended; it sends again the requests
 * whose responses were still being sent, and all that came after them.
 */
export type JournalEvent =
  /** A request was recorded. With the outcome `pending`, its response is still being sent. */
  | { readonly type: 'request'; readonly entry: Entry; readonly cursor: string }
  /** A pending response has been sent, or an upload has arrived. */
  | { readonly type: 'update'; readonly entry: Entry; readonly cursor: string }
  /** The journal dropped requests before the reader received them. */
  | { readonly type: 'dropped'; readonly count: number }
  /**
   * The journal of a world was cleared, and its ids start again at 1; of all worlds: or the world was dropped. Without `world`,
   * all that the reader has is of another process.
   */
  | { readonly type: 'cleared'; readonly world?: string; readonly cursor: string };

/** Which entries a reader receives. */
export interface FollowOptions {
  readonly filter: EntryFilter;
  /** The `cursor` of an event, or the id of the last entry that the reader has; default: all stored entries are sent. */
  readonly after?: string | number | undefined;
}

/**
 * Returns a stream of `JournalEvent` that ends when the world is dropped. It reads from the journal as its reader
 * takes the events, so that a slow reader misses dropped entries instead of using memory.
 */
export const followJournal = (reader: EntryReader, options: FollowOptions): Readable => new Follower(reader, options);

/** Whether the response has been sent and the upload has arrived. */
export const isOver = ({ outcome, requestBody }: RecordedRequest): boolean =>
  outcome !== 'pending' && !requestBody.isArriving;

/** An entry that is not complete. */
interface Pending {
  readonly attempt: number;
  /** Whether the reader has it already. */
  readonly isSent: boolean;
}

class Follower extends Readable implements JournalListener {
  readonly #reader: EntryReader;
  readonly #filter: EntryFilter;
  readonly #unsubscribe: () => void;
  readonly #pacer = new Pacer(() => this.destroyed || this.#send());
  #attempts = new Attempts();
  /** Entries that were not complete when they were looked at, with their attempt numbers. */
  #pending = new Map<RecordedRequest, Pending>();
  #completed: RecordedRequest[] = [];
  /** Id of the last entry that has been looked at. */
  #last = 0;
  /** Ids up to this one are skipped. */
  #after: number;
  #isCleared = false;
  #hasEnded = false;
  #isWaiting = false;

  constructor(reader: EntryReader, { filter, after = 0 }: FollowOptions) {
    super({ objectMode: true });
    this.#reader = reader;
    this.#filter = filter;
    const cursor = parseCursor(after);
    const { count, recorded } = reader.journal;
    // Ids without a count are those of an earlier one when they are too high.
    this.#isCleared = (cursor.count ?? count) !== count || cursor.after > recorded;
    this.#after = this.#isCleared ? 0 : cursor.after;
    this.#unsubscribe = reader.journal.subscribe(this);
  }

  override _read(): void {
    this.#isWaiting = true;
    this.#send();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#unsubscribe();
    done(error);
  }

  recorded(): void {
    this.#send();
  }

  completed(entry: RecordedRequest): void {
    if (!this.#pending.has(entry)) return;
    this.#completed.push(entry);
    this.#send();
  }

  cleared(): void {
    this.#attempts = new Attempts();
    this.#pending.clear();
    this.#completed = [];
    this.#last = 0;
    this.#after = 0;
    this.#isCleared = true;
    this.#send();
  }

  ended(): void {
    this.#hasEnded = true;
    this.#send();
  }

  /** Pushes events; an error ends this stream, and concerns no other reader of the journal. */
  #send(): void {
    try {
      this.#pushAll();
    } catch (error) {
      this.destroy(error as Error);
    }
  }

  /** Pushes events while the reader wants more. */
  #pushAll(): void {
    while (this.#isWaiting && !this.#pacer.isResting) {
      const event = this.#next();
      if (event !== undefined) this.#isWaiting = this.push(event);
      else if (this.#pacer.isResting) return;
      else if (this.#hasEnded) this.#isWaiting = this.push(null) && false;
      else return;
    }
  }

  #next(): JournalEvent | undefined {
    if (this.#isCleared) {
      this.#isCleared = false;
      return { type: 'cleared', world: this.#reader.name, cursor: this.#cursor() };
    }
    for (let done = this.#completed.shift(); done !== undefined; done = this.#completed.shift()) {
      const event = this.#updateOf(done);
      if (event !== undefined) return event;
    }
    for (const recorded of this.#reader.journal.after(this.#last)) {
      if (this.#pacer.isResting) return undefined;
      const missed = recorded.id - 1 - Math.max(this.#last, this.#after);
      if (missed > 0) {
        this.#last = recorded.id - 1;
        return { type: 'dropped', count: missed };
      }
      this.#last = recorded.id;
      this.#pacer.add(LOOK);
      const attempt = this.#attempts.next(recorded);
      const isMatch = matches({ recorded, attempt }, this.#filter);
      // What does not match yet may match once it is over.
      if (!isOver(recorded)) this.#await(recorded, { attempt, isSent: isMatch });
      if (!isMatch || recorded.id <= this.#after) continue;
      return { type: 'request', entry: this.#present(recorded, attempt), cursor: this.#cursor() };
    }
    return undefined;
  }

  /** Waits until an entry is over, unless the journal drops it before. */
  #await(recorded: RecordedRequest, pending: Pending): void {
    this.#firstPending();
    this.#pending.set(recorded, pending);
  }

  /** Returns the first entry that is not complete, and forgets those that the journal has dropped. */
  #firstPending(): RecordedRequest | undefined {
    for (const recorded of this.#pending.keys()) {
      if (this.#reader.journal.entry(recorded.id) === recorded) return recorded;
      this.#pending.delete(recorded);
    }
    return undefined;
  }

  /** Returns the event for an entry that has changed; `undefined` if it does not match. */
  #updateOf(recorded: RecordedRequest): JournalEvent | undefined {
    const { attempt, isSent } = this.#pending.get(recorded) ?? { attempt: 1, isSent: true };
    if (isOver(recorded)) this.#pending.delete(recorded);
    if (!isSent && !matches({ recorded, attempt }, this.#filter)) return undefined;
    return { type: 'update', entry: this.#present(recorded, attempt), cursor: this.#cursor() };
  }

  /** The entries up to it have been sent, and are complete. */
  #cursor(): string {
    const pending = this.#firstPending();
    const last = Math.max(this.#last, this.#after);
    return formatCursor(pending === undefined ? last : Math.min(last, pending.id - 1), this.#reader.journal.count);
  }

  #present(recorded: RecordedRequest, attempt: number): Entry {
    this.#pacer.add(SEND);
    const { name, journal } = this.#reader;
    return toEntry(recorded, { world: name, attempt, showsSecrets: journal.options.showsSecrets });
  }
}
