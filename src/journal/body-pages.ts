import type { BodyDigests, StoredBody } from './stored-body.ts';

/** Size of the first page of a journal, in bytes. Each further one is twice as large. */
const FIRST_PAGE = 32 * 2 ** 10;
/** Maximum size of a page, except for a body that is larger. */
const MAX_PAGE = 256 * 2 ** 10;
/** Shorter texts are better off as strings, because many are shared: that of an image is made once. In bytes. */
const MIN_TEXT = 2 ** 11;

/** How many recent texts are compared with a new one. */
const MAX_RECENT = 8;

/** A piece of memory for bodies. */
interface Page {
  readonly bytes: Buffer;
  /** Number of bodies in it that are still needed. */
  users: number;
  /** Where the next body goes. */
  end: number;
}

/**
 * Stores large bodies in pages that are used again when their bodies are dropped. As strings they would have to be copied
 * and freed by the garbage collector, which takes longer than everything else that the journal does.
 */
export class BodyPages {
  #page: Page | undefined;
  #free: Page | undefined;
  #size = FIRST_PAGE;
  readonly #recent: (Recent | undefined)[] = new Array<undefined>(MAX_RECENT).fill(undefined);

  /**
   * Stores a body.
   * @param size - length of the body in bytes.
   * @param maxBytes - a longer body is truncated; 0 stores none.
   */
  store(body: string | Buffer, size: number, maxBytes: number): StoredBody {
    if (maxBytes === 0) return { size, isArriving: false, content: undefined, digests: undefined };
    const length = Math.min(size, maxBytes);
    if (typeof body === 'string' && length < MIN_TEXT && length === size) {
      return { size, isArriving: false, content: body, digests: undefined };
    }
    return typeof body === 'string' && length === size ? this.#share(body, size) : this.#add(body, size, length);
  }

  /** Takes a page back when one of its bodies is no longer needed. */
  release(page: Page): void {
    page.users -= 1;
    if (page.users > 0) return;
    page.end = 0;
    if (page !== this.#page && page.bytes.length <= MAX_PAGE) this.#free = page;
  }

  /** Stores a text once, if it is the same as a recent one: clients often read the same list again and again. */
  #share(text: string, size: number): PagedBody {
    const slot = size % MAX_RECENT;
    const recent = this.#recent[slot];
    if (recent !== undefined && recent.text === text && recent.body.isStored) {
      recent.body.retain();
      return recent.body;
    }
    const body = this.#add(text, size, size);
    this.#recent[slot] = { text, body };
    return body;
  }

  #add(body: string | Buffer, size: number, length: number): PagedBody {
    const page = this.#pageFor(length);
    const start = page.end;
    if (typeof body !== 'string') body.copy(page.bytes, start, 0, length);
    // Latin-1 is the faster encoding, and the same for ASCII.
    else if (size === body.length) page.bytes.write(body, start, length, 'latin1');
    else Buffer.from(body.slice(0, length)).copy(page.bytes, start, 0, length);
    page.end += length;
    page.users += 1;
    return new PagedBody({ pages: this, page, start }, { size, storedBytes: length });
  }

  #pageFor(bytes: number): Page {
    const current = this.#page;
    if (current !== undefined && current.bytes.length - current.end >= bytes) return current;
    const free = this.#free;
    if (free !== undefined && free.bytes.length >= bytes) {
      this.#free = undefined;
      this.#page = free;
      return free;
    }
    const page = { bytes: Buffer.allocUnsafeSlow(Math.max(this.#size, bytes)), users: 0, end: 0 };
    this.#size = Math.min(this.#size * 2, MAX_PAGE);
    this.#page = page;
    return page;
  }
}

/** A text that was stored recently. */
interface Recent {
  readonly text: string;
  readonly body: PagedBody;
}

/** Where a body begins. */
interface Place {
  readonly pages: BodyPages;
  readonly page: Page;
  readonly start: number;
}

/** A body in a page, of one or several entries. */
export class PagedBody implements StoredBody {
  readonly size: number;
  /** Bytes of the body, or of its beginning, that are stored. */
  readonly storedBytes: number;
  readonly isArriving = false;
  readonly digests: BodyDigests | undefined = undefined;
  readonly #pages: BodyPages;
  #page: Page | undefined;
  readonly #start: number;
  #users = 1;

  constructor({ pages, page, start }: Place, { size, storedBytes }: Pick<PagedBody, 'size' | 'storedBytes'>) {
    this.#pages = pages;
    this.#page = page;
    this.#start = start;
    this.size = size;
    this.storedBytes = storedBytes;
  }

  /** The body; `undefined` after `release`. */
  get content(): Buffer | undefined {
    return this.#page?.bytes.subarray(this.#start, this.#start + this.storedBytes);
  }

  /** Whether an entry needs the body. */
  get isStored(): boolean {
    return this.#users > 0;
  }

  /** Keeps the body for one more entry. */
  retain(): void {
    this.#users += 1;
  }

  /** Gives the memory back, when no entry needs the body any longer. */
  release(): void {
    this.#users -= 1;
    if (this.#users > 0 || this.#page === undefined) return;
    this.#pages.release(this.#page);
    this.#page = undefined;
  }
}
