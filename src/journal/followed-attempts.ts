import { Attempts } from './attempts.ts';
import type { Journal } from './journal.ts';
import type { RecordedRequest } from './recorded.ts';

/** How many entries before the first one that a stream reads count. */
const MAX_BEFORE = 10_000;

/** Numbers the attempts of one journal for a stream, which reads its entries in chronological order. */
export class FollowedAttempts {
  readonly #journal: Journal;
  /** Numbers of entries that are not complete, which a stream reads again. */
  readonly #known = new WeakMap<RecordedRequest, number>();
  #attempts = new Attempts();
  #count = '';
  /** Id of the latest entry that counts. */
  #last = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Returns the number of the attempt that an entry is. */
  of(entry: RecordedRequest): number {
    const known = this.#known.get(entry);
    if (known !== undefined) return known;
    const number = this.#advance(entry.id);
    this.#known.set(entry, number);
    return number;
  }

  #advance(id: number): number {
    const { count } = this.#journal;
    if (count !== this.#count || id <= this.#last) {
      this.#count = count;
      this.#attempts = new Attempts();
      this.#last = Math.max(0, id - 1 - MAX_BEFORE);
    }
    const view = this.#journal.view();
    let number = 1;
    for (const entry of view.after(this.#last)) {
      if (entry.id > id) break;
      number = this.#attempts.next(entry);
    }
    view.close();
    this.#last = id;
    return number;
  }
}
