import { newCount } from './cursor.ts';
import type { RecordedRequest } from './recorded.ts';

/** Follows all journals of a process. */
export interface ProcessListener {
  /** A journal recorded a request. */
  recorded(): void;
  /** The response of a recorded request has been sent, or its upload has arrived. */
  completed(entry: RecordedRequest): void;
  /** A journal was cleared, and its ids start again at 1. */
  cleared(journal: MemoryUser): void;
}

/** Receives each request of a process once its response has been sent, with the name of its world. */
export type RequestObserver = (entry: RecordedRequest, world: string) => void;

/** A journal as the memory limit of the process sees it. */
export interface MemoryUser {
  /** Bytes of all its entries. */
  readonly bytes: number;
  /** Drops the oldest entry. Returns whether there was one. */
  dropOldest(): boolean;
}

/** A request that is recorded later. */
export interface WaitingRequest {
  /** Records the request. Never throws. */
  record(): void;
}

/** How many requests wait at most. */
const MAX_WAITING = 32;

/**
 * Limits the memory of all journals of a process. When they exceed the limit, it drops entries of the journal that has
 * been idle for longest, oldest first.
 */
export class JournalMemory {
  /** Maximum number of bytes of all journals together. */
  readonly maxBytes: number;
  /** Receives the requests to all worlds; `undefined` for none. */
  readonly observer: RequestObserver | undefined;
  #bytes = 0;
  /** In order of their latest entry. */
  readonly #users = new Set<MemoryUser>();
  #newest: MemoryUser | undefined;
  #recorded = 0;
  #count: string | undefined;
  readonly #listeners = new Set<ProcessListener>();
  readonly #waiting: (WaitingRequest | undefined)[] = new Array<undefined>(MAX_WAITING).fill(undefined);
  #waitingCount = 0;

  /**
   * @param maxBytes - maximum number of bytes of all journals together.
   * @param observer - receives the requests to all worlds, stored or not.
   */
  constructor(maxBytes: number, observer?: RequestObserver) {
    this.maxBytes = maxBytes;
    this.observer = observer;
  }

  /** Bytes of all journals together. */
  get bytes(): number {
    this.settle();
    return this.#bytes;
  }

  /** Whether somebody wants to know of each request at once. */
  get isFollowed(): boolean {
    return this.observer !== undefined || this.#listeners.size > 0;
  }

  /** Number of requests that all journals have recorded: the sequence number of the latest one. */
  get recorded(): number {
    this.settle();
    return this.#recorded;
  }

  /** Tells sequence numbers apart from those of other processes. */
  get count(): string {
    this.#count ??= newCount();
    return this.#count;
  }

  /**
   * Records a request together with later ones, or before somebody reads a journal. The code and the data of the journal are in no
   * cache of the processor after everything else that a request takes; to fetch them once for many requests takes a third of
   * the time.
   */
  postpone(request: WaitingRequest): void {
    this.#waiting[this.#waitingCount] = request;
    this.#waitingCount += 1;
    if (this.#waitingCount === MAX_WAITING) this.settle();
  }

  /** Records the requests that wait, in the order in which they were postponed. */
  settle(): void {
    const count = this.#waitingCount;
    if (count === 0) return;
    this.#waitingCount = 0;
    for (let at = 0; at < count; at += 1) {
      const request = this.#waiting[at];
      this.#waiting[at] = undefined;
      request?.record();
    }
  }

  /** Returns the sequence number of the next request. */
  nextSequence(): number {
    this.#recorded += 1;
    return this.#recorded;
  }

  /** Tells the listeners that a request was recorded. */
  notifyRecorded(): void {
    if (this.#listeners.size > 0) for (const listener of this.#listeners) listener.recorded();
  }

  /** Tells the listeners that a recorded request has changed. */
  notifyCompleted(entry: RecordedRequest): void {
    for (const listener of this.#listeners) listener.completed(entry);
  }

  /** Tells the listeners that a journal was cleared. */
  notifyCleared(journal: MemoryUser): void {
    for (const listener of this.#listeners) listener.cleared(journal);
  }

  /** Calls a listener from now on. Returns a function that ends this. */
  subscribe(listener: ProcessListener): () => void {
    this.settle();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Adds the bytes of a new entry, and drops old entries when the limit is exceeded. */
  add(user: MemoryUser, bytes: number): void {
    if (user !== this.#newest) {
      this.#users.delete(user);
      this.#users.add(user);
      this.#newest = user;
    }
    this.#bytes += bytes;
    if (this.#bytes > this.maxBytes) this.#dropOldest();
  }

  /** Subtracts the bytes of entries that a journal has dropped. */
  subtract(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Forgets a journal, after it has been cleared. */
  remove(user: MemoryUser): void {
    this.#users.delete(user);
    if (this.#newest === user) this.#newest = undefined;
  }

  #dropOldest(): void {
    for (const user of this.#users) {
      while (this.#bytes > this.maxBytes && user.dropOldest());
      if (this.#bytes <= this.maxBytes) return;
      this.remove(user);
    }
  }
}
