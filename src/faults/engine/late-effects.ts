import type { Late } from '../fault.ts';

/** An effect that is to come when its call was answered. */
export interface LateEffect {
  readonly late: Late;
  /** When the call was answered, in milliseconds since 1970. */
  readonly now: number;
  readonly dialect: string;
  /** The image that the call named, of which reads are counted; without one, all reads of the dialect are. */
  readonly imageId?: string;
  readonly run: () => void;
}

/** A read that may find an effect undone. */
export interface Poll {
  readonly dialect: string;
  readonly imageId: string | undefined;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

interface Polled {
  pollsLeft: number;
  readonly run: () => void;
}

/** Most effects that wait at one time; what comes beyond takes place at once. */
const MAX_WAITING = 10_000;

const keyOf = (dialect: string, imageId: string | undefined): string => `${dialect}\u0000${imageId ?? ''}`;

/** The effects of one world that are still to come. They are none of its state: a fork has none, and a reset drops them. */
export class LateEffects {
  /** The next one last. */
  readonly #byClock: Due[] = [];
  /** By dialect and image. */
  readonly #byPolls = new Map<string, Polled[]>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  add({ late, now, dialect, imageId, run }: LateEffect): void {
    if (this.#count >= MAX_WAITING) {
      run();
      return;
    }
    this.#count += 1;
    if ('milliseconds' in late) {
      const due = { at: now + late.milliseconds, run };
      const place = this.#byClock.findLastIndex(({ at }) => at > due.at);
      this.#byClock.splice(place + 1, 0, due);
      return;
    }
    const key = keyOf(dialect, imageId);
    const list = this.#byPolls.get(key);
    const polled = { pollsLeft: late.polls, run };
    if (list === undefined) this.#byPolls.set(key, [polled]);
    else list.push(polled);
  }

  /** Brings about what the clock says has come about. */
  settle(now: number): void {
    for (let next = this.#byClock.at(-1); next !== undefined && next.at <= now; next = this.#byClock.at(-1)) {
      this.#byClock.pop();
      this.#count -= 1;
      next.run();
    }
  }

  /** Counts a read; it finds done what had its number of reads before. */
  poll({ dialect, imageId }: Poll): void {
    if (this.#byPolls.size === 0) return;
    this.#countRead(keyOf(dialect, undefined));
    if (imageId !== undefined) this.#countRead(keyOf(dialect, imageId));
  }

  #countRead(key: string): void {
    const list = this.#byPolls.get(key);
    if (list === undefined) return;
    for (const each of list) each.pollsLeft -= 1;
    const due = list.filter(({ pollsLeft }) => pollsLeft < 0);
    if (due.length === 0) return;
    const left = list.filter(({ pollsLeft }) => pollsLeft >= 0);
    if (left.length === 0) this.#byPolls.delete(key);
    else this.#byPolls.set(key, left);
    this.#count -= due.length;
    for (const { run } of due) run();
  }
}
