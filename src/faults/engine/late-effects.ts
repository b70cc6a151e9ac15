import type { Late } from '../fault.ts';

/** An effect that takes place after the response to its request. */
export interface LateEffect {
  readonly late: Late;
  /** When the response was sent, in milliseconds since 1970. */
  readonly now: number;
  readonly dialect: string;
  /** The image in the path of the request, whose reads are counted; all reads of the dialect when omitted. */
  readonly imageId?: string;
  readonly run: () => void;
}

/** A read request, which counts as a poll of late effects. */
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

/** Maximum number of pending effects. Further effects take place at once. */
const MAX_WAITING = 10_000;

const keyOf = (dialect: string, imageId: string | undefined): string => `${dialect}\u0000${imageId ?? ''}`;

/** The pending effects of one world. They are not part of its state: a fork has none, and a reset drops them. */
export class LateEffects {
  /** Sorted by time, the next one last. */
  readonly #byClock: Due[] = [];
  /** By dialect and image. */
  readonly #byPolls = new Map<string, Polled[]>();
  #count = 0;

  /** Whether no effect is pending. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Adds a pending effect. */
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

  /** Runs the effects whose time has come. */
  runDue(now: number): void {
    for (let next = this.#byClock.at(-1); next !== undefined && next.at <= now; next = this.#byClock.at(-1)) {
      this.#byClock.pop();
      this.#count -= 1;
      next.run();
    }
  }

  /** Counts a read. Runs the effects that have been polled often enough before. */
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
