import { attributes, junitText } from '../../coverage/formats/junit-text.ts';
import { byCall, type PointResult, type SweepReport } from '../report.ts';
import { isFault, isJudged } from '../verdict.ts';

/**
 * Formats a report as JUnit XML: a test suite for each call, and a test case for each point. Points without a verdict about
 * the client are skipped.
 */
export function sweepToJunit(report: SweepReport): string {
  const suites = byCall(report)
    .filter(({ points }) => points.length > 0)
    .map(({ call, points }) => ({
      ...attributes({ name: call.name, ...countsOf(points) }),
      testcase: points.map(testOf),
    }));
  return junitText({ ...attributes(countsOf(report.points)), testsuite: suites });
}

function testOf({ call, fault, phase, verdict, reason, milliseconds }: PointResult): object {
  const test = attributes({ classname: call, name: `${fault}@${phase}`, time: milliseconds / 1000 });
  const message = attributes({ message: `${verdict}: ${reason}` });
  if (isFault(verdict)) return { ...test, failure: { ...message, ...attributes({ type: verdict }) } };
  return isJudged(verdict) ? test : { ...test, skipped: message };
}

const countsOf = (points: readonly PointResult[]): Readonly<Record<string, number>> => ({
  tests: points.length,
  failures: points.filter(({ verdict }) => isFault(verdict)).length,
  errors: 0,
  skipped: points.filter(({ verdict }) => !isJudged(verdict)).length,
  time: points.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000,
});
