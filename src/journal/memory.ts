/** A journal as the memory limit of the process sees it. */
export interface MemoryUser {
  /** Bytes of all its entries. */
  readonly bytes: number;
  /** Drops the oldest entry. Returns whether there was one. */
  dropOldest(): boolean;
}

/**
 * Limits the memory of all journals of a process. When they exceed the limit, it drops entries of the journal that has
 * been idle for longest, oldest first.
 */
export class JournalMemory {
  /** Maximum number of bytes of all journals together. */
  readonly maxBytes: number;
  #bytes = 0;
  /** In order of their latest entry. */
  readonly #users = new Set<MemoryUser>();
  #newest: MemoryUser | undefined;

  /** @param maxBytes - maximum number of bytes of all journals together. */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Bytes of all journals together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the bytes of a new entry, and drops old entries when the limit is exceeded. */
  add(user: MemoryUser, bytes: number): void {
    if (user !== this.#newest) {
      this.#users.delete(user);
      this.#users.add(user);
      this.#newest = user;
    }
    this.#bytes += bytes;
    if (this.#bytes > this.maxBytes) this.#dropOldest();
  }

  /** Subtracts the bytes of entries that a journal has dropped. */
  subtract(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Forgets a journal, after it has been cleared. */
  remove(user: MemoryUser): void {
    this.#users.delete(user);
    if (this.#newest === user) this.#newest = undefined;
  }

  #dropOldest(): void {
    for (const user of this.#users) {
      while (this.#bytes > this.maxBytes && user.dropOldest());
      if (this.#bytes <= this.maxBytes) return;
      this.remove(user);
    }
  }
}
