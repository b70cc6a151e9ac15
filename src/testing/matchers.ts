import {
  type Cell,
  type ConductFinding,
  type ConductReport,
  compileGlob,
  InputError,
  isReceived,
  type NearMiss,
  nameOf,
  type OperationPattern,
  type RequestPattern,
  type StatusClass,
  type Verdict,
  type WorldMethods,
} from '../index.ts';
import type { Outcome } from './outcome.ts';

/** A world, or the cloud for its world `default`. */
export type Subject = WorldMethods & { readonly name?: string };

/** Expected number of requests; at least 1 when no number is given. */
export interface RequestCount {
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Which conduct rules are applied. */
export interface ConductExpectation {
  /** Ids of rules to leave out. */
  readonly ignore?: readonly string[];
  /** Ids of the only rules to apply. */
  readonly only?: readonly string[];
  /** What the client reported in the end. Some rules need to know it. */
  readonly client?: 'success' | 'failure';
}

/**
 * Checks whether the client received a response, natural or injected.
 * @param operation - `image-v2.deleteImage`, or a glob such as `*.deleteImage`.
 * @param status - a status, or a class such as `5xx`.
 * @throws InputError for an unknown operation and an invalid status.
 */
export function toHaveMet(world: Subject, operation: OperationPattern, status: number | StatusClass): Outcome {
  if (!/^([1-5]\d\d|[1-5]xx)$/.test(String(status))) {
    const allowed = 'a status from 100 to 599, or a class from 1xx to 5xx';
    throw new InputError('toHaveMet', [{ pointer: '/status', message: 'is no status', found: status, allowed }]);
  }
  const complete = world.requests.verify({ requests: { operation, status, outcome: 'complete' } });
  const cells = receivedCells(world, operation);
  const isMet = complete.result === 'yes' || cells.some((cell) => fitsStatus(cell.status, status));
  const isPending = world.requests.verify({ requests: { operation, outcome: 'pending' } }).result === 'yes';
  const expected = `the client received ${operation} ${status}`;
  const found = describeCells(cells, operation);
  if (isMet) return { result: 'yes', expected, found };
  if (isPending) return { result: 'inconclusive', expected, found: `A response is still being sent. So far: ${found}` };
  return { result: complete.result, expected, found: complete.result === 'no' ? found : complete.message };
}

/**
 * Checks how many requests matched a pattern.
 * @throws InputError for an invalid pattern or count, and an unknown operation.
 */
export function toHaveReceived(world: Subject, pattern: RequestPattern, count: RequestCount = {}): Outcome {
  const verdict = world.requests.verify({ requests: pattern, ...count });
  const expected = `Sideglance received ${describeCount(count)} like ${JSON.stringify(pattern)}`;
  return { result: verdict.result, expected, found: describeVerdict(verdict) };
}

/** Rules on clients that do not wait for Retry-After. */
const RETRY_AFTER_RULES = ['retry-after-seconds-ignored', 'retry-after-date-ignored', 'retry-after-huge-ignored'];

/** Checks whether the client waited as long as Retry-After said before it repeated a request. */
export function toHaveWaitedForRetryAfter(world: Subject): Outcome {
  const report = world.conduct({ only: RETRY_AFTER_RULES.join(',') });
  const expected = 'the client waited for Retry-After before it repeated a request';
  if (report.findings.length > 0) return { result: 'no', expected, found: describeFindings(report.findings) };
  if (report.verdict !== 'pass') {
    const none = 'The client received no response with Retry-After, or did not repeat a request after one.';
    return { result: 'inconclusive', expected, found: doubtOf(report) ?? none };
  }
  return { result: 'yes', expected, found: 'it waited each time.' };
}

/**
 * Checks whether the client broke none of the conduct rules.
 * @throws InputError for an unknown rule.
 */
export function toHaveNoConductFindings(world: Subject, expectation: ConductExpectation = {}): Outcome {
  const { ignore, only, client } = expectation;
  const report = world.conduct({
    ...(ignore !== undefined && ignore.length > 0 && { ignore: ignore.join(',') }),
    ...(only !== undefined && { only: only.join(',') }),
    client,
  });
  const expected = 'the client broke no conduct rule';
  if (report.findings.length > 0) return { result: 'no', expected, found: describeFindings(report.findings) };
  if (report.verdict !== 'pass') {
    return { result: 'inconclusive', expected, found: doubtOf(report) ?? 'No rule had an opportunity to be broken.' };
  }
  const applied = report.rules.filter(({ opportunities }) => opportunities > 0).length;
  return { result: 'yes', expected, found: `no finding; ${applied} rules had an opportunity to be broken.` };
}

/** The matchers, by name. */
export const MATCHERS = { toHaveMet, toHaveReceived, toHaveWaitedForRetryAfter, toHaveNoConductFindings };

/** Rules with an opportunity and without a verdict: the journal has dropped what they need. */
const doubtOf = ({ rules }: ConductReport): string | undefined =>
  rules.some(({ verdict, opportunities }) => verdict === 'inconclusive' && opportunities > 0)
    ? 'The journal has dropped requests.'
    : undefined;

function receivedCells(world: Subject, operation: string): readonly Cell[] {
  const { cells, undocumented } = world.coverage();
  const isNamed = compileGlob(operation);
  return [...cells, ...undocumented].filter((cell) => isReceived(cell) && isNamed(`${cell.dialect}.${cell.operation}`));
}

const fitsStatus = (status: number, wanted: number | string): boolean =>
  String(wanted).endsWith('xx') ? String(status)[0] === String(wanted)[0] : status === Number(wanted);

function describeCells(cells: readonly Cell[], operation: string): string {
  if (cells.length === 0) return `it received no response of ${operation}.`;
  const lines = cells.map((cell) => {
    const count = cell.natural + cell.byProfile + cell.injected;
    return `${nameOf(cell)}: ${count === 1 ? 'once' : `${count} times`}`;
  });
  return ['it received', ...lines].join('\n  ');
}

function describeCount({ exactly, atLeast, atMost }: RequestCount): string {
  if (exactly !== undefined) return `exactly ${exactly} requests`;
  const least = atLeast ?? (atMost === undefined ? 1 : undefined);
  const bounds = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return `${bounds.join(' and ')} requests`;
}

function describeVerdict({ message, requests, nearest }: Verdict): string {
  const matching = requests.length === 0 ? [] : [`matching: ${requests.map((id) => `#${id}`).join(', ')}`];
  return [message, ...matching, ...nearest.flatMap(describeNearMiss)].join('\n  ');
}

const describeNearMiss = ({ id, method, url, status, differences }: NearMiss): readonly string[] => [
  `near miss #${id}: ${method} ${url} -> ${status}`,
  ...differences.map(
    ({ field, expected, found }) => `  ${field}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
  ),
];

const describeFindings = (findings: readonly ConductFinding[]): string =>
  [
    `${findings.length} findings`,
    ...findings.map(
      ({ rule, severity, message, entries }) =>
        `${severity} ${rule}: ${message} (requests ${entries.map((id) => `#${id}`).join(', ')})`,
    ),
  ].join('\n  ');
