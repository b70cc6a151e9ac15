import type { Limit } from '../fault.ts';
import { putBounded } from './counter-key.ts';

interface TokenBucket {
  /** A token is `milliseconds` of the limit high, so that what comes back in a millisecond is a whole number. */
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
   * Takes a token of a bucket.
   * @returns 0, or the milliseconds until there is one to take.
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

  /** Whole tokens that a bucket holds. */
  left(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    return bucket === undefined
      ? this.#limit.requests
      : Math.floor(this.#levelAt(bucket, now) / this.#limit.milliseconds);
  }

  #levelAt({ level, at }: TokenBucket, now: number): number {
    const { requests, milliseconds } = this.#limit;
    // A clock that was set back gives nothing and takes nothing away.
    return Math.min(requests * milliseconds, level + Math.max(0, now - at) * requests);
  }
}
