import type { ConductClient } from '../client.ts';
import { Groups } from '../groups.ts';
import { type ConductRequest, waitBetween } from '../request.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

const single = (request: ConductRequest, message: string): Breach => ({ message, entries: [request.id] });

/** Whether an Accept header allows JSON. */
const acceptsJson = (accept: string): boolean =>
  accept.split(',').some((range) => /^\s*(?:\*\/\*|application\/(?:\*|json|[\w.+-]*json)|text\/\*)/i.test(range));

const isJsonReply = (request: ConductRequest): boolean =>
  request.recorded.responseBody.size > 0 && /json/i.test(request.responseHeader('content-type') ?? '');

/** Connections with their requests. */
function connections({ requests }: ConductClient): ReadonlyMap<number, readonly ConductRequest[]> {
  const all = new Groups<number, ConductRequest>();
  for (const request of requests) all.add(request.recorded.connection, request);
  return all;
}

/** Idle connections may be closed after this time, in milliseconds. */
const IDLE = 4000;

/** Connections that were opened although the client had just used another one, which was free. */
function avoidable(client: ConductClient): readonly (readonly ConductRequest[])[] {
  const all = [...connections(client).values()].sort(([one], [other]) => startOf(one) - startOf(other));
  return all.filter(([first], at) => {
    const last = all[at - 1]?.at(-1);
    if (first === undefined || last === undefined || isClosedByServer(last) || !isSameHost(first, last)) return false;
    return client.isSuccessor(last, first) && first.recorded.started - last.ended < IDLE;
  });
}

const isClosedByServer = (request: ConductRequest): boolean =>
  request.endsConnection && !/close/i.test(request.header('connection') ?? '');

const startOf = (request: ConductRequest | undefined): number => request?.recorded.started ?? 0;
const isSameHost = (one: ConductRequest, other: ConductRequest): boolean => one.header('host') === other.header('host');

/** How often a client may read the same versions within `BURST`. */
const MAX_DISCOVERIES = 4;
/** Milliseconds. */
const BURST = 60_000;

/** Rules on how a client uses HTTP. */
export const httpRules: readonly ConductRule[] = [
  {
    id: 'body-in-get',
    title: 'Send no body with GET and HEAD',
    severity: 'warning',
    sources: [SOURCES.get, SOURCES.head],
    check: ({ requests }) =>
      judgeEach(requests, (request) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
        const { size } = request.recorded.requestBody;
        return size === 0 ? null : single(request, `sent ${size} bytes with ${request.name}`);
      }),
  },
  {
    id: 'head-followed-by-get',
    title: 'Send GET at once when you need the body',
    severity: 'info',
    sources: [SOURCES.head],
    check: (client) =>
      judgeEach(client.requests, (request) => {
        if (request.method !== 'HEAD' || !request.hasSucceeded) return undefined;
        const next = client.requests.find(({ id }) => id > request.id);
        if (next === undefined || next.method !== 'GET' || next.recorded.url !== request.recorded.url) return null;
        // The length that HEAD shows is needed to ask for ranges.
        if (next.header('range') !== undefined) return null;
        if (next.token !== request.token || !client.isSuccessor(request, next)) return null;
        return { message: `sent HEAD and then GET to ${request.path}`, entries: [request.id, next.id] };
      }),
  },
  {
    id: 'versions-read-again',
    title: 'Read the versions of an API once, and keep the result',
    severity: 'info',
    sources: [SOURCES.discovery],
    check: (client) => {
      const byUrl = new Groups<string, ConductRequest>();
      for (const request of client.requests.filter(({ isDiscovery, hasSucceeded }) => isDiscovery && hasSucceeded)) {
        byUrl.add(request.recorded.url, request);
      }
      // Each program that logs in may read them.
      const programs = client.requests.filter(({ isLogin, hasSucceeded: isDone }) => isLogin && isDone).length;
      return judgeEach(byUrl.values(), (same) => {
        const again = same.filter((read, at) => at > 0 && waitBetween(same[at - 1] as ConductRequest, read) < BURST);
        if (again.length < Math.max(MAX_DISCOVERIES, programs)) return null;
        const message = `read ${same[0]?.path} ${same.length} times`;
        return { message, entries: same.map(({ id }) => id) };
      });
    },
  },
  {
    id: 'json-not-accepted',
    title: 'Accept JSON, which is what the APIs return',
    severity: 'warning',
    sources: [SOURCES.accept],
    check: ({ requests }) =>
      judgeEach(requests, (request) => {
        const accept = request.header('accept');
        // An empty header names no type, and so excludes none.
        if (accept === undefined || accept.trim() === '' || !isJsonReply(request)) return undefined;
        if (acceptsJson(accept)) return null;
        return single(request, `accepts only ${accept} from ${request.name}`);
      }),
  },
  {
    id: 'content-type-missing',
    title: 'Name the type of a body in Content-Type',
    severity: 'warning',
    sources: [SOURCES.contentType],
    check: ({ requests }) =>
      judgeEach(requests, (request) => {
        if (request.recorded.requestBody.size === 0) return undefined;
        const type = request.header('content-type');
        if (type === undefined) return single(request, `sent a body without Content-Type with ${request.name}`);
        const isJson = request.json !== undefined;
        if (isJson && /form-urlencoded/i.test(type))
          return single(request, `sent JSON as ${type} with ${request.name}`);
        return null;
      }),
  },
  {
    id: 'connection-per-request',
    title: 'Use a connection for several requests',
    severity: 'info',
    sources: [SOURCES.persistent],
    check: (client) =>
      judgeEach(client.requests.length < 7 ? [] : [avoidable(client)], (opened) => {
        const once = opened.filter((requests) => requests.length === 1).flat();
        if (once.length < 6) return null;
        return { message: `opened ${once.length} connections for one request each`, entries: once.map(({ id }) => id) };
      }),
  },
];
