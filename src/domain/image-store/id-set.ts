import { hash, randomInt } from 'node:crypto';

/** Words of 32 bits that an id takes. */
const WORDS = 4;
/** Number of ids that a new page has room for. */
const FIRST_ROOM = 4;
/** Branches of a set, and pages of a branch. */
const FAN_OUT = 64;

/** Ids without an order. */
interface Page {
  /** Who may write to it; every other copy of the set copies it first. */
  readonly writer: object;
  words: Uint32Array;
  count: number;
}

interface Branch {
  readonly writer: object;
  readonly pages: (Page | undefined)[];
}

interface Root {
  readonly writer: object;
  readonly branches: (Branch | undefined)[];
}

/** The words of the id that is looked at, so that a look-up creates nothing. */
const words = new Uint32Array(WORDS);

// A client that knew these numbers could choose ids of one page, which would be slow to search.
const [SALT_0, SALT_1, SALT_2, SALT_3] = Array.from({ length: 4 }, () => randomInt(2 ** 31) * 2 + 1) as [
  number,
  number,
  number,
  number,
];

const UUID_LENGTH = 36;
const DASH = 45;

/** Values of hexadecimal digits by character code; 255 for other characters. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value === -1 ? 255 : value;
});

/** Reads the words of an id: the digits of a UUID, or the digest of another text. */
function readWords(id: string): void {
  if (id.length === UUID_LENGTH && readDigits(id)) return;
  const digest = hash('md5', id, 'buffer');
  for (let at = 0; at < WORDS; at += 1) words[at] = digest.readUInt32LE(at * 4);
}

/** Reads the digits of a UUID. Returns whether the text is one, in lower case. */
function readDigits(id: string): boolean {
  let word = 0;
  let count = 0;
  for (let at = 0; at < UUID_LENGTH; at += 1) {
    const code = id.charCodeAt(at);
    if (code === DASH) {
      if (at !== 8 && at !== 13 && at !== 18 && at !== 23) return false;
      continue;
    }
    const digit = DIGITS[code] ?? 255;
    if (digit === 255) return false;
    word = (word << 4) | digit;
    count += 1;
    if ((count & 7) === 0) words[(count >>> 3) - 1] = word;
  }
  return count === 32;
}

/** The number of the page that the words belong to. */
function pageNumber(): number {
  const mixed =
    Math.imul(words[0] as number, SALT_0) ^
    Math.imul(words[1] as number, SALT_1) ^
    Math.imul(words[2] as number, SALT_2) ^
    Math.imul(words[3] as number, SALT_3);
  return Math.imul(mixed ^ (mixed >>> 15), SALT_0) >>> 20;
}

function contains(page: Page | undefined): boolean {
  if (page === undefined) return false;
  const { words: stored, count } = page;
  for (let at = 0; at < count * WORDS; at += WORDS) {
    if (
      stored[at] === words[0] &&
      stored[at + 1] === words[1] &&
      stored[at + 2] === words[2] &&
      stored[at + 3] === words[3]
    ) {
      return true;
    }
  }
  return false;
}

/**
 * A set of ids that takes about 20 bytes for each, outside the heap. Copies share what they have not changed, and take the same
 * time for any number of ids.
 */
export class IdSet {
  #writer = {};
  #root: Root = { writer: this.#writer, branches: [] };
  #size = 0;

  /** Number of ids. */
  get size(): number {
    return this.#size;
  }

  /** An independent copy. */
  clone(): IdSet {
    // From here on both have to copy a page before they write to it.
    this.#writer = {};
    const copy = new IdSet();
    copy.#root = this.#root;
    copy.#size = this.#size;
    return copy;
  }

  /** Whether an id was added. */
  has(id: string): boolean {
    if (this.#size === 0) return false;
    readWords(id);
    const number = pageNumber();
    return contains(this.#root.branches[Math.floor(number / FAN_OUT)]?.pages[number % FAN_OUT]);
  }

  /** Adds an id. */
  add(id: string): void {
    readWords(id);
    const number = pageNumber();
    const { pages } = this.#ownBranch(Math.floor(number / FAN_OUT));
    if (contains(pages[number % FAN_OUT])) return;
    append(this.#ownPage(pages, number % FAN_OUT));
    this.#size += 1;
  }

  #ownBranch(at: number): Branch {
    const writer = this.#writer;
    if (this.#root.writer !== writer) this.#root = { writer, branches: [...this.#root.branches] };
    const { branches } = this.#root;
    const branch = branches[at];
    if (branch?.writer === writer) return branch;
    const own = { writer, pages: [...(branch?.pages ?? [])] };
    branches[at] = own;
    return own;
  }

  #ownPage(pages: Branch['pages'], at: number): Page {
    const writer = this.#writer;
    const page = pages[at];
    if (page?.writer === writer) return page;
    const own = {
      writer,
      words: page === undefined ? new Uint32Array(FIRST_ROOM * WORDS) : page.words.slice(),
      count: page?.count ?? 0,
    };
    pages[at] = own;
    return own;
  }
}

/** Adds the words of the current id to a page, which grows by a quarter when it is full. */
function append(page: Page): void {
  const end = page.count * WORDS;
  if (end === page.words.length) {
    const grown = new Uint32Array((page.count + Math.max(FIRST_ROOM, page.count >>> 2)) * WORDS);
    grown.set(page.words);
    page.words = grown;
  }
  page.words.set(words, end);
  page.count += 1;
}
