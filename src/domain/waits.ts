/** A wait for a time, which can be ended early. */
export interface Wait {
  /** Resolves at the end: with `true` once the time has come, with `false` if the wait was ended early. */
  readonly done: Promise<boolean>;
  /** Ends the wait at once. */
  end(): void;
}

/** A wait that is over. */
const OVER: Wait = { done: Promise.resolve(true), end: () => undefined };

/** Returns a wait that is over. */
export const noWait = (): Wait => OVER;

/** Function that ends a wait. @param isTime - whether its time has come. */
export type EndWait = (isTime: boolean) => void;

/**
 * Starts a wait.
 * @param add - receives what ends the wait. Returns a function that forgets it again, for a wait that is ended early.
 */
export function startWait(add: (end: EndWait) => () => void): Wait {
  let resolveDone: (isTime: boolean) => void = () => undefined;
  const done = new Promise<boolean>((resolve) => {
    resolveDone = resolve;
  });
  const forget = add(resolveDone);
  return {
    done,
    end: () => {
      forget();
      resolveDone(false);
    },
  };
}
