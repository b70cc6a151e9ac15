import BTreeModule from 'sorted-btree';
import { contained } from '../base/internal-errors.ts';
import { type EndWait, noWait, startWait, type Wait } from './waits.ts';

const BTree = BTreeModule.default;

/** State of a world's clock: it follows the system clock with an offset, or is frozen. */
export interface ClockState {
  /** Milliseconds since 1970 at which the clock is frozen; `null` while it runs. */
  readonly frozenAt: number | null;
  /** Offset of a running clock from the system clock, in milliseconds. */
  readonly offset: number;
}

/** The clock follows the system clock. */
export const REAL_TIME: ClockState = { frozenAt: null, offset: 0 };

/** Longest delay of a timer, in milliseconds. */
const MAX_TIMER = 2 ** 31 - 1;

/** What fails when a timer of this file does. */
const DURING = 'the end of a wait';

/** A world's clock. */
export class Clock {
  #state: ClockState;
  /** Functions that wake waiters, by the time they wait for. */
  readonly #waiting = new BTree<number, Set<EndWait>>();
  /** Functions that end pauses, with their timers. */
  readonly #pauses = new Map<EndWait, NodeJS.Timeout>();
  #timer: NodeJS.Timeout | undefined;

  constructor(state: ClockState = REAL_TIME) {
    this.#state = state;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#state.frozenAt ?? Date.now() + this.#state.offset;
  }

  /** The current state. */
  get state(): ClockState {
    return this.#state;
  }

  /** Sets the time. A frozen clock stays frozen; a running one continues from there. */
  set(now: number): void {
    this.#change(
      this.#state.frozenAt === null
        ? { frozenAt: null, offset: now - Date.now() }
        : { frozenAt: now, offset: this.#state.offset },
    );
  }

  /** Moves the time forward. */
  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  /** Freezes the clock. @param at - milliseconds since 1970; default: now. */
  freeze(at = this.now()): void {
    this.#change({ frozenAt: at, offset: 0 });
  }

  /** Resumes a frozen clock. */
  resume(): void {
    this.#change({ frozenAt: null, offset: this.now() - Date.now() });
  }

  /** Changes the state. Waiters keep waiting for their time. */
  setState(state: ClockState): void {
    this.#change(state);
  }

  /** Restores a state for a world that starts over, and wakes all waiters. */
  restore(state: ClockState): void {
    this.#state = state;
    this.wakeAll();
  }

  /** Wakes all waiters, and ends all pauses. */
  wakeAll(): void {
    this.#release(Number.POSITIVE_INFINITY, false);
    for (const [end, timer] of this.#pauses) {
      clearTimeout(timer);
      end(false);
    }
    this.#pauses.clear();
  }

  /** Waits until the clock reaches a time, by running or by being set. */
  until(time: number): Wait {
    if (this.now() >= time) return noWait();
    return startWait((wake) => {
      const others = this.#waiting.get(time);
      if (others === undefined) this.#waiting.set(time, new Set([wake]));
      else others.add(wake);
      this.#wait();
      return () => this.#forget(time, wake);
    });
  }

  /** Waits for a duration by the system clock, whatever the time of this clock. */
  pause(milliseconds: number): Wait {
    return startWait((end) => {
      const finish = (): void => {
        this.#pauses.delete(end);
        end(true);
      };
      // The connection of the waiting client keeps the process alive. The timer must not keep it alive after that.
      const timer = setTimeout(contained(DURING, finish), milliseconds).unref();
      this.#pauses.set(end, timer);
      return () => {
        clearTimeout(timer);
        this.#pauses.delete(end);
      };
    });
  }

  /** Number of waits and pauses. */
  get waiting(): number {
    let count = this.#pauses.size;
    for (const waiters of this.#waiting.values()) count += waiters.size;
    return count;
  }

  #forget(time: number, wake: EndWait): void {
    const waiters = this.#waiting.get(time);
    if (waiters?.delete(wake) !== true || waiters.size > 0) return;
    this.#waiting.delete(time);
    this.#wait();
  }

  #change(state: ClockState): void {
    this.#state = state;
    this.#release(this.now());
  }

  /** Wakes waiters up to a time. @param isTime - whether their time has come. */
  #release(time: number, isTime = true): void {
    for (let first = this.#waiting.minKey(); first !== undefined && first <= time; first = this.#waiting.minKey()) {
      const due = this.#waiting.get(first);
      this.#waiting.delete(first);
      for (const wake of due ?? []) wake(isTime);
    }
    this.#wait();
  }

  /** Sets a timer for the next waiter of a running clock. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#waiting.minKey();
    if (next === undefined || this.#state.frozenAt !== null) return;
    const milliseconds = Math.min(MAX_TIMER, Math.max(1, Math.ceil(next - this.now())));
    // The waiting connection keeps the process alive; the timer must not delay its exit.
    this.#timer = setTimeout(
      contained(DURING, () => this.#release(this.now())),
      milliseconds,
    ).unref();
  }
}

/** ISO 8601 in UTC to the second, as the image services write it: `2026-11-21T00:23:17Z`. */
export const toSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** ISO 8601 in UTC with microseconds, as Keystone writes it: `2026-11-21T00:23:17.000000Z`. */
export const toMicroseconds = (milliseconds: number): string => {
  const microseconds = Math.round((milliseconds % 1) * 1000);
  return `${new Date(milliseconds).toISOString().slice(0, 23)}${String(microseconds).padStart(3, '0')}Z`;
};
