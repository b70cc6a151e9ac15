import { createHash } from 'node:crypto';

/** Random choices that depend only on a seed. */
export class Random {
  #state: number;

  constructor(seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** Returns an integer from 0 up to, not including, `below`. */
  int(below: number): number {
    return Math.floor(this.#next() * below);
  }

  /** Returns true with this probability. */
  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** Returns one of the items. @throws Error when there is none. */
  pick<T>(items: readonly T[]): T {
    const index = this.int(items.length);
    if (index >= items.length) throw new Error('There is nothing to pick from.');
    return items[index] as T;
  }

  /** Returns one of the items, each as often as its weight says. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T {
    let left = this.#next() * items.reduce((sum, [weight]) => sum + weight, 0);
    const found = items.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    return (found ?? this.pick(items))[1];
  }

  /** Mulberry32: a fraction from 0 to 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
