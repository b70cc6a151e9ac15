import { makeBadge } from 'badge-maker';
import { type CoverageReport, mainTotals, percentOf } from '../report.ts';

/** Colors from this share on, in percent. */
const COLORS: readonly (readonly [number, string])[] = [
  [90, 'brightgreen'],
  [75, 'green'],
  [50, 'yellow'],
  [25, 'orange'],
  [0, 'red'],
];

/** Formats the share of documented responses that were returned as an SVG badge. */
export function toBadge(report: CoverageReport): string {
  const share = percentOf(mainTotals(report));
  const [, color] = COLORS.find(([from]) => share >= from) ?? [0, 'red'];
  return makeBadge({ label: 'responses met', message: `${Math.floor(share)}%`, color });
}
