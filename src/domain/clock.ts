import BTreeModule from 'sorted-btree';

const BTree = BTreeModule.default;

/** Time as a world sees it: the machine's, shifted, or standing still. */
export interface ClockState {
  /** Milliseconds since 1970 at which the clock stands still, or `null` while it runs. */
  readonly frozenAt: number | null;
  /** Milliseconds by which a running clock is ahead of the machine's. */
  readonly offset: number;
}

export const REAL_TIME: ClockState = { frozenAt: null, offset: 0 };

/** The longest that a timer of the machine takes. */
const MAX_TIMER = 2 ** 31 - 1;

/** A world's clock. */
export class Clock {
  #state: ClockState;
  /** What lets go those who wait, by the time that they wait for. */
  readonly #waiting = new BTree<number, readonly (() => void)[]>();
  #timer: NodeJS.Timeout | undefined;

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
    this.#change(
      this.#state.frozenAt === null
        ? { frozenAt: null, offset: now - Date.now() }
        : { frozenAt: now, offset: this.#state.offset },
    );
  }

  /** Moves the time on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** @param at - where it stands from then on; where it is when left out. */
  freeze(at = this.now()): void {
    this.#change({ frozenAt: at, offset: 0 });
  }

  /** Lets a frozen clock run on from where it stands. */
  resume(): void {
    this.#change({ frozenAt: null, offset: this.now() - Date.now() });
  }

  /** Takes another state; who waits goes on waiting for the time that they wait for. */
  become(state: ClockState): void {
    this.#change(state);
  }

  /** Starts over from a state; who waits is let go, since what they wait in is gone. */
  restore(state: ClockState): void {
    this.#state = state;
    this.letGo();
  }

  /** Lets go all who wait, whatever for. */
  letGo(): void {
    this.#release(Number.POSITIVE_INFINITY);
  }

  /** Until the clock shows that time: by itself while it runs, or because somebody moves it there. */
  until(time: number): Promise<void> {
    if (this.now() >= time) return Promise.resolve();
    return new Promise((wake) => {
      this.#waiting.set(time, [...(this.#waiting.get(time) ?? []), wake]);
      this.#wait();
    });
  }

  #change(state: ClockState): void {
    this.#state = state;
    this.#release(this.now());
  }

  /** Lets go who waits for that time or an earlier one. */
  #release(time: number): void {
    for (let first = this.#waiting.minKey(); first !== undefined && first <= time; first = this.#waiting.minKey()) {
      const due = this.#waiting.get(first) ?? [];
      this.#waiting.delete(first);
      for (const wake of due) wake();
    }
    this.#wait();
  }

  /** Has the machine say when the next time has come, where the clock comes to it by itself. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#waiting.minKey();
    if (next === undefined || this.#state.frozenAt !== null) return;
    const milliseconds = Math.min(MAX_TIMER, Math.max(1, Math.ceil(next - this.now())));
    // The client that waits keeps the process alive; the timer must not hold up a process that wants to end.
    this.#timer = setTimeout(() => this.#release(this.now()), milliseconds).unref();
  }
}

/** ISO 8601 in UTC to the second, as the image services write it: `2026-11-21T00:23:17Z`. */
export const toSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** ISO 8601 in UTC with microseconds, as Keystone writes it: `2026-11-21T00:23:17.000000Z`. */
export const toMicroseconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 23)}000Z`;
