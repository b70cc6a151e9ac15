import type { Cell, ObservedCell, Totals } from '../coverage/coverage.ts';
import type { World } from '../world/world.ts';

/** Which documented responses a world has returned. */
export interface CoverageView {
  /** One cell for each documented status of each operation. */
  readonly cells: readonly Cell[];
  readonly totals: Totals;
  /** Undocumented responses of proxies. */
  readonly observed: readonly ObservedCell[];
}

/** Returns the coverage of a world. */
export const readCoverage = ({ coverage }: World): CoverageView => ({
  cells: coverage.cells(),
  totals: coverage.totals(),
  observed: coverage.observed(),
});
