import type { Bench, Proof, Proofs } from '../bench.ts';

/** Makes the first requests of a list fail. */
const listFails = (bench: Bench, times: number, retryAfter: unknown): void =>
  bench.arm('listImages', { answer: 503, retryAfter }, { calls: { to: times } });

/** Sends the list again after each failure, with a wait. */
async function retry(bench: Bench, times: number, wait: (attempt: number) => number): Promise<void> {
  for (let attempt = 0; attempt < times; attempt += 1) {
    await bench.list();
    bench.wait(wait(attempt));
  }
  await bench.list();
}

const doubling = (attempt: number): number => 2 ** attempt;

/** Waits for too short a time after one failure. */
const once =
  (retryAfter: unknown, [good, bad]: readonly [number, number]): Proof =>
  async (bench, isGood) => {
    listFails(bench, 1, retryAfter);
    await retry(bench, 1, () => (isGood ? good : bad));
  };

/** Does not wait at all after ten failures. */
const hurried =
  (retryAfter: unknown): Proof =>
  async (bench, isGood) => {
    listFails(bench, 10, retryAfter);
    await retry(bench, 10, isGood ? doubling : () => 0);
  };

/** Proofs of the rules on waits. */
export const waitingProofs: Proofs = {
  'retry-after-seconds-ignored': once(5, [5, 1]),
  'retry-after-date-ignored': once({ date: 30 }, [30, 10]),
  'retry-after-huge-ignored': once(3600, [601, 30]),
  'retry-after-absent-no-backoff': hurried('absent'),
  'retry-after-malformed-no-backoff': hurried('malformed'),
  'retry-after-zero-storm': hurried(0),
  'no-growing-backoff': async (bench, isGood) => {
    listFails(bench, 6, 'absent');
    await retry(bench, 6, isGood ? doubling : (attempt) => 3 - attempt / 3);
  },
  'no-jitter': async (bench, isGood) => {
    listFails(bench, 6, 'absent');
    await retry(bench, 6, (attempt) => (isGood ? 2 + attempt / 2 : 2));
  },
  'retry-storm': async (bench, isGood) => {
    listFails(bench, 11, 'absent');
    await retry(bench, 11, isGood ? doubling : (attempt) => 0.2 + attempt / 10);
  },
};
