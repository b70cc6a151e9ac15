import type { Entry } from './entry.ts';

/** Filter for journal entries; an entry must match every member. */
export interface EntryQuery {
  readonly operation?: string;
  readonly dialect?: string;
  readonly status?: number;
  readonly source?: 'natural' | 'injected';
  readonly method?: string;
  /** Only entries after this id. */
  readonly after?: number;
  /** How many of the newest matching entries to return. */
  readonly limit: number;
}

/** Longer URLs are truncated, so that clients cannot make the journal grow without bound. */
const MAX_URL = 2048;

/** The latest requests of one world and their responses; when full, it drops the oldest. */
export class Journal {
  /** Maximum number of entries. */
  readonly capacity: number;
  #ring: Entry[] = [];
  #recorded = 0;
  #dropped = 0;

  /** @param capacity - Maximum number of entries. */
  constructor(capacity = 1000) {
    this.capacity = capacity;
  }

  /** Number of entries recorded since the last `clear`, dropped ones included. */
  get recorded(): number {
    return this.#recorded;
  }

  /** Number of entries dropped since the last `clear`. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds an entry and gives it the next id. Modifies the entry instead of copying it. */
  record(entry: Omit<Entry, 'id'>): void {
    this.#recorded += 1;
    const numbered = entry as { -readonly [K in keyof Entry]: Entry[K] };
    numbered.id = this.#recorded;
    if (numbered.url.length > MAX_URL) numbered.url = numbered.url.slice(0, MAX_URL);
    const place = (this.#recorded - 1) % this.capacity;
    if (this.#ring.length > place && this.#ring[place] !== undefined) this.#dropped += 1;
    this.#ring[place] = numbered;
  }

  /** Returns the newest matching entries, in chronological order. */
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

  /** Removes all entries and restarts the ids at 1. */
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
