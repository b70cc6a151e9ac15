import {
  byCall,
  countVerdicts,
  gradeOf,
  type PointResult,
  type SweepReport,
  type SweepThresholds,
  scoreOf,
} from '../report.ts';
import { isFault, isJudged, SWEEP_VERDICTS, type SweepVerdict } from '../verdict.ts';

type Rows = readonly (readonly string[])[];

/** How reports are printed as text. */
export interface SweepTextOptions {
  readonly thresholds: SweepThresholds;
  /** Aligns the columns of rows. */
  table(rows: Rows): string;
}

/** Formats a report as text: a table of calls and verdicts, the points that need attention, and the score. */
export function sweepToText(report: SweepReport, { thresholds, table }: SweepTextOptions): string {
  const verdicts = usedVerdicts(report);
  const heading = ['CALL', 'POINTS', ...verdicts.map((verdict) => verdict.toUpperCase())];
  const calls = byCall(report).filter(({ points }) => points.length > 0);
  const rows = calls.map(({ call, points }) => [call.name, String(points.length), ...cellsOf(points, verdicts)]);
  const total = ['all', String(report.points.length), ...cellsOf(report.points, verdicts)];
  return [
    table([heading, ...rows, total]),
    pointsSection(report, table),
    changesSection(report, table),
    recordingsNote(report),
    ...report.baseline.notes.map((note) => `Note: ${note}.`),
    summaryOf(report, thresholds),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

/** The score and the number of points, in one line. */
export function summaryOf(report: SweepReport, thresholds: SweepThresholds): string {
  const score = scoreOf(report);
  const parts = [
    ...(report.notRun === 0 ? [] : [`; ${report.notRun} points were not run`]),
    ...(report.elsewhere === 0 ? [] : [`; ${report.elsewhere} points are in other shards`]),
  ];
  const rest = parts.join('');
  if (score === undefined) return `no point has a verdict about the client${rest}`;
  const judged = report.points.filter(({ verdict }) => isJudged(verdict)).length;
  const { handled } = countVerdicts(report.points);
  return `score ${score.toFixed(1)} % (${gradeOf(score, thresholds)}): ${handled} of ${judged} points handled${rest}`;
}

const usedVerdicts = ({ points }: SweepReport): readonly SweepVerdict[] => {
  const counts = countVerdicts(points);
  return SWEEP_VERDICTS.filter((verdict) => verdict === 'handled' || counts[verdict] > 0);
};

function cellsOf(points: readonly PointResult[], verdicts: readonly SweepVerdict[]): readonly string[] {
  const counts = countVerdicts(points);
  return verdicts.map((verdict) => (counts[verdict] === 0 ? '' : String(counts[verdict])));
}

function pointsSection({ points }: SweepReport, table: SweepTextOptions['table']): string {
  const rows = points
    .filter(({ verdict }) => isFault(verdict) || verdict === 'inconclusive')
    .map(({ verdict, id, reason }) => [verdict, id, reason]);
  return rows.length === 0 ? '' : table([['VERDICT', 'POINT', 'REASON'], ...rows]);
}

function recordingsNote({ points }: SweepReport): string {
  const files = points.flatMap(({ recording }) => recording ?? []);
  const [first] = files;
  return first === undefined ? '' : `Recordings: ${files.length} files beside ${first}`;
}

function changesSection({ points }: SweepReport, table: SweepTextOptions['table']): string {
  const rows = points.flatMap(({ id, verdict, previous }) => (previous === undefined ? [] : [[id, previous, verdict]]));
  return rows.length === 0 ? '' : `Changed since the earlier report:\n${table([['POINT', 'WAS', 'IS'], ...rows])}`;
}
