import type { Limit } from '../fault.ts';
import { putBounded } from './counter-key.ts';

interface TokenBucket {
  /** One token counts as `limit.milliseconds` units, so that the refill in one millisecond is a whole number. */
  level: number;
  at: number;
}

/** The token buckets of one limit in one world. */
export class TokenBuckets {
  readonly #limit: Limit;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /**
   * Takes a token from a bucket.
   * @returns 0 if there was one, otherwise the milliseconds until the next one.
   */
  take(key: string, now: number): number {
    const { requests, milliseconds } = this.#limit;
    const full = requests * milliseconds;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) bucket = putBounded(this.#buckets, key, { level: full, at: now });
    bucket.level = this.#levelAt(bucket, now);
    bucket.at = now;
    if (bucket.level < milliseconds) return Math.ceil((milliseconds - bucket.level) / requests);
    bucket.level -= milliseconds;
    return 0;
  }

  /** Returns the whole tokens in a bucket. */
  left(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    return bucket === undefined
      ? this.#limit.requests
      : Math.floor(this.#levelAt(bucket, now) / this.#limit.milliseconds);
  }

  #levelAt({ level, at }: TokenBucket, now: number): number {
    const { requests, milliseconds } = this.#limit;
    // Setting the clock back neither adds nor removes tokens.
    return Math.min(requests * milliseconds, level + Math.max(0, now - at) * requests);
  }
}
