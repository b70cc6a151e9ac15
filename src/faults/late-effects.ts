import type { Late } from './fault.ts';

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

interface Waiting extends LateEffect {
  pollsLeft: number;
}

/** Most effects that wait at one time; what comes beyond takes place at once. */
const MOST_WAITING = 10_000;

/** The effects of one world that are still to come. They are none of its state: a fork has none, and a reset drops them. */
export class LateEffects {
  #waiting: Waiting[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(effect: LateEffect): void {
    if (this.#waiting.length >= MOST_WAITING) {
      effect.run();
      return;
    }
    this.#waiting.push({ ...effect, pollsLeft: 'polls' in effect.late ? effect.late.polls : 0 });
  }

  /** Brings about what the clock says has come about. */
  settle(now: number): void {
    this.#take((effect) => 'milliseconds' in effect.late && effect.now + effect.late.milliseconds <= now);
  }

  /** Counts a read; it finds done what had its number of reads before. */
  poll({ dialect, imageId }: Poll): void {
    this.#take((effect) => {
      if (!('polls' in effect.late) || effect.dialect !== dialect) return false;
      if (effect.imageId !== undefined && effect.imageId !== imageId) return false;
      effect.pollsLeft -= 1;
      return effect.pollsLeft < 0;
    });
  }

  clear(): void {
    this.#waiting = [];
  }

  #take(isDue: (effect: Waiting) => boolean): void {
    const due: Waiting[] = [];
    this.#waiting = this.#waiting.filter((effect) => {
      if (!isDue(effect)) return true;
      due.push(effect);
      return false;
    });
    for (const effect of due) effect.run();
  }
}
