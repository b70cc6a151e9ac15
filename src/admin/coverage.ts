import type { CoverageReport } from '../coverage/report.ts';
import type { AdminContext } from './operation.ts';

/** Whose coverage. */
export interface CoverageQuery {
  /** `all`: of all worlds since the process started, dropped and reset ones included; of one world when omitted. */
  readonly worlds?: 'all' | undefined;
}

/** Returns the coverage of a world, or of the whole process. */
export const readCoverage = ({ world, host }: AdminContext, { worlds }: CoverageQuery): CoverageReport =>
  (worlds === 'all' ? host.worlds.totalCoverage() : world.coverage).report();

/** Resets the coverage of a world, or of the whole process. */
export function clearCoverage({ world, host }: AdminContext, { worlds }: CoverageQuery): void {
  if (worlds === 'all') host.worlds.clearCoverage();
  else world.coverage.clear();
}
