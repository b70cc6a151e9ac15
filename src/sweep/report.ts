import type { EndKind } from '../client-runs/command.ts';
import { isFault, isJudged, SWEEP_VERDICTS, type SweepVerdict } from './verdict.ts';

/** What came of one point. */
export interface PointResult {
  /** `image-v2.createImage#1/503@before`. */
  readonly id: string;
  /** `image-v2.createImage#1`. */
  readonly call: string;
  readonly fault: string;
  readonly phase: string;
  /** Digest of the call in the baseline. */
  readonly basis: string;
  readonly verdict: SweepVerdict;
  /** What shows the verdict, in one line. */
  readonly reason: string;
  readonly end: EndKind;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly milliseconds: number;
  /** Number of requests that the client sent. */
  readonly requests: number;
  /** Whether it wrote the same to standard output as without a fault; `null` if that varies. */
  readonly sameOutput: boolean | null;
  /** Ids of conduct rules that it broke, and does not break without a fault. */
  readonly findings: readonly string[];
  /** The last line on standard error. */
  readonly stderr: string;
  /** File of the recording; absent if there is none. */
  readonly recording?: string;
  /** The verdict in the file of `since`, if it was another one. */
  readonly previous?: SweepVerdict;
}

/** A call of the baseline, as a report shows it. */
export interface ReportedCall {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly basis: string;
}

/** The result of a sweep. */
export interface SweepReport {
  readonly command: readonly string[];
  /** Seed of the worlds. */
  readonly seed: string;
  readonly baseline: {
    readonly milliseconds: number;
    readonly calls: readonly ReportedCall[];
    readonly notes: readonly string[];
  };
  /** In the order of the calls. */
  readonly points: readonly PointResult[];
  /** Points that were selected and have not been run, for the budget or because the sweep was stopped. */
  readonly notRun: number;
  /** Points of other shards, which this report does not have; in a merged report, those that no report has. */
  readonly elsewhere: number;
}

/** Points by verdict. */
export type SweepCounts = Readonly<Record<SweepVerdict, number>>;

/** Counts the points of each verdict. */
export function countVerdicts(points: readonly Pick<PointResult, 'verdict'>[]): SweepCounts {
  const counts = Object.fromEntries(SWEEP_VERDICTS.map((verdict) => [verdict, 0])) as Record<SweepVerdict, number>;
  for (const { verdict } of points) counts[verdict] += 1;
  return counts;
}

/** The share of points that the client handled, in percent of those with a verdict about it; `undefined` if there is none. */
export function scoreOf({ points }: Pick<SweepReport, 'points'>): number | undefined {
  const judged = points.filter(({ verdict }) => isJudged(verdict));
  if (judged.length === 0) return undefined;
  return (100 * judged.filter(({ verdict }) => !isFault(verdict)).length) / judged.length;
}

/** Shares in percent at which a score is good, and below which it is bad or fails the build. */
export interface SweepThresholds {
  readonly high: number;
  readonly low: number;
  /** `undefined` never fails. */
  readonly break: number | undefined;
}

/** How a score compares with the thresholds. */
export function gradeOf(score: number, { high, low }: SweepThresholds): 'high' | 'medium' | 'low' {
  if (score >= high) return 'high';
  return score >= low ? 'medium' : 'low';
}

/** Points by call, in the order of the baseline. */
export function byCall({ baseline, points }: SweepReport): readonly {
  readonly call: ReportedCall;
  readonly points: readonly PointResult[];
}[] {
  return baseline.calls.map((call) => ({ call, points: points.filter((point) => point.call === call.name) }));
}
