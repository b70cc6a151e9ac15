import { contained } from '../base/internal-errors.ts';
import { nextTurn } from '../base/slices.ts';

/** Work after which a reader rests. */
const TURN = 256;

/** Work of a look at an entry. */
export const LOOK = 4;
/** Work of an entry that is converted and sent. */
export const SEND = 64;

/** Lets a stream that has many entries to read rest now and then, so that other requests are served. */
export class Pacer {
  readonly #resume: () => void;
  #work = 0;
  #isResting = false;

  /** @param resume - goes on after a rest. */
  constructor(resume: () => void) {
    this.#resume = contained('a stream of the journal', resume);
  }

  /** Whether the reader has to wait for its next turn. */
  get isResting(): boolean {
    return this.#isResting;
  }

  /** Counts work; the reader may have to rest after it. */
  add(work: number): void {
    this.#work += work;
    if (this.#work < TURN || this.#isResting) return;
    this.#isResting = true;
    void nextTurn().then(() => {
      this.#work = 0;
      this.#isResting = false;
      this.#resume();
    });
  }
}
