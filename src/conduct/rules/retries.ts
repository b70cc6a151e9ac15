import { isObject } from '../../base/json.ts';
import { type ConductClient, pairsOf, type Retry } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { waitBetween } from '../request.ts';
import { mayBeRetried, retryAfterOf } from '../retry-after.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { LONG } from './waiting.ts';

/** Statuses that the same request gets again. */
const PERMANENT: ReadonlySet<number> = new Set([400, 403, 405, 409, 411, 415, 422]);
/** Kinds of faults that only hold the response back. */
const WAITS: ReadonlySet<string> = new Set(['delay', 'hold']);
/** A repetition after this time, in milliseconds, is a new decision and no retry. */
const BURST = 60_000;

const both = (first: ConductRequest, second: ConductRequest, message: string): Breach => ({
  message,
  entries: [first.id, second.id],
});

/** Whether a rule fired that did more than hold the response back. */
const isDisturbed = ({ recorded, isAnswered }: ConductRequest): boolean =>
  recorded.fired !== undefined && (recorded.source === 'injected' || !WAITS.has(recorded.fired.kind) || !isAnswered);

/** The retries of requests, by the attempt that failed. */
const successors = ({ retries }: ConductClient): ReadonlyMap<ConductRequest, ConductRequest> => new Map(retries);

/** Whether a request tells the client about the state of an API. */
const isRead = ({ method }: ConductRequest): boolean => method === 'GET' || method === 'HEAD';

/** Whether the client chose the id of what it creates, so that the service rejects a second one. */
const hasOwnId = ({ json }: ConductRequest): boolean => isObject(json) && typeof json['id'] === 'string';

/** Whether the client had a new reason for a retry: something else succeeded in between. */
const hasNewReason = (client: ConductClient, retry: Retry): boolean =>
  client.between(retry, (other) => other.hasSucceeded && !other.isLogin && !other.isDiscovery) !== undefined;

/** Whether the client got to what it wanted after a request failed, or may have seen that it had got there. */
const hasRecovered = (client: ConductClient, last: ConductRequest): boolean => {
  const isGone = ({ method, path, status }: ConductRequest): boolean =>
    method === 'DELETE' && path === last.path && (status === 404 || status === 410);
  if (isGone(last) || client.after(last, isGone) !== undefined) return true;
  const isSame = (other: ConductRequest): boolean => other.recorded.operation === last.recorded.operation;
  if (client.after(last, (other) => other.hasSucceeded && isSame(other)) !== undefined) return true;
  const isUncertain = last.isOutcomeUnknown || last.tookEffectUnseen;
  return isUncertain && client.after(last, (other) => isRead(other) && other.hasSucceeded) !== undefined;
};

/** Rules on which requests a client repeats. */
export const retryRules: readonly ConductRule[] = [
  {
    id: 'retried-permanent-error',
    title: 'Do not repeat a request that the service has rejected for good',
    severity: 'warning',
    sources: [SOURCES.clientError],
    check: (client) =>
      judgeEach(client.chains, ({ attempts }) => {
        const rejected = attempts.filter(({ status }) => PERMANENT.has(status));
        const [first] = rejected;
        if (first === undefined) return undefined;
        const repeated = pairsOf(rejected).filter(
          (pair) => waitBetween(...pair) < BURST && !hasNewReason(client, pair),
        );
        if (repeated.length < 2) return null;
        const entries = rejected.map(({ id }) => id);
        return { message: `sent ${first.name} ${rejected.length} times, although it got ${first.status}`, entries };
      }),
  },
  {
    id: 'retried-not-idempotent',
    title: 'Do not repeat a POST whose outcome you do not know, unless you have checked',
    severity: 'error',
    sources: [SOURCES.idempotent],
    check: (client) => {
      const retries = successors(client);
      return judgeEach(client.requests, (request) => {
        if (request.isIdempotent || request.isLogin || hasOwnId(request) || !request.isOutcomeUnknown) return undefined;
        const next = retries.get(request);
        if (next === undefined) return null;
        const { dialect } = request.recorded;
        const checked = client.between([request, next], (other) => isRead(other) && other.recorded.dialect === dialect);
        if (checked !== undefined) return null;
        return both(request, next, `repeated ${request.name} without knowing whether it had taken effect`);
      });
    },
  },
  {
    id: 'not-retried',
    title: 'Repeat an idempotent request that failed for a moment',
    severity: 'info',
    sources: [SOURCES.idempotent, SOURCES.unavailable, SOURCES.incomplete],
    check: (client) =>
      judgeEach(client.chains, ({ attempts }) => {
        const [failed] = attempts;
        if (failed === undefined || !mayBeRetried(failed) || !failed.isIdempotent || failed.isData) return undefined;
        // A client that leaves on its own, or is told to wait very long, may give up.
        const header = retryAfterOf(failed);
        const isTooLong = 'milliseconds' in header && header.milliseconds > LONG;
        if (isTooLong || failed.recorded.outcome === 'client gone') return undefined;
        const isSame = ({ method, path }: ConductRequest): boolean => method === failed.method && path === failed.path;
        if ((client.after(failed, isSame) ?? client.before(failed, isSame)) !== undefined) return null;
        const status = failed.isAnswered ? String(failed.status) : 'a broken connection';
        return { message: `did not repeat ${failed.name} after ${status}`, entries: [failed.id] };
      }),
  },
  {
    id: 'duplicate-created',
    title: 'Look for what a lost response may have created before you create it again',
    severity: 'error',
    sources: [SOURCES.idempotent],
    check: (client) => {
      const retries = successors(client);
      return judgeEach(client.requests, (request) => {
        const creates = request.method === 'POST' && request.operation?.success === 201 && !request.isLogin;
        if (!creates || !request.tookEffectUnseen) return undefined;
        const next = retries.get(request);
        if (next?.status !== 201) return null;
        // What was created first may have been found, and deleted.
        const isDeletion = (other: ConductRequest): boolean => other.method === 'DELETE' && other.hasSucceeded;
        if (client.between([request, next], isDeletion) !== undefined) return null;
        return both(request, next, `created the same twice with ${request.name}`);
      });
    },
  },
  {
    id: 'conflict-retried-without-reading',
    title: 'Read the current state before you repeat a change that conflicted',
    severity: 'warning',
    sources: [SOURCES.conflict],
    check: (client) =>
      judgeEach(client.retries, ([failed, next]) => {
        if (failed.status !== 409 || failed.isUpload) return undefined;
        const hasRead = client.between([failed, next], isRead) !== undefined;
        return hasRead ? null : both(failed, next, `repeated ${failed.name} after 409 without reading in between`);
      }),
  },
  {
    id: 'fault-swallowed',
    title: 'Report a failure when a request that changes something fails for good',
    severity: 'error',
    sources: [SOURCES.clientError, SOURCES.incomplete],
    check: (client, { clientSucceeded }) =>
      judgeEach(clientSucceeded === undefined ? [] : client.chains, ({ attempts }) => {
        const last = attempts.at(-1) as ConductRequest;
        const fault = attempts.find(isDisturbed);
        if (fault === undefined || last.method === 'GET' || last.method === 'HEAD') return undefined;
        if (last.hasSucceeded || clientSucceeded !== true || hasRecovered(client, last)) return null;
        return { message: `reported success although ${last.name} never succeeded`, entries: [last.id] };
      }),
  },
];
