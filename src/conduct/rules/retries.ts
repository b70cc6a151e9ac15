import type { ConductClient } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { waitBetween } from '../request.ts';
import { mayBeRetried } from '../retry-after.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Statuses that the same request gets again. */
const PERMANENT: ReadonlySet<number> = new Set([400, 403, 405, 409, 411, 415, 422]);
/** A repetition after this time, in milliseconds, is a new decision and no retry. */
const BURST = 60_000;

const both = (first: ConductRequest, second: ConductRequest, message: string): Breach => ({
  message,
  entries: [first.id, second.id],
});

/** The next attempt at a request whose outcome the client does not know. */
const resent = (client: ConductClient, request: ConductRequest): ConductRequest | undefined =>
  client.after(request, ({ key }) => key === request.key);

/** Rules on which requests a client repeats. */
export const retryRules: readonly ConductRule[] = [
  {
    id: 'retried-permanent-error',
    title: 'Do not repeat a request that the service has rejected for good',
    severity: 'warning',
    sources: [SOURCES.clientError],
    check: ({ chains }) =>
      judgeEach(chains, ({ attempts }) => {
        const rejected = attempts.filter(({ status }) => PERMANENT.has(status));
        const [first, second, third] = rejected;
        if (first === undefined) return undefined;
        if (second === undefined || third === undefined || waitBetween(first, third) > BURST) return null;
        const entries = rejected.map(({ id }) => id);
        return { message: `sent ${first.name} ${rejected.length} times, although it got ${first.status}`, entries };
      }),
  },
  {
    id: 'retried-not-idempotent',
    title: 'Do not repeat a POST whose outcome you do not know, unless you have checked',
    severity: 'error',
    sources: [SOURCES.idempotent],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        if (request.isIdempotent || request.isLogin || !request.isOutcomeUnknown) return undefined;
        const next = resent(client, request);
        if (next === undefined) return null;
        const checked = client.requests.some(
          ({ id, method, recorded }) =>
            id > request.id && id < next.id && method === 'GET' && recorded.dialect === request.recorded.dialect,
        );
        if (checked) return null;
        return both(request, next, `repeated ${request.name} without knowing whether it had taken effect`);
      }),
  },
  {
    id: 'not-retried',
    title: 'Repeat an idempotent request that failed for a moment',
    severity: 'info',
    sources: [SOURCES.idempotent, SOURCES.unavailable, SOURCES.incomplete],
    check: (client) =>
      judgeEach(client.chains, ({ attempts }) => {
        const last = attempts.at(-1) as ConductRequest;
        const failed = attempts.find((request) => mayBeRetried(request) && request.isIdempotent && !request.isUpload);
        if (failed === undefined) return undefined;
        if (attempts.length > 1 || last.hasSucceeded) return null;
        const status = failed.status === 0 ? 'no response' : String(failed.status);
        return { message: `did not repeat ${failed.name} after ${status}`, entries: [failed.id] };
      }),
  },
  {
    id: 'duplicate-created',
    title: 'Look for what a lost response may have created before you create it again',
    severity: 'error',
    sources: [SOURCES.idempotent],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        const creates = request.method === 'POST' && request.operation?.success === 201 && !request.isLogin;
        if (!creates || !request.tookEffectUnseen) return undefined;
        const next = client.after(request, ({ key, status }) => key === request.key && status === 201);
        return next === undefined ? null : both(request, next, `created the same twice with ${request.name}`);
      }),
  },
  {
    id: 'conflict-retried-without-reading',
    title: 'Read the current state before you repeat a change that conflicted',
    severity: 'warning',
    sources: [SOURCES.conflict],
    check: (client) =>
      judgeEach(client.retries, ([failed, next]) => {
        if (failed.status !== 409 || failed.isUpload) return undefined;
        const hasRead = client.requests.some(
          ({ id, method }) => id > failed.id && id < next.id && (method === 'GET' || method === 'HEAD'),
        );
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
        const fault = attempts.find(({ recorded }) => recorded.fired !== undefined);
        if (fault === undefined || last.method === 'GET' || last.method === 'HEAD') return undefined;
        if (last.hasSucceeded || clientSucceeded !== true) return null;
        return { message: `reported success although ${last.name} never succeeded`, entries: [last.id] };
      }),
  },
];
