import type { BodyDigests, StoredBody } from './stored-body.ts';

/** Size of the first page of a journal, in bytes. Each further one is twice as large. */
const FIRST_PAGE = 32 * 2 ** 10;
/** Maximum size of a page, except for a body that is larger. */
const MAX_PAGE = 256 * 2 ** 10;
/** Shorter texts that equal a recent one share its string, so that none of them keeps a page in use. In bytes. */
const MIN_TEXT = 2 ** 11;

/** How many recent texts are compared with a new one: long ones, and short ones. */
const MAX_RECENT = 8;

/** A piece of memory for bodies. */
export interface Page {
  readonly bytes: Buffer;
  /** Number of stored bodies in it; a body of several entries counts for each. */
  users: number;
  /** Where the next body goes. */
  end: number;
  /** Number of times that the page has been used again. */
  round: number;
}

/** A part of a page. */
interface Place {
  readonly page: Page;
  readonly start: number;
}

/** A long text that was stored recently. */
interface Recent extends Place {
  readonly text: string;
  /** Value of `Page.round` when it was stored. */
  readonly round: number;
}

/** What holds a body: its text, or the page that it is in; `undefined` if it is not stored. */
export type BodyHolder = string | Page | undefined;

/** The body of one entry: a short text, or a part of a page. */
export class JournalBody implements StoredBody {
  size = 0;
  readonly isArriving = false;
  readonly digests: BodyDigests | undefined = undefined;
  /** Bytes of the body, or of its beginning, that are stored. */
  storedBytes = 0;
  #text: string | undefined;
  #pages: BodyPages | undefined;
  #page: Page | undefined;
  #start = 0;

  /** The body; `undefined` after `release`, and if bodies are not stored. */
  get content(): string | Buffer | undefined {
    return this.#text ?? this.#page?.bytes.subarray(this.#start, this.#start + this.storedBytes);
  }

  /** What holds the body. */
  get holder(): BodyHolder {
    return this.#text ?? this.#page;
  }

  /** Where the body begins in its page. */
  get start(): number {
    return this.#start;
  }

  /** Keeps a text, or nothing, of a body of `size` bytes. */
  keepText(text: string | undefined, size: number): this {
    this.#text = text;
    this.#page = undefined;
    this.size = size;
    this.storedBytes = text === undefined ? 0 : size;
    return this;
  }

  /** Keeps what a part of a page holds of a body of `size` bytes. */
  keepPlace(
    { page, start }: Place,
    pages: BodyPages,
    { size, storedBytes }: Pick<JournalBody, 'size' | 'storedBytes'>,
  ): this {
    page.users += 1;
    this.#text = undefined;
    this.#pages = pages;
    this.#page = page;
    this.#start = start;
    this.size = size;
    this.storedBytes = storedBytes;
    return this;
  }

  /** Keeps what another body held, which does not exist any more. */
  takeOver(
    holder: BodyHolder,
    { start, ...sizes }: Pick<JournalBody, 'size' | 'storedBytes' | 'start'>,
    pages: BodyPages,
  ): this {
    if (typeof holder !== 'object') return this.keepText(holder, sizes.size);
    this.keepPlace({ page: holder, start }, pages, sizes);
    holder.users -= 1;
    return this;
  }

  /** Gives up the content, because the journal drops the entry. */
  release(): void {
    this.#text = undefined;
    if (this.#page !== undefined) this.#pages?.release(this.#page);
    this.#page = undefined;
    this.#pages = undefined;
  }
}

/**
 * Stores large bodies in pages that are used again when their bodies are dropped. As strings they would have to be copied
 * and freed by the garbage collector, which takes longer than everything else that the journal does.
 */
export class BodyPages {
  #page: Page | undefined;
  #free: Page | undefined;
  #size = FIRST_PAGE;
  readonly #long: (Recent | undefined)[] = new Array<undefined>(MAX_RECENT).fill(undefined);
  readonly #short: string[] = new Array<string>(MAX_RECENT).fill('');

  /**
   * Stores a body.
   * @param size - length of the body in bytes.
   * @param maxBytes - a longer body is truncated; 0 stores none.
   * @param into - holds the body from now on, whatever it has held.
   */
  store(body: string | Buffer, size: number, maxBytes: number, into = new JournalBody()): JournalBody {
    if (maxBytes === 0) return into.keepText(undefined, size);
    const length = Math.min(size, maxBytes);
    if (typeof body !== 'string' || length !== size) return this.#add(body, size, length, into);
    return length < MIN_TEXT ? this.#shareShort(body, size, into) : this.#shareLong(body, size, into);
  }

  /** Takes a page back when one of its bodies is no longer needed. */
  release(page: Page): void {
    page.users -= 1;
    if (page.users > 0) return;
    page.end = 0;
    page.round += 1;
    if (page !== this.#page && page.bytes.length <= MAX_PAGE) this.#free = page;
  }

  /** Stores a text as the string of an equal recent one, if there is one, so that the new string can be freed at once. */
  #shareShort(text: string, size: number, into: JournalBody): JournalBody {
    const slot = size % MAX_RECENT;
    const recent = this.#short[slot] as string;
    if (recent === text) return into.keepText(recent, size);
    this.#short[slot] = text;
    return this.#add(text, size, size, into);
  }

  /** Stores a text once, if it is the same as a recent one: clients often read the same list again and again. */
  #shareLong(text: string, size: number, into: JournalBody): JournalBody {
    const slot = size % MAX_RECENT;
    const recent = this.#long[slot];
    if (recent !== undefined && recent.round === recent.page.round && recent.text === text) {
      return into.keepPlace(recent, this, { size, storedBytes: size });
    }
    const place = this.#write(text, size, size);
    this.#long[slot] = { text, ...place, round: place.page.round };
    return into.keepPlace(place, this, { size, storedBytes: size });
  }

  #add(body: string | Buffer, size: number, length: number, into: JournalBody): JournalBody {
    return into.keepPlace(this.#write(body, size, length), this, { size, storedBytes: length });
  }

  #write(body: string | Buffer, size: number, length: number): Place {
    const page = this.#pageFor(length);
    const start = page.end;
    if (typeof body !== 'string') page.bytes.set(length === body.length ? body : body.subarray(0, length), start);
    // Latin-1 is the faster encoding, and the same for ASCII.
    else if (size === body.length) page.bytes.write(body, start, length, 'latin1');
    else if (size === length) page.bytes.write(body, start, length, 'utf8');
    else Buffer.from(body.slice(0, length)).copy(page.bytes, start, 0, length);
    page.end += length;
    return { page, start };
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
    const page = { bytes: Buffer.allocUnsafeSlow(Math.max(this.#size, bytes)), users: 0, end: 0, round: 0 };
    this.#size = Math.min(this.#size * 2, MAX_PAGE);
    this.#page = page;
    return page;
  }
}
