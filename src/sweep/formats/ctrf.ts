import type { CtrfReport, CtrfTest } from '../../coverage/formats/ctrf.ts';
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
  const tests = report.points.map(toTest);
  const count = (status: CtrfTest['status']): number => tests.filter((test) => test.status === status).length;
  const { command, notRun } = report;
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(now).toISOString(),
    generatedBy: `sideglance ${version}`,
    results: {
      tool: { name: 'sideglance', version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        start: now,
        stop: now,
      },
      tests,
      extra: { command, verdicts: countVerdicts(report.points), score: scoreOf(report) ?? null, notRun },
    },
  };
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
