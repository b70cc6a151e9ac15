import { canonical } from '../base/json-value.ts';
import { InputError } from '../input/input-error.ts';
import type { PointResult, SweepReport } from './report.ts';

/** A report and the name of its file, for errors. */
export interface NamedReport {
  readonly place: string;
  readonly report: SweepReport;
}

/**
 * Adds up the reports of several shards of one sweep. A point that several have counts once, with the latest result.
 * @throws InputError for reports of different commands, seeds or calls.
 */
export function mergeSweepReports(reports: readonly NamedReport[]): SweepReport {
  const [first] = reports;
  if (first === undefined) {
    throw new InputError('merge', [{ pointer: '', message: 'has nothing to add up', allowed: 'one or more reports' }]);
  }
  for (const other of reports) assertAlike(first, other);
  const order = new Map(first.report.baseline.calls.map(({ name }, index) => [name, index]));
  const points = new Map<string, PointResult>();
  for (const { report } of reports) for (const point of report.points) points.set(point.id, point);
  return {
    ...first.report,
    points: [...points.values()].sort((left, right) => (order.get(left.call) ?? 0) - (order.get(right.call) ?? 0)),
    ...countMissing(reports, points.size),
  };
}

/** Counts the points that have no result: those that a shard did not run, and those of shards whose reports are missing. */
function countMissing(reports: readonly NamedReport[], found: number): Pick<SweepReport, 'notRun' | 'elsewhere'> {
  const notRun = reports.reduce((sum, { report }) => sum + report.notRun, 0);
  const all = reports.map(({ report }) => report.points.length + report.notRun + report.elsewhere);
  const elsewhere = Math.max(0, Math.max(...all) - found - notRun);
  return { notRun, elsewhere };
}

function assertAlike({ place, report }: NamedReport, other: NamedReport): void {
  const parts = [
    ['/command', report.command, other.report.command],
    ['/seed', report.seed, other.report.seed],
    ['/baseline/calls', callNames(report), callNames(other.report)],
  ] as const;
  const [pointer, allowed, found] = parts.find(([, left, right]) => canonical(left) !== canonical(right)) ?? [];
  if (pointer === undefined) return;
  throw new InputError(other.place, [
    { pointer, message: `differs from that of ${place}`, found, allowed: JSON.stringify(allowed) },
  ]);
}

const callNames = ({ baseline }: SweepReport): readonly string[] => baseline.calls.map(({ name }) => name);
