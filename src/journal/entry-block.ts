import { type BodyHolder, type BodyPages, JournalBody, type Page } from './body-pages.ts';
import { CopiedTexts } from './copied-texts.ts';
import { NUMBER, NUMBERS, REFERENCE, REFERENCES } from './entry-layout.ts';
import { type HeaderTemplates, MAX_TEMPLATE } from './header-templates.ts';
import { readRow } from './read-row.ts';
import type { RecentTexts } from './recent-texts.ts';
import type { RecordedRequest } from './recorded.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';

/** Number of entries of a block, as a power of two. */
export const BLOCK_BITS = 4;
const ROWS = 2 ** BLOCK_BITS;

/** Recent texts of a journal, which its entries share. */
export interface SharedTexts {
  readonly urls: RecentTexts;
  readonly labels: RecentTexts;
  readonly headers: HeaderTemplates;
  /** Where the latest shared URL has its image id. */
  readonly image: { url: string; start: number; length: number };
}

/**
 * Consecutive entries of a journal. Most requests are stored as numbers, copied texts and references to what exists anyway, in
 * memory that is used again when they are dropped: an object of each request would survive the next runs of the garbage
 * collector, and its members would be all over the memory. An entry becomes an object when somebody reads it.
 */
export class EntryBlock {
  readonly #numbers = new Float64Array(ROWS * NUMBERS);
  readonly #references: unknown[] = new Array<unknown>(ROWS * REFERENCES).fill(undefined);
  readonly #texts = new CopiedTexts();

  /** Prepares the block for its next use, after all its entries have been dropped. */
  restart(): void {
    this.#texts.end = 0;
  }

  /** Stores an entry, or keeps it as it is if it has what few entries have. */
  put(row: number, entry: RecordedRequest, shared: SharedTexts): void {
    const references = this.#references;
    const first = row * REFERENCES;
    if (isPlain(entry) && this.#putTexts(row, entry, shared)) {
      this.#putNumbers(row * NUMBERS, entry);
      this.#putReferences(first, entry, shared);
      references[first + REFERENCE.REQUEST_BODY] = this.#putBody(row, NUMBER.REQUEST_BODY, entry.requestBody);
      references[first + REFERENCE.RESPONSE_BODY] = this.#putBody(row, NUMBER.RESPONSE_BODY, entry.responseBody);
      references[first + REFERENCE.ENTRY] = undefined;
    } else {
      references.fill(undefined, first, first + REFERENCES);
      references[first + REFERENCE.ENTRY] = entry;
    }
    this.#numbers[row * NUMBERS + NUMBER.SEQUENCE] = entry.sequence;
    this.#numbers[row * NUMBERS + NUMBER.BYTES] = entry.bytes;
  }

  /** Sequence number of an entry over all worlds. */
  sequenceOf(row: number): number {
    return this.#numbers[row * NUMBERS + NUMBER.SEQUENCE] as number;
  }

  /** Bytes that an entry counts for. */
  bytesOf(row: number): number {
    return this.#numbers[row * NUMBERS + NUMBER.BYTES] as number;
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
    const entry = readRow({ numbers: this.#numbers, references: this.#references, texts: this.#texts }, row, pages);
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

  /** Stores the texts that may be new in each request. Returns whether that was possible. */
  #putTexts(row: number, entry: RecordedRequest, shared: SharedTexts): boolean {
    const { url, imageId } = entry;
    const texts = this.#texts;
    const start = texts.end;
    const known = shared.urls.find(url);
    const imageStart = imageId === undefined ? -1 : findImage(imageId, known ?? url, shared.image);
    if (imageId !== undefined && imageStart < 0) return false;
    if ((known === undefined && !texts.add(url)) || !this.#putHeaders(row, entry.responseHeaders, shared.headers)) {
      texts.end = start;
      return false;
    }
    const numbers = this.#numbers;
    const first = row * NUMBERS;
    numbers[first + NUMBER.COPIED] = start;
    numbers[first + NUMBER.IMAGE_START] = imageStart;
    numbers[first + NUMBER.IMAGE_LENGTH] = imageId === undefined ? 0 : imageId.length;
    this.#references[row * REFERENCES + REFERENCE.URL] = known;
    return true;
  }

  #putHeaders(row: number, list: readonly string[], templates: HeaderTemplates): boolean {
    if (list.length > MAX_TEMPLATE) return false;
    const texts = this.#texts;
    const start = texts.end;
    let template = templates.find(list);
    let changed = 0;
    for (let at = 1; at < list.length; at += 2) {
      const value = list[at] as string;
      if (value === template[at]) continue;
      if (list[at - 1] === 'Date') {
        // The other responses of this second share this list.
        templates.adopt(list);
        template = list;
        changed = 0;
        texts.end = start;
        break;
      }
      if (!texts.add(value)) return false;
      changed |= 1 << (at >>> 1);
    }
    this.#numbers[row * NUMBERS + NUMBER.CHANGED] = changed;
    this.#references[row * REFERENCES + REFERENCE.RESPONSE_HEADERS] = template;
    return true;
  }

  #putNumbers(first: number, entry: RecordedRequest): void {
    const numbers = this.#numbers;
    numbers[first + NUMBER.TIME] = entry.time;
    numbers[first + NUMBER.STARTED] = entry.started;
    numbers[first + NUMBER.FIRST_BYTE] = entry.firstByte;
    numbers[first + NUMBER.STATUS] = entry.status;
    numbers[first + NUMBER.CONNECTION] = entry.connection;
    numbers[first + NUMBER.REQUEST] = entry.requestOnConnection;
    numbers[first + NUMBER.IS_EARLY] = entry.isDecidedEarly ? 1 : 0;
  }

  #putReferences(first: number, entry: RecordedRequest, { labels }: SharedTexts): void {
    const references = this.#references;
    const { label } = entry;
    references[first + REFERENCE.DIALECT] = entry.dialect;
    references[first + REFERENCE.OPERATION] = entry.operation;
    references[first + REFERENCE.METHOD] = entry.method;
    references[first + REFERENCE.CALLER] = entry.caller;
    references[first + REFERENCE.SOURCE] = entry.source;
    references[first + REFERENCE.REQUEST_HEADERS] = entry.requestHeaders;
    references[first + REFERENCE.LABEL] = label === undefined ? undefined : (labels.find(label) ?? label);
    references[first + REFERENCE.FIRED] = entry.fired;
    references[first + REFERENCE.DECISION] = entry.decision;
  }

  /** Returns what holds a body. */
  #putBody(row: number, member: number, body: StoredBody): BodyHolder {
    const first = row * NUMBERS + member;
    const numbers = this.#numbers;
    numbers[first] = body.size;
    if (!(body instanceof JournalBody)) return undefined;
    numbers[first + 1] = body.storedBytes;
    numbers[first + 2] = body.start;
    return body.holder;
  }
}

/** Returns where a URL has an image id; -1 if it does not have it in this form. The latest shared URL is searched once. */
function findImage(id: string, url: string, latest: SharedTexts['image']): number {
  const { length } = id;
  if (latest.url === url && latest.length === length) return latest.start;
  latest.url = url;
  latest.length = length;
  latest.start = url.indexOf(id);
  return latest.start;
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
  (entry.requestBody === NO_BODY || entry.requestBody instanceof JournalBody) &&
  (entry.responseBody === NO_BODY || entry.responseBody instanceof JournalBody);
