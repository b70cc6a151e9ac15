import { type ConformReport, type ConformVerdict, isJudgedCase, regressionsOf } from '../index.ts';
import { CommandError } from './client.ts';

/** Verdicts that `--fail-on` can name besides `fail`, which always counts. */
export const FAIL_ON = ['fail', 'warn', 'inconclusive', 'unsupported'] as const satisfies readonly ConformVerdict[];

/** When the results of a client are not good enough. */
export interface ConformGate {
  /** Earlier results; only cases that got worse count then. */
  readonly baseline: ConformReport | undefined;
  /** Verdicts that are not good enough, besides `fail`. */
  readonly failOn: readonly ConformVerdict[];
  /** Number of cases that need a verdict about the client: pass, warn or fail. */
  readonly minJudged: number;
}

/** Exit code when a case failed or got worse, or when too few cases say something about the client. */
const FAILED = 4;

/**
 * Checks the results of a client, and prints the cases that got worse.
 * @throws CommandError with exit code 4 when they are not good enough.
 */
export function assertGood(report: ConformReport, gate: ConformGate, print: (line: string) => void): void {
  const judged = report.results.filter(({ verdict }) => isJudgedCase(verdict)).length;
  const worse = gate.baseline === undefined ? [] : compare(report, gate.baseline, print);
  const bad = gate.baseline === undefined ? countOf(report, ['fail', ...gate.failOn]) : worse.length;
  if (judged < gate.minJudged) throw new CommandError(tooFew(judged, report, gate), FAILED);
  if (bad > 0) throw new CommandError('', FAILED);
}

/** Prints how a report differs from an earlier one. Returns the cases that got worse. */
function compare(report: ConformReport, baseline: ConformReport, print: (line: string) => void): readonly string[] {
  const worse = regressionsOf(report, baseline);
  for (const id of worse) print(`worse than in the baseline: ${id}`);
  const known = new Set(baseline.results.map(({ case: id }) => id));
  const added = report.results.filter(({ case: id }) => !known.has(id));
  if (added.length > 0) {
    print(
      `not in the baseline: ${added.length} cases, ${added.filter(({ verdict }) => verdict === 'fail').length} fail`,
    );
  }
  const played = new Set(report.results.map(({ case: id }) => id));
  const left = [...known].filter((id) => !played.has(id)).length;
  if (left > 0) print(`not played, but in the baseline: ${left} cases`);
  return worse;
}

const countOf = ({ results }: ConformReport, verdicts: readonly ConformVerdict[]): number =>
  results.filter(({ verdict }) => verdicts.includes(verdict)).length;

function tooFew(judged: number, { results, totals }: ConformReport, { minJudged }: ConformGate): string {
  const what = `${judged} of ${results.length} cases say something about the client (pass, warn or fail)`;
  const others = `${totals.inconclusive} are inconclusive, ${totals.unsupported} unsupported`;
  return `${what}, fewer than --min-judged ${minJudged}: ${others}`;
}
