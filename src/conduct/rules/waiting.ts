import { pairsOf, type Retry } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { seconds, waitBetween } from '../request.ts';
import { mayBeRetried, type RetryAfterHeader, retryAfterOf } from '../retry-after.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Waits may be shorter by this factor and this time, in milliseconds: clocks are coarse, and Retry-After is in seconds. */
const TOLERANCE = { factor: 0.9, milliseconds: 50 };
/** A client need not wait longer than this before it gives up or asks again, in milliseconds. */
export const LONG = 10 * 60 * 1000;
/** Retries closer together than this hammer the service, in milliseconds. */
const HAMMERING = 50;

/** Judges the wait after a response with a Retry-After of some kind. */
const waitRule = (
  rule: Omit<ConductRule, 'check' | 'sources' | 'severity'>,
  requiredWait: (header: RetryAfterHeader) => number | undefined,
): ConductRule => ({
  ...rule,
  severity: 'error',
  sources: [SOURCES.retryAfter],
  check: (client) =>
    judgeEach(client.retries, (pair) => {
      const required = requiredWait(retryAfterOf(pair[0]));
      // A client that gives up, and later wants the same again, does not retry.
      const hasMovedOn = required === LONG && client.between(pair, ({ hasSucceeded }) => hasSucceeded) !== undefined;
      if (hasMovedOn) return null;
      return required === undefined ? undefined : tooEarly(pair, required);
    }),
});

function tooEarly([failed, next]: Retry, required: number): Breach | null {
  const waited = waitBetween(failed, next);
  if (waited >= required * TOLERANCE.factor - TOLERANCE.milliseconds) return null;
  const message = `repeated ${failed.name} after ${seconds(waited)}, although Retry-After asked to wait ${seconds(required)}`;
  return { message, entries: [failed.id, next.id] };
}

const withinReason =
  (form: 'seconds' | 'date') =>
  (header: RetryAfterHeader): number | undefined =>
    header.form === form && header.milliseconds > 0 && header.milliseconds <= LONG ? header.milliseconds : undefined;

/** Judges whether the client backs off after a response whose Retry-After does not tell how long to wait. */
const backOffRule = (
  rule: Omit<ConductRule, 'check' | 'sources' | 'severity'>,
  applies: (header: RetryAfterHeader) => boolean,
): ConductRule => ({
  ...rule,
  severity: 'warning',
  sources: [SOURCES.retryAfter, SOURCES.backoff],
  check: ({ chains }) =>
    judgeEach(chains, ({ attempts }) => {
      const pairs = pairsOf(attempts).filter(([failed]) => mayBeRetried(failed) && applies(retryAfterOf(failed)));
      if (pairs.length < 2) return undefined;
      const hasty = pairs.filter((pair) => waitBetween(...pair) < HAMMERING);
      if (hasty.length < 2 || hasty.length < pairs.length / 2) return null;
      const entries = [...new Set(hasty.flat().map(({ id }) => id))];
      const message = `repeated ${attempts[0]?.name} ${hasty.length} times within ${HAMMERING} ms of a failure`;
      return { message, entries };
    }),
});

/** Waits of a request that was repeated because the service asked for it or failed. */
const waitsOf = (attempts: readonly ConductRequest[]): readonly number[] =>
  pairsOf(attempts)
    .filter(([failed]) => mayBeRetried(failed))
    .map((pair) => waitBetween(...pair));

const idsOf = (attempts: readonly ConductRequest[]): readonly number[] => attempts.map(({ id }) => id);

/** Rules on how long a client waits before it repeats a request. */
export const waitingRules: readonly ConductRule[] = [
  waitRule(
    {
      id: 'retry-after-seconds-ignored',
      title: 'Wait as many seconds as Retry-After says before you repeat a request',
    },
    withinReason('seconds'),
  ),
  waitRule(
    { id: 'retry-after-date-ignored', title: 'Wait until the date in Retry-After before you repeat a request' },
    withinReason('date'),
  ),
  waitRule(
    {
      id: 'retry-after-huge-ignored',
      title: 'Give up, or wait at least ten minutes, when Retry-After asks for more than ten minutes',
    },
    (header) =>
      (header.form === 'seconds' || header.form === 'date') && header.milliseconds > LONG ? LONG : undefined,
  ),
  backOffRule(
    { id: 'retry-after-absent-no-backoff', title: 'Back off between retries when there is no Retry-After' },
    ({ form }) => form === 'absent',
  ),
  backOffRule(
    { id: 'retry-after-malformed-no-backoff', title: 'Back off between retries when Retry-After is malformed' },
    ({ form }) => form === 'malformed',
  ),
  backOffRule(
    { id: 'retry-after-zero-storm', title: 'Back off when Retry-After: 0 is followed by another failure' },
    (header) => 'milliseconds' in header && header.milliseconds <= 0,
  ),
  {
    id: 'no-growing-backoff',
    title: 'Wait longer after each failure',
    severity: 'info',
    sources: [SOURCES.backoff],
    check: ({ chains }) =>
      judgeEach(chains, ({ attempts }) => {
        const asked = attempts.some((attempt) => 'milliseconds' in retryAfterOf(attempt));
        const waits = waitsOf(attempts);
        if (asked || waits.length < 4) return undefined;
        const middle = Math.floor(waits.length / 2);
        const [first, last] = [Math.min(...waits.slice(0, middle)), Math.max(...waits.slice(middle))];
        if (last > first * 1.2) return null;
        const message = `waited at least ${seconds(first)} before the first retries of ${attempts[0]?.name} and at most ${seconds(last)} before the last of ${waits.length}`;
        return { message, entries: idsOf(attempts) };
      }),
  },
  {
    id: 'no-jitter',
    title: 'Vary the time between retries, so that clients do not retry in step',
    severity: 'info',
    sources: [SOURCES.backoff],
    check: ({ chains }) =>
      judgeEach(chains, ({ attempts }) => {
        const waits = waitsOf(attempts);
        if (waits.length < 5 || attempts.some((attempt) => 'milliseconds' in retryAfterOf(attempt))) return undefined;
        const [least, most] = [Math.min(...waits), Math.max(...waits)];
        if (least < 1000 || most - least > least * 0.01) return null;
        return { message: `retried ${attempts[0]?.name} every ${seconds(least)} exactly`, entries: idsOf(attempts) };
      }),
  },
  {
    id: 'retry-storm',
    title: 'Stop after a few attempts within a short time',
    severity: 'error',
    sources: [SOURCES.backoff, SOURCES.unavailable, SOURCES.tooMany],
    check: ({ chains }) =>
      judgeEach(chains, ({ attempts }) => {
        const failed = attempts.filter((attempt, at) => mayBeRetried(attempt) || at === attempts.length - 1);
        if (failed.length < 3) return undefined;
        const window = 10;
        for (let at = window; at < failed.length; at += 1) {
          const burst = failed.slice(at - window, at + 1);
          const took = waitBetween(burst[0] as ConductRequest, burst.at(-1) as ConductRequest);
          if (took >= 10_000) continue;
          return {
            message: `sent ${attempts[0]?.name} ${window + 1} times in ${seconds(took)}`,
            entries: idsOf(burst),
          };
        }
        return null;
      }),
  },
];
