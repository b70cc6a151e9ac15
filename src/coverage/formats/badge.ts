import { createRequire } from 'node:module';
import { type CoverageReport, mainTotals, percentOf } from '../report.ts';

// Loaded when needed: its font metrics take as long to load as the rest of a start.
const load = createRequire(import.meta.url);

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
  const { makeBadge } = load('badge-maker') as typeof import('badge-maker');
  return makeBadge({ label: 'responses met', message: `${Math.floor(share)}%`, color });
}
