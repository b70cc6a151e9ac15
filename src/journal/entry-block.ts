import { type BodyHolder, type BodyPages, JournalBody, type Page } from './body-pages.ts';
import { CopiedTexts } from './copied-texts.ts';
import { type EntryKind, type EntryKinds, MAX_HEADERS } from './entry-kinds.ts';
import { COUNT, COUNTS, MAX_COUNT, NO_IMAGE, NUMBER, NUMBERS, REFERENCE, REFERENCES } from './entry-layout.ts';
import { readRow } from './read-row.ts';
import type { RecentTexts } from './recent-texts.ts';
import { ENTRY_BYTES, type RecordedRequest } from './recorded.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';

/** Number of entries of a block, as a power of two. */
export const BLOCK_BITS = 4;
const ROWS = 2 ** BLOCK_BITS;

/** What entries of a journal share with recent ones. */
export interface SharedTexts {
  readonly urls: RecentTexts;
  readonly kinds: EntryKinds;
  /** Where the latest shared URL has its image id. */
  readonly image: { url: string; length: number; place: number };
}

/**
 * Consecutive entries of a journal. Most requests are stored as numbers, copied texts and references to what exists anyway, in
 * memory that is used again when they are dropped: an object of each request would survive the next runs of the garbage
 * collector, and its members would be all over the memory. An entry becomes an object when somebody reads it.
 */
export class EntryBlock {
  readonly #numbers = new Float64Array(ROWS * NUMBERS);
  readonly #counts = new Uint32Array(this.#numbers.buffer);
  readonly #references: unknown[] = new Array<unknown>(ROWS * REFERENCES).fill(undefined);
  readonly #texts = new CopiedTexts();

  /** Prepares the block for its next use, after all its entries have been dropped. */
  restart(): void {
    this.#texts.end = 0;
  }

  /**
   * Stores an entry, or keeps it as it is if it has what few entries have. Sets its `bytes`.
   * @returns whether it is stored in another form, so that its object is not needed any more.
   */
  put(row: number, entry: RecordedRequest, shared: SharedTexts): boolean {
    const references = this.#references;
    const first = row * REFERENCES;
    const isCopied = isPlain(entry) && this.#putTexts(row, entry, shared);
    if (isCopied) {
      this.#putNumbers(row, entry);
      references[first + REFERENCE.REQUEST_BODY] = this.#putBody(row, COUNT.REQUEST_BODY, entry.requestBody);
      references[first + REFERENCE.RESPONSE_BODY] = this.#putBody(row, COUNT.RESPONSE_BODY, entry.responseBody);
      references[first + REFERENCE.ENTRY] = undefined;
    } else {
      entry.bytes = entry.measure();
      references.fill(undefined, first, first + REFERENCES);
      references[first + REFERENCE.ENTRY] = entry;
    }
    this.#numbers[row * NUMBERS + NUMBER.SEQUENCE] = entry.sequence;
    this.#counts[row * COUNTS + COUNT.BYTES] = entry.bytes;
    return isCopied;
  }

  /** Sequence number of an entry over all worlds. */
  sequenceOf(row: number): number {
    return this.#numbers[row * NUMBERS + NUMBER.SEQUENCE] as number;
  }

  /** Bytes that an entry counts for. */
  bytesOf(row: number): number {
    return this.#counts[row * COUNTS + COUNT.BYTES] as number;
  }

  /** Whether an entry is this object. */
  holds(row: number, entry: RecordedRequest): boolean {
    return this.#references[row * REFERENCES + REFERENCE.ENTRY] === entry;
  }

  /** Returns an entry; it is this object from then on. */
  entryAt(row: number, id: number, pages: BodyPages): RecordedRequest {
    const entry = this.peekAt(row, id, pages);
    this.#references[row * REFERENCES + REFERENCE.ENTRY] = entry;
    return entry;
  }

  /** Returns an entry, whose bodies may be used until it is dropped. */
  peekAt(row: number, id: number, pages: BodyPages): RecordedRequest {
    const known = this.#references[row * REFERENCES + REFERENCE.ENTRY] as RecordedRequest | undefined;
    if (known !== undefined) return known;
    const memory = { numbers: this.#numbers, counts: this.#counts, references: this.#references, texts: this.#texts };
    const entry = readRow(memory, row, pages);
    entry.id = id;
    return entry;
  }

  /** Makes room for another entry, without giving up the bodies of this one. */
  forget(row: number): void {
    this.#references[row * REFERENCES + REFERENCE.ENTRY] = undefined;
  }

  /** Gives up the bodies of an entry, because the journal drops it. */
  drop(row: number, pages: BodyPages): void {
    const references = this.#references;
    const first = row * REFERENCES;
    const entry = references[first + REFERENCE.ENTRY] as RecordedRequest | undefined;
    if (entry !== undefined) {
      entry.release();
      references[first + REFERENCE.ENTRY] = undefined;
      return;
    }
    const request = references[first + REFERENCE.REQUEST_BODY];
    const response = references[first + REFERENCE.RESPONSE_BODY];
    if (typeof request === 'object') pages.release(request as Page);
    if (typeof response === 'object') pages.release(response as Page);
  }

  /** Stores the kind of an entry, and the texts that may be new in each request. Returns whether that was possible. */
  #putTexts(row: number, entry: RecordedRequest, shared: SharedTexts): boolean {
    const { url, imageId, responseHeaders } = entry;
    const texts = this.#texts;
    const start = texts.end;
    const known = shared.urls.find(url);
    const image = imageId === undefined ? NO_IMAGE : findImage(imageId, known ?? url, shared.image);
    if (image === undefined || responseHeaders.length > MAX_HEADERS) return false;
    const isUrlStored = known !== undefined || texts.add(url);
    const afterUrl = texts.end;
    const kind = isUrlStored ? this.#putKind(row, entry, shared.kinds) : undefined;
    if (kind === undefined) {
      texts.end = start;
      return false;
    }
    const counts = this.#counts;
    counts[row * COUNTS + COUNT.COPIED] = start;
    counts[row * COUNTS + COUNT.IMAGE] = image;
    const references = this.#references;
    references[row * REFERENCES + REFERENCE.KIND] = kind;
    references[row * REFERENCES + REFERENCE.URL] = known;
    entry.bytes = ENTRY_BYTES + url.length + kind.headerLength + texts.end - afterUrl;
    return true;
  }

  /** Stores the values of response headers in which an entry differs from its kind. Returns the kind, if that was possible. */
  #putKind(row: number, entry: RecordedRequest, kinds: EntryKinds): EntryKind | undefined {
    const kind = kinds.find(entry);
    const list = entry.responseHeaders;
    const texts = this.#texts;
    const start = texts.end;
    let changed = 0;
    for (let at = 1; at < list.length; at += 2) {
      const value = list[at] as string;
      if (value === kind.responseHeaders[at]) continue;
      if (list[at - 1] === 'Date') {
        // The other responses of this second share the list.
        texts.end = start;
        this.#counts[row * COUNTS + COUNT.CHANGED] = 0;
        return kinds.renew(entry, kind);
      }
      if (!texts.add(value)) return undefined;
      changed |= 1 << (at >>> 1);
    }
    this.#counts[row * COUNTS + COUNT.CHANGED] = changed;
    return kind;
  }

  #putNumbers(row: number, entry: RecordedRequest): void {
    const numbers = this.#numbers;
    const first = row * NUMBERS;
    numbers[first + NUMBER.TIME] = entry.time;
    numbers[first + NUMBER.STARTED] = entry.started;
    numbers[first + NUMBER.FIRST_BYTE] = entry.firstByte;
    const counts = this.#counts;
    counts[row * COUNTS + COUNT.CONNECTION] = entry.connection;
    counts[row * COUNTS + COUNT.REQUEST] = entry.requestOnConnection;
    entry.bytes += entry.bodyBytes();
  }

  /** Returns what holds a body. */
  #putBody(row: number, member: number, body: StoredBody): BodyHolder {
    const first = row * COUNTS + member;
    const counts = this.#counts;
    counts[first] = body.size;
    if (!(body instanceof JournalBody)) return undefined;
    counts[first + 1] = body.storedBytes;
    counts[first + 2] = body.start;
    return body.holder;
  }
}

/** Bits of the length of an image id. */
const LENGTH_BITS = 16;

/**
 * Returns place and length of an image id in a URL as one number; `undefined` if the URL does not have it in this form. The latest
 * shared URL is searched once.
 */
function findImage(id: string, url: string, latest: SharedTexts['image']): number | undefined {
  const { length } = id;
  if (latest.url !== url || latest.length !== length) {
    latest.url = url;
    latest.length = length;
    latest.place = url.indexOf(id);
  }
  return latest.place < 0 ? undefined : latest.place * 2 ** LENGTH_BITS + length;
}

/** Whether an entry is complete, and has nothing that few entries have. */
const isPlain = (entry: RecordedRequest): boolean =>
  entry.outcome === 'complete' &&
  !entry.isUnfinished &&
  entry.violations === undefined &&
  entry.nearest === undefined &&
  entry.hint === undefined &&
  entry.failure === undefined &&
  entry.invalid === undefined &&
  entry.profiles === undefined &&
  entry.reason === undefined &&
  entry.lastByte === entry.firstByte &&
  isStorable(entry.requestBody) &&
  isStorable(entry.responseBody);

const isStorable = (body: StoredBody): boolean =>
  body === NO_BODY || (body instanceof JournalBody && body.size <= MAX_COUNT);
