import type { Difference } from '../../scripts/conformance/compare.ts';

/** A difference from the running service that is there on purpose. */
export interface KnownDifference {
  /** Name of the request list. */
  readonly list: string;
  /** Ids of the steps. */
  readonly steps: readonly string[];
  /** What differs: `status`, `header vary`, `body/...` and all below; everything when left out. */
  readonly what?: string;
  readonly reason: string;
}

/** The one that explains a difference, if there is one. */
export const findKnown = (
  known: readonly KnownDifference[],
  list: string,
  { step, what }: Difference,
): KnownDifference | undefined =>
  known.find(
    (each) =>
      each.list === list &&
      each.steps.includes(step) &&
      (each.what === undefined || what === each.what || what.startsWith(`${each.what}/`)),
  );

/** All of them; the NOTES.md of the dialect tells more. */
export const KNOWN: readonly KnownDifference[] = [];
