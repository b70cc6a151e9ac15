/** Time as a world sees it: the machine's, shifted, or standing still. */
export interface ClockState {
  /** Milliseconds since 1970 at which the clock stands still, or `null` while it runs. */
  readonly frozenAt: number | null;
  /** Milliseconds by which a running clock is ahead of the machine's. */
  readonly offset: number;
}

export const REAL_TIME: ClockState = { frozenAt: null, offset: 0 };

/** A world's clock. */
export class Clock {
  #state: ClockState;

  constructor(state: ClockState = REAL_TIME) {
    this.#state = state;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#state.frozenAt ?? Date.now() + this.#state.offset;
  }

  get state(): ClockState {
    return this.#state;
  }

  /** Sets the time; a frozen clock stays frozen there, a running one runs on from there. */
  set(now: number): void {
    this.#state =
      this.#state.frozenAt === null
        ? { frozenAt: null, offset: now - Date.now() }
        : { frozenAt: now, offset: this.#state.offset };
  }

  /** Moves the time on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** @param at - where it stands from then on; where it is when left out. */
  freeze(at = this.now()): void {
    this.#state = { frozenAt: at, offset: 0 };
  }

  /** Lets a frozen clock run on from where it stands. */
  resume(): void {
    this.#state = { frozenAt: null, offset: this.now() - Date.now() };
  }

  restore(state: ClockState): void {
    this.#state = state;
  }
}

/** ISO 8601 in UTC to the second, as the image services write it: `2026-11-21T00:23:17Z`. */
export const toSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** ISO 8601 in UTC with microseconds, as Keystone writes it: `2026-11-21T00:23:17.000000Z`. */
export const toMicroseconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 23)}000Z`;
