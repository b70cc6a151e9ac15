/** Verdicts on how a client takes one fault, in the order of reports. `docs/sweep.md` defines each of them. */
export const SWEEP_VERDICTS = [
  'handled',
  'survived',
  'crashed',
  'hung',
  'leaked',
  'duplicated',
  'lost data',
  'not reached',
  'inconclusive',
] as const;

/** One of `SWEEP_VERDICTS`. */
export type SweepVerdict = (typeof SWEEP_VERDICTS)[number];

/** Verdicts that say nothing about the client. */
const UNJUDGED: ReadonlySet<SweepVerdict> = new Set(['not reached', 'inconclusive']);

/** Whether a verdict says something about the client. */
export const isJudged = (verdict: SweepVerdict): boolean => !UNJUDGED.has(verdict);

/** Whether a verdict says that the client has to be mended. */
export const isFault = (verdict: SweepVerdict): boolean => isJudged(verdict) && verdict !== 'handled';
