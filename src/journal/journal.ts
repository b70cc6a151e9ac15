import type { Entry } from './entry.ts';

/** Which entries are asked for; all that is given must hold. */
export interface EntryQuery {
  readonly operation?: string;
  readonly dialect?: string;
  readonly status?: number;
  readonly source?: 'natural' | 'injected';
  readonly method?: string;
  /** Only entries after this id. */
  readonly after?: number;
  /** The newest so many. */
  readonly limit: number;
}

/** Longest URL that an entry keeps: what clients send must not decide how large the journal grows. */
const MAX_URL = 2048;

/** The latest exchanges of one world: bounded, the oldest go first. */
export class Journal {
  readonly capacity: number;
  #ring: Entry[] = [];
  #recorded = 0;
  #dropped = 0;

  /** @param capacity - how many entries are kept. */
  constructor(capacity = 1000) {
    this.capacity = capacity;
  }

  /** Entries ever recorded since the last `clear`; the next entry's id is one more than the count before any clear. */
  get recorded(): number {
    return this.#recorded;
  }

  /** Entries that had to go since the last `clear`. */
  get dropped(): number {
    return this.#dropped;
  }

  record(entry: Omit<Entry, 'id'>): void {
    this.#recorded += 1;
    const numbered = entry as { -readonly [K in keyof Entry]: Entry[K] };
    numbered.id = this.#recorded;
    if (numbered.url.length > MAX_URL) numbered.url = numbered.url.slice(0, MAX_URL);
    const place = (this.#recorded - 1) % this.capacity;
    if (this.#ring.length > place && this.#ring[place] !== undefined) this.#dropped += 1;
    this.#ring[place] = numbered;
  }

  /** The newest matching entries, oldest of them first. */
  query(query: EntryQuery): readonly Entry[] {
    const found: Entry[] = [];
    for (let back = 0; back < this.#ring.length && found.length < query.limit; back += 1) {
      const entry = this.#ring[(this.#recorded - 1 - back + this.capacity) % this.capacity];
      if (entry === undefined) continue;
      if (query.after !== undefined && entry.id <= query.after) break;
      if (matches(entry, query)) found.push(entry);
    }
    return found.reverse();
  }

  clear(): void {
    this.#ring = [];
    this.#recorded = 0;
    this.#dropped = 0;
  }
}

const matches = (entry: Entry, query: EntryQuery): boolean =>
  (query.operation === undefined || entry.operation === query.operation) &&
  (query.dialect === undefined || entry.dialect === query.dialect) &&
  (query.status === undefined || entry.status === query.status) &&
  (query.source === undefined || entry.source === query.source) &&
  (query.method === undefined || entry.method === query.method);
