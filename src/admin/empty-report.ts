import { Coverage } from '../coverage/coverage.ts';
import type { CoverageReport } from '../coverage/report.ts';
import { DIALECTS } from '../dialects/index.ts';

/** Returns a report with all documented cells, none of which was returned. */
export const emptyReport = (): CoverageReport => new Coverage(DIALECTS.map(({ contract }) => contract)).report();
