import { type CtrfReport, type CtrfTest, ctrfReport } from '../../coverage/formats/ctrf.ts';
import { countVerdicts, type PointResult, type SweepReport, scoreOf } from '../report.ts';
import { isFault, isJudged } from '../verdict.ts';

/** What a CTRF report says about the run. */
export interface SweepCtrfOptions {
  /** Version of Sideglance. */
  readonly version: string;
  /** When the report was made, in milliseconds since 1970. */
  readonly now: number;
}

/** Formats a report as CTRF: a test for each point. Points without a verdict about the client are skipped. */
export function sweepToCtrf(report: SweepReport, { version, now }: SweepCtrfOptions): CtrfReport {
  const { command, notRun, elsewhere, points } = report;
  const extra = { command, verdicts: countVerdicts(points), score: scoreOf(report) ?? null, notRun, elsewhere };
  return ctrfReport(points.map(toTest), { version, start: now, stop: now, extra });
}

function toTest(point: PointResult): CtrfTest {
  const { id, call, verdict, reason, milliseconds, recording, findings } = point;
  const passed = isJudged(verdict) ? ('passed' as const) : ('skipped' as const);
  return {
    name: id,
    status: isFault(verdict) ? 'failed' : passed,
    duration: milliseconds,
    suite: [call],
    message: `${verdict}: ${reason}`,
    extra: { verdict, findings, ...(recording !== undefined && { recording }) },
  };
}
