/** Long work that holds the event loop for short times only: it is done in slices, between which other requests are served. */
import { contained } from './internal-errors.ts';

/** How long a slice of work may hold the event loop, in milliseconds. Its last step may take longer. */
const SLICE = 8;

/** Texts and bodies from this length on are processed in several turns of the event loop. */
export const LARGE = 2 ** 20;

/** The steps of some work, which returns its result. Between two steps, other work may be done. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Work that can be done at once or in slices. */
export class Work<Result> {
  readonly #start: () => Steps<Result>;

  /** @param start - begins the work. */
  constructor(start: () => Steps<Result>) {
    this.#start = start;
  }

  /** Does the work at once. */
  atOnce(): Result {
    return finish(this.#start());
  }

  /** Does the work in slices. The first step is taken at once. */
  async inSlices(): Promise<Result> {
    const steps = this.#start();
    let step = steps.next();
    while (step.done !== true) {
      const end = performance.now() + SLICE;
      do step = steps.next();
      while (step.done !== true && performance.now() < end);
      if (step.done !== true) await nextTurn();
    }
    return step.value;
  }

  /** Returns the work whose steps are followed by further ones. */
  andThen<Next>(further: (result: Result) => Steps<Next>): Work<Next> {
    const start = this.#start;
    return new Work(function* () {
      return yield* further(yield* start());
    });
  }
}

/** Takes all steps of some work, and returns its result. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Returns the same items in the same order, for a reader that waits for them: a turn of the event loop passes after each slice. */
export async function* inSlices<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  let end = performance.now() + SLICE;
  for (const item of items) {
    yield item;
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + SLICE;
  }
}

/** Those who wait for a turn of their own. */
const waiting: (() => void)[] = [];

/** Waits for a turn of the event loop. Of all who wait, each turn has one, so that many long requests hold it no longer than one. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(takeTurn);
  });
}

const takeTurn = contained('a turn of the event loop', () => {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(takeTurn);
});
