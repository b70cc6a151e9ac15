import type { CoverageReport } from '../coverage/report.ts';
import type { AdminContext } from './operation.ts';
import { AdminError } from './problems.ts';

/** Whose coverage. */
export interface CoverageQuery {
  /** `all`: of all worlds since the process started, dropped and reset ones included; of one world when omitted. */
  readonly worlds?: 'all' | undefined;
}

/**
 * Returns the coverage of a world, or of the whole process.
 * @throws AdminError if coverage is off, because a report without any counts would look like one of an idle client.
 */
export function readCoverage({ world, host }: AdminContext, { worlds }: CoverageQuery): CoverageReport {
  if (world.coverage.isOff) throw new AdminError(409, 'Coverage is off. Start without "--coverage off".');
  return (worlds === 'all' ? host.worlds.totalCoverage() : world.coverage).report();
}

/** Resets the coverage of a world, or of the whole process. */
export function clearCoverage({ world, host }: AdminContext, { worlds }: CoverageQuery): void {
  if (worlds === 'all') host.worlds.clearCoverage();
  else world.coverage.clear();
}
