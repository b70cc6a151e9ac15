import { Readable } from 'node:stream';
import { formatCursor, parseCursor } from './cursor.ts';
import { type FollowOptions, isOver, type JournalEvent } from './follow.ts';
import { FollowedAttempts } from './followed-attempts.ts';
import type { JournalMemory, MemoryUser, ProcessListener } from './memory.ts';
import { mergeEntries, type PlacedEntry } from './merge.ts';
import { LOOK, Pacer, SEND } from './pacer.ts';
import type { EntryReader } from './query.ts';
import { matchesPlaced, presentPlaced } from './query-all.ts';
import type { RecordedRequest } from './recorded.ts';

/** The journals of a process. */
export interface ProcessJournals {
  readonly memory: JournalMemory;
  /** Returns the journals of all worlds. */
  readers(): readonly EntryReader[];
}

type Placed = PlacedEntry<EntryReader>;

/**
 * A stream of `JournalEvent` for all worlds of a process, those of later worlds included. It reads from the journals as
 * its reader takes the events.
 */
export class ProcessFollower extends Readable implements ProcessListener {
  readonly #journals: ProcessJournals;
  readonly #filter: FollowOptions['filter'];
  readonly #unsubscribe: () => void;
  readonly #attempts = new WeakMap<object, FollowedAttempts>();
  readonly #pacer = new Pacer(() => this.destroyed || this.#send());
  /** Entries that were not complete when they were looked at. */
  readonly #pending = new Map<RecordedRequest, Placed>();
  /** Those of them that did not match. */
  readonly #unsent = new Set<RecordedRequest>();
  readonly #completed: Placed[] = [];
  /** Entries after `#last` that were stored when the reader had taken all earlier ones. */
  #batch: Iterator<Placed> | undefined;
  /** Sequence number of the last entry that has been looked at. */
  #last: number;
  /** Whether the reader has entries of another process. */
  #isCleared: boolean;
  /** Names of the worlds whose journals were cleared. */
  readonly #cleared = new Set<string>();
  #isWaiting = false;

  constructor(journals: ProcessJournals, { filter, after = 0 }: FollowOptions) {
    super({ objectMode: true });
    this.#journals = journals;
    this.#filter = filter;
    const cursor = parseCursor(after);
    const { count, recorded } = journals.memory;
    this.#isCleared = (cursor.count ?? count) !== count || cursor.after > recorded;
    this.#last = this.#isCleared ? 0 : cursor.after;
    // What the reader has of these worlds was cleared after it had received it.
    for (const { journal, name } of this.#last > 0 ? journals.readers() : []) {
      if (journal.clearedAt >= this.#last) this.#cleared.add(name);
    }
    this.#unsubscribe = journals.memory.subscribe(this);
  }

  readonly #attemptOf = ({ reader, recorded }: Placed): number => {
    let attempts = this.#attempts.get(reader.journal);
    if (attempts === undefined) {
      attempts = new FollowedAttempts(reader.journal);
      this.#attempts.set(reader.journal, attempts);
    }
    return attempts.of(recorded);
  };

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
    const placed = this.#pending.get(entry);
    if (placed === undefined) return;
    this.#completed.push(placed);
    this.#send();
  }

  cleared(journal: MemoryUser): void {
    const reader = this.#journals.readers().find((each) => each.journal === journal);
    // Journals of dry runs belong to no world.
    if (reader === undefined) return;
    this.#batch = undefined;
    this.#cleared.add(reader.name);
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
      if (event === undefined) return;
      this.#isWaiting = this.push(event);
    }
  }

  #next(): JournalEvent | undefined {
    if (this.#isCleared) {
      this.#isCleared = false;
      return { type: 'cleared', cursor: this.#cursor() };
    }
    for (const world of this.#cleared) {
      this.#cleared.delete(world);
      return { type: 'cleared', world, cursor: this.#cursor() };
    }
    for (let done = this.#completed.shift(); done !== undefined; done = this.#completed.shift()) {
      const isSent = !this.#unsent.has(done.recorded);
      if (isOver(done.recorded)) {
        this.#pending.delete(done.recorded);
        this.#unsent.delete(done.recorded);
      }
      if (isSent || matchesPlaced(done, this.#filter, this.#attemptOf)) return this.#eventOf('update', done);
    }
    for (let placed = this.#advance(); placed !== undefined; placed = this.#advance()) {
      this.#last = placed.recorded.sequence;
      this.#pacer.add(LOOK);
      const isMatch = matchesPlaced(placed, this.#filter, this.#attemptOf);
      if (!isOver(placed.recorded)) {
        this.#pending.set(placed.recorded, placed);
        // What does not match yet may match once it is over.
        if (!isMatch) this.#unsent.add(placed.recorded);
      }
      if (isMatch) return this.#eventOf('request', placed);
      if (this.#pacer.isResting) return undefined;
    }
    return undefined;
  }

  #eventOf(type: 'request' | 'update', placed: Placed): JournalEvent {
    this.#pacer.add(SEND);
    return { type, entry: presentPlaced(placed, this.#attemptOf), cursor: this.#cursor() };
  }

  /** The entries up to it have been sent, and are complete or dropped. */
  #cursor(): string {
    let last = this.#last;
    for (const [recorded, { reader }] of this.#pending) {
      if (reader.journal.entry(recorded.id) === recorded) {
        last = Math.min(last, recorded.sequence - 1);
        break;
      }
      this.#pending.delete(recorded);
      this.#unsent.delete(recorded);
    }
    return formatCursor(last, this.#journals.memory.count);
  }

  /** Returns the next entry; `undefined` if there is none yet. */
  #advance(): Placed | undefined {
    while (this.#batch !== undefined || this.#last < this.#journals.memory.recorded) {
      this.#batch ??= mergeEntries(this.#journals.readers(), { after: this.#last })[Symbol.iterator]();
      const { value, done } = this.#batch.next();
      if (done !== true) return value;
      this.#batch = undefined;
      // What is missing here has been dropped.
      if (this.#isAtEnd()) this.#last = this.#journals.memory.recorded;
    }
    return undefined;
  }

  #isAtEnd(): boolean {
    return mergeEntries(this.#journals.readers(), { after: this.#last })[Symbol.iterator]().next().done === true;
  }
}
