import { parseArgs } from 'node:util';

/** How much is tried. */
export interface TortureOptions {
  readonly seed: number;
  /** Number of servers that are killed while clients write. */
  readonly kills: number;
}

/** Reads `--seed`, `--kills` and `--short`. */
export function readOptions(): TortureOptions {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, kills: { type: 'string' }, short: { type: 'boolean' } },
  });
  return { seed: Number(values.seed ?? 1), kills: Number(values.kills ?? (values.short === true ? 8 : 200)) };
}

/** Returns a function for whole numbers from 0 to below a maximum: the same ones for the same seed. */
export function randomBelow(seed: number): (max: number) => number {
  let state = seed >>> 0;
  return (max) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * max);
  };
}
