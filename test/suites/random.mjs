import { createHash } from 'node:crypto';

/** Returns a function that returns random numbers: at least 0 and less than 1, the same ones for the same seed. */
export function randomOf(seed) {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}
