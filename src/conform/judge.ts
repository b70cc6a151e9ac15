import type { ConductFinding } from '../conduct/analyze.ts';
import type { WorldControl } from '../library/world-control.ts';
import type { Checks, ConformCase } from './case.ts';
import { CASE_SCENARIO } from './case-world.ts';
import { checkImages } from './check-images.ts';
import { checkOutput } from './check-output.ts';
import { checkRequests } from './check-requests.ts';
import type { FinishedRun } from './finished-run.ts';
import type { ConformVerdict, ExitOf, Reason } from './result.ts';

/** The verdict on one run, with its reasons. */
export interface Judged {
  readonly verdict: ConformVerdict;
  readonly reasons: readonly Reason[];
  readonly notes: readonly string[];
  readonly fired: readonly number[];
}

/** A program exits with this code when it has no such task, as a shell does for an unknown command. */
export const UNSUPPORTED = 127;

/** Judges what a client did in the world of a case, by the journal, by conduct and by the state that it left. */
export function judgeCase(one: ConformCase, world: WorldControl, run: FinishedRun): Judged {
  const fired = firedIn(one, world);
  const judged = (verdict: ConformVerdict, reasons: readonly Reason[] = [], notes: readonly string[] = []): Judged => ({
    verdict,
    reasons,
    notes,
    fired,
  });
  if (run.exit.code === UNSUPPORTED && !run.exit.timedOut) return judged('unsupported');
  const missing = whatDidNotHappen(one, world, fired);
  if (missing.length > 0) return judged('inconclusive', missing);
  const { failures, warnings, unknown, notes } = checkAll(one, world, run);
  if (failures.length > 0) return judged('fail', failures, notes);
  if (unknown.length > 0) return judged('inconclusive', unknown, notes);
  return warnings.length > 0 ? judged('warn', warnings, notes) : judged('pass', [], notes);
}

const firedIn = ({ faults }: ConformCase, world: WorldControl): readonly number[] =>
  faults.length === 0 ? [] : world.scenarios.get(CASE_SCENARIO).ruleHits.map(({ fired }) => fired);

/** Faults that did not fire, and requests that the client did not get to: without them a case says nothing. */
function whatDidNotHappen(
  { met, faults }: ConformCase,
  world: WorldControl,
  fired: readonly number[],
): readonly Reason[] {
  const { dropped } = world.requests.list({ limit: 1 });
  const silent = faults.flatMap((_fault, at): readonly Reason[] =>
    (fired[at] ?? 0) > 0 ? [] : [{ check: 'fault', message: `fault ${at + 1} of the case did not fire` }],
  );
  const notMet = met.flatMap((pattern): readonly Reason[] => {
    const { result } = world.requests.verify({ requests: pattern });
    return result === 'yes' ? [] : [{ check: 'fault', message: `no request matches ${JSON.stringify(pattern)}` }];
  });
  const lost: readonly Reason[] =
    dropped === 0 ? [] : [{ check: 'fault', message: `the journal has dropped ${dropped} requests` }];
  return [...silent, ...notMet, ...lost];
}

/** What the checks of a case found. */
interface Found {
  readonly failures: readonly Reason[];
  readonly warnings: readonly Reason[];
  readonly unknown: readonly Reason[];
  readonly notes: readonly string[];
}

function checkAll(one: ConformCase, world: WorldControl, run: FinishedRun): Found {
  const hasSucceeded = run.exit.code === 0 && !run.exit.timedOut;
  const { succeeded, failed, ...always } = one.expect;
  const special = (hasSucceeded ? succeeded : failed) ?? {};
  const checks: Checks = { ...always, ...special, requests: [...(always.requests ?? []), ...(special.requests ?? [])] };
  const requests = checkRequests(checks.requests ?? [], world, run.origin.targetId);
  const conduct = judgeConduct(one, world, hasSucceeded);
  return {
    failures: [
      ...checkExit(one, run.exit, hasSucceeded),
      ...requests.failures,
      ...conduct.failures,
      ...checkImages(checks, one, run),
      ...checkOutput(checks.output, run),
    ],
    warnings: conduct.warnings,
    unknown: requests.unknown,
    notes: conduct.notes,
  };
}

function checkExit({ expect, inputs }: ConformCase, exit: ExitOf, hasSucceeded: boolean): readonly Reason[] {
  if (exit.timedOut) return [{ check: 'time', message: `the client did not end within ${inputs.timeout} s` }];
  if (exit.signal !== null) return [{ check: 'exit', message: `the client was ended by ${exit.signal}` }];
  if (expect.exit === 'either' || hasSucceeded === (expect.exit === 'success')) return [];
  const found = hasSucceeded ? 'success' : `a failure (exit code ${exit.code})`;
  return [{ check: 'exit', message: `the client reported ${found}; a correct client reports ${EXITS[expect.exit]}` }];
}

const EXITS = { success: 'success', failure: 'a failure' } as const;

function judgeConduct(one: ConformCase, world: WorldControl, hasSucceeded: boolean): Omit<Found, 'unknown'> {
  const { conduct = [], ignore = [] } = one.expect;
  const { findings } = world.conduct({
    client: hasSucceeded ? 'success' : 'failure',
    sequential: true,
    ...(ignore.length > 0 && { ignore: ignore.join(',') }),
  });
  const decisive = new Set(conduct);
  const isFailure = ({ rule, severity }: ConductFinding): boolean => severity === 'error' || decisive.has(rule);
  const others = findings.filter((finding) => !isFailure(finding));
  return {
    failures: findings.filter(isFailure).map(toReason),
    warnings: others.filter(({ severity }) => severity === 'warning').map(toReason),
    notes: [...new Set(others.filter(({ severity }) => severity === 'info').map(({ rule }) => rule))],
  };
}

const toReason = ({ rule, message, entries }: ConductFinding): Reason => ({ check: 'conduct', rule, message, entries });
