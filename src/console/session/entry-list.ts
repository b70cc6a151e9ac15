import { signal } from '@preact/signals';
import { keyOf, type SessionEntry } from './session.ts';

/**
 * The requests of a session in the order in which they were recorded. It only grows, until it is cleared; an entry that was still
 * pending is replaced. `version` changes at most once for each frame.
 */
export class EntryList {
  /** Changes whenever the list has changed. */
  readonly version = signal(0);
  /** How often the list was cleared: what was computed before is not valid any more. */
  readonly generation = signal(0);
  /** Requests that the server had dropped before they could be read. */
  readonly missed = signal(0);
  /** Indexes of the entries that were replaced since the list was cleared. */
  readonly replaced: number[] = [];
  #items: SessionEntry[] = [];
  #indexes = new Map<string, number>();
  #isScheduled = false;

  get length(): number {
    return this.#items.length;
  }

  /** All entries; do not keep the array across frames. */
  get items(): readonly SessionEntry[] {
    return this.#items;
  }

  at(index: number): SessionEntry | undefined {
    return this.#items[index];
  }

  /** Returns the index of an entry by its key; -1 for none. */
  indexOf(key: string): number {
    return this.#indexes.get(key) ?? -1;
  }

  /** Adds an entry, or replaces the one with its key. */
  put(entry: SessionEntry): void {
    const key = keyOf(entry);
    const index = this.#indexes.get(key);
    if (index === undefined) {
      this.#indexes.set(key, this.#items.length);
      this.#items.push(entry);
    } else {
      this.#items[index] = entry;
      this.replaced.push(index);
    }
    this.#schedule();
  }

  /** Removes all entries, or those of one world. */
  clear(world?: string): void {
    const kept = world === undefined ? [] : this.#items.filter((entry) => entry.world !== world);
    this.#items = kept;
    this.#indexes = new Map(kept.map((entry, index) => [keyOf(entry), index]));
    this.replaced.length = 0;
    this.generation.value += 1;
    this.version.value += 1;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.version.value += 1;
    });
  }
}
