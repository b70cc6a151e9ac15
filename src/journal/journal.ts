import { BodyPages, JournalBody } from './body-pages.ts';
import { newCount } from './cursor.ts';
import { BLOCK_BITS, EntryBlock, type SharedTexts } from './entry-block.ts';
import { EntryKinds } from './entry-kinds.ts';
import { firstAfter, JournalView, type StoredEntries } from './journal-view.ts';
import { JournalMemory, type RequestObserver, type WaitingRequest } from './memory.ts';
import { RecentTexts } from './recent-texts.ts';
import { RecordedRequest } from './recorded.ts';
import type { UnansweredRequest } from './unanswered.ts';

/** Limits of a journal, and what it stores. */
export interface JournalOptions {
  /** Maximum number of entries; 0 turns the journal off. */
  readonly capacity: number;
  /** Maximum memory of the entries of one world, in bytes. */
  readonly maxBytes: number;
  /** Maximum number of bytes to store of each request and response body; 0 stores none. */
  readonly bodyBytes: number;
  /** Whether entries show passwords, tokens and other secrets. */
  readonly showsSecrets: boolean;
}

/** The defaults: 1000 entries, 32 MiB for each world, 64 KiB for each body. */
export const JOURNAL_DEFAULTS: JournalOptions = {
  capacity: 1000,
  maxBytes: 32 * 2 ** 20,
  bodyBytes: 64 * 2 ** 10,
  showsSecrets: false,
};

/** Maximum memory of all journals of a process unless an option says otherwise: 256 MiB. */
export const JOURNAL_MEMORY = 256 * 2 ** 20;

/** Longer URLs are truncated to this number of characters, so that clients cannot make the journal grow without bound. */
export const MAX_URL = 2048;

/** Follows a journal. */
export interface JournalListener {
  /** A request was recorded. */
  recorded(): void;
  /** The response of a recorded request has been sent, or its upload has arrived. */
  completed(entry: RecordedRequest): void;
  /** All entries were removed, and ids start again at 1. */
  cleared(): void;
  /** The world was dropped. */
  ended(): void;
}

/** The latest requests of one world and their responses; when full, it drops the oldest. */
export class Journal implements StoredEntries {
  readonly options: JournalOptions;
  /** Label of the requests from now on that carry none of their own. */
  label: string | undefined;
  readonly #memory: JournalMemory;
  /** Each block is used again after the entries of all others have been recorded. */
  #blocks: (EntryBlock | undefined)[] = [];
  readonly #blockCount: number;
  #clearedAt = 0;
  #recorded = 0;
  #count: string | undefined;
  /** Id of the oldest entry that is stored. */
  #oldest = 1;
  #bytes = 0;
  #pages = new BodyPages();
  /** Created with the first entry. */
  #texts: SharedTexts | undefined;
  /** An object that can be used for the next request, and such bodies. */
  #spare: RecordedRequest | undefined;
  readonly #spareBodies: JournalBody[] = [];
  readonly #listeners = new Set<JournalListener>();
  /** Views that are being read. */
  readonly #views = new Set<JournalView>();
  /** Requests that have no response yet. */
  readonly unanswered = new Set<UnansweredRequest>();

  /** @param memory - the memory limit that this journal shares with those of other worlds. */
  constructor(options: Partial<JournalOptions> = {}, memory = new JournalMemory(JOURNAL_MEMORY)) {
    this.options = { ...JOURNAL_DEFAULTS, ...options };
    this.#memory = memory;
    this.#blockCount = Math.ceil(this.options.capacity / BLOCK_SIZE) + 1;
  }

  /** Number of entries recorded since the last `clear`, dropped ones included. */
  get recorded(): number {
    this.#memory.settle();
    return this.#recorded;
  }

  /** Number of entries dropped since the last `clear`. */
  get dropped(): number {
    this.#memory.settle();
    return this.#oldest - 1;
  }

  /** Sequence number of the latest request of all worlds before the last `clear`; 0 before the first one. */
  get clearedAt(): number {
    return this.#clearedAt;
  }

  /** Tells ids apart from those before the last `clear`. */
  get count(): string {
    this.#count ??= newCount();
    return this.#count;
  }

  /** Estimated memory of all entries, in bytes. */
  get bytes(): number {
    this.#memory.settle();
    return this.#bytes;
  }

  /** Whether nothing is stored. Requests still count as dropped, so that a check of them is inconclusive. */
  get isOff(): boolean {
    return this.options.capacity === 0;
  }

  /** Receives the requests of all worlds of the process; `undefined` for none. */
  get observer(): RequestObserver | undefined {
    return this.#memory.observer;
  }

  /** Counts a request that is not stored, because the journal is off. */
  skip(): void {
    this.#recorded += 1;
    this.#oldest += 1;
  }

  /** Whether somebody wants to know of each request at once. */
  get isFollowed(): boolean {
    return this.#listeners.size > 0 || this.#memory.isFollowed;
  }

  /** Records a request later: before the next that is not postponed, and before anybody reads. */
  postpone(request: WaitingRequest): void {
    this.#memory.postpone(request);
  }

  /** Returns an entry to fill in and to `record`. */
  begin(): RecordedRequest {
    const spare = this.#spare;
    if (spare === undefined) return new RecordedRequest();
    this.#spare = undefined;
    return spare.reuse();
  }

  /** Returns a body of `size` bytes, or its beginning, as an entry stores it. */
  storeBody(body: string | Buffer, size: number): JournalBody {
    const into = this.#spareBodies.pop() ?? new JournalBody();
    return this.#pages.store(body, size, this.isOff ? 0 : this.options.bodyBytes, into);
  }

  /**
   * Adds an entry and gives it the next id. The journal stores most entries in another form, so that later changes of the object
   * have no effect, unless it is unfinished.
   * @returns whether it is stored in another form.
   */
  record(entry: RecordedRequest): boolean {
    this.#memory.settle();
    this.#recorded += 1;
    entry.id = this.#recorded;
    entry.sequence = this.#memory.nextSequence();
    if (entry.url.length > MAX_URL) entry.url = entry.url.slice(0, MAX_URL);
    if (this.#recorded - this.#oldest >= this.options.capacity) this.#drop();
    this.#texts ??= sharedTexts();
    const isCopied = this.#blockFor(entry.id).put(rowOf(entry.id), entry, this.#texts);
    this.#bytes += entry.bytes;
    while (this.#bytes > this.options.maxBytes && this.#oldest < this.#recorded) this.dropOldest();
    this.#memory.add(this, entry.bytes);
    if (this.#listeners.size > 0) for (const listener of this.#listeners) listener.recorded();
    this.#memory.notifyRecorded();
    return isCopied;
  }

  /** Uses an object of `begin`, and its bodies, for a later request: new objects would be more work for the garbage collector. */
  takeBack(entry: RecordedRequest): void {
    const { requestBody, responseBody } = entry;
    this.#spare = entry;
    if (requestBody instanceof JournalBody) this.#spareBodies.push(requestBody);
    if (responseBody instanceof JournalBody) this.#spareBodies.push(responseBody);
  }

  /** Reports that a recorded entry has changed, because its response has been sent or its upload has arrived. */
  complete(entry: RecordedRequest): void {
    if (!this.#isStored(entry)) return;
    for (const listener of this.#listeners) listener.completed(entry);
    this.#memory.notifyCompleted(entry);
  }

  /** Drops the oldest entry, and frees its memory. Returns whether there was one. */
  dropOldest(): boolean {
    if (this.#oldest > this.#recorded) return false;
    const id = this.#oldest;
    this.#drop();
    if (rowOf(id) === BLOCK_SIZE - 1) this.#blocks[this.#placeOf(id)] = undefined;
    return true;
  }

  /** Returns a stored entry by its id. */
  entry(id: number): RecordedRequest | undefined {
    this.#memory.settle();
    return this.#blockOf(id)?.entryAt(rowOf(id), id, this.#pages);
  }

  /** Returns the id of the first stored entry after a sequence number; one more than the latest id, if there is none. */
  firstAfter(sequence: number): number {
    this.#memory.settle();
    return firstAfter(sequence, this, (id) => this.#blockOf(id)?.sequenceOf(rowOf(id)));
  }

  /** Returns the stored entries in chronological order, from the one after `id`. */
  *after(id = 0): Iterable<RecordedRequest> {
    this.#memory.settle();
    for (let next = Math.max(id + 1, this.#oldest); next <= this.#recorded; next += 1) {
      const entry = this.entry(next);
      if (entry !== undefined) yield entry;
    }
  }

  /** Returns the entries of this moment, for a reader who takes several turns of the event loop, and who has to close it. */
  view(): JournalView {
    this.#memory.settle();
    const blocks = this.#blocks;
    const pages = this.#pages;
    const view = new JournalView(this, {
      entry: (id) => blocks[this.#placeOf(id)]?.peekAt(rowOf(id), id, pages),
      sequenceOf: (id) => blocks[this.#placeOf(id)]?.sequenceOf(rowOf(id)),
      close: (closed) => void this.#views.delete(closed),
    });
    this.#views.add(view);
    return view;
  }

  /** Removes all entries and restarts the ids at 1. */
  clear(): void {
    this.#memory.settle();
    this.#memory.subtract(this.#bytes);
    this.#memory.remove(this);
    // Nothing uses the former blocks and pages again, so that open views can go on reading them.
    this.#views.clear();
    this.#blocks = [];
    this.#recorded = 0;
    this.#count = undefined;
    this.#oldest = 1;
    this.#bytes = 0;
    this.#pages = new BodyPages();
    this.#texts = undefined;
    this.#spare = undefined;
    this.#spareBodies.length = 0;
    this.#clearedAt = this.#memory.recorded;
    for (const listener of this.#listeners) listener.cleared();
    this.#memory.notifyCleared(this);
  }

  /** Releases the memory of the journal and ends all subscriptions, when its world is dropped. */
  close(): void {
    this.#memory.settle();
    for (const listener of this.#listeners) listener.ended();
    this.#listeners.clear();
    this.clear();
  }

  /** Calls a listener from now on. Returns a function that ends this. */
  subscribe(listener: JournalListener): () => void {
    this.#memory.settle();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Drops the oldest entry. Its memory is used again. */
  #drop(): void {
    const id = this.#oldest;
    const block = this.#blockOf(id);
    this.#oldest += 1;
    if (block === undefined) return;
    const bytes = block.bytesOf(rowOf(id));
    this.#bytes -= bytes;
    this.#memory.subtract(bytes);
    if (this.#views.size > 0) this.#passToViews(block, id);
    else block.drop(rowOf(id), this.#pages);
  }

  /** Passes an entry to the open views. Its bodies are not given up: they are freed with the entry. */
  #passToViews(block: EntryBlock, id: number): void {
    const entry = block.peekAt(rowOf(id), id, this.#pages);
    for (const view of this.#views) view.hold(entry);
    block.forget(rowOf(id));
  }

  /** Place of the block of an entry. */
  #placeOf(id: number): number {
    return ((id - 1) >>> BLOCK_BITS) % this.#blockCount;
  }

  /** The block of a stored entry. */
  #blockOf(id: number): EntryBlock | undefined {
    return id < this.#oldest || id > this.#recorded ? undefined : this.#blocks[this.#placeOf(id)];
  }

  /** The block for a new entry. */
  #blockFor(id: number): EntryBlock {
    const place = this.#placeOf(id);
    const known = this.#blocks[place];
    if (known !== undefined) {
      if (rowOf(id) === 0) known.restart();
      return known;
    }
    const block = new EntryBlock();
    this.#blocks[place] = block;
    return block;
  }

  #isStored(entry: RecordedRequest): boolean {
    return this.#blockOf(entry.id)?.holds(rowOf(entry.id), entry) === true;
  }
}

const BLOCK_SIZE = 2 ** BLOCK_BITS;

/** Place of an entry in its block. */
const rowOf = (id: number): number => (id - 1) & (BLOCK_SIZE - 1);

const sharedTexts = (): SharedTexts => ({
  urls: new RecentTexts(),
  kinds: new EntryKinds(),
  image: { url: '', length: 0, place: -1 },
});
