import type { Clock } from './clock.ts';
import { Collection, type CollectionState } from './collection.ts';

const MINUTE = 60_000;

/** Windows beyond this number are forgotten, also while a clock that stands still ends none. */
export const MAX_WINDOWS = 10_000;
/** How many windows are checked for their end with each new one. */
const SWEEP_COUNT = 2;

/** The requests counted in one period. */
export interface RateWindow {
  /** End of the period: milliseconds since 1970. */
  readonly endsAt: number;
  readonly requests: number;
}

/** State of the rate limits of a world, from which others can start. */
export type RateLimitsState = CollectionState<RateWindow>;

/** Counts the requests of one world for its rate limits, each kind of request under a key of its own. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #windows: Collection<RateWindow>;
  /** The window that was checked last. */
  #swept: string | undefined;

  constructor(state: RateLimitsState | undefined, clock: Clock) {
    this.#clock = clock;
    this.#windows = new Collection(state);
  }

  /** The current state; costs the same for any number of windows. */
  snapshot(): RateLimitsState {
    return this.#windows.snapshot();
  }

  /** Returns the current window of a key; `undefined` if none has begun or the last one has ended. */
  window(key: string): RateWindow | undefined {
    const window = this.#windows.get(key);
    return window !== undefined && window.endsAt > this.#clock.now() ? window : undefined;
  }

  /**
   * Counts a request in the current window of a key. The first request begins a window.
   * @param milliseconds - length of a new window.
   */
  count(key: string, milliseconds: number): void {
    const { endsAt, requests } = this.window(key) ?? { endsAt: this.#clock.now() + milliseconds, requests: 0 };
    this.#set(key, { endsAt, requests: requests + 1 });
  }

  /** Counts a request in the calendar minute of the clock, and returns the window with this request. */
  countInMinute(key: string): RateWindow {
    const endsAt = (Math.floor(this.#clock.now() / MINUTE) + 1) * MINUTE;
    const before = this.#windows.get(key);
    // A clock that was set back is in another minute, which counts from zero.
    const window = { endsAt, requests: before?.endsAt === endsAt ? before.requests + 1 : 1 };
    this.#set(key, window);
    return window;
  }

  #set(key: string, window: RateWindow): void {
    if (this.#windows.get(key) === undefined) this.#sweep();
    this.#windows.set(key, window);
  }

  /** Forgets windows that have ended, a few at a time. */
  #sweep(): void {
    const now = this.#clock.now();
    for (let count = 0; count < SWEEP_COUNT; count += 1) {
      const [key, window] = this.#windows.after(this.#swept) ?? [];
      this.#swept = key;
      if (key === undefined || window === undefined) return;
      if (window.endsAt <= now || this.#windows.size >= MAX_WINDOWS) this.#windows.delete(key);
    }
  }
}
