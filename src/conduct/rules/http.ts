import type { ConductClient } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { type Breach, type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

const single = (request: ConductRequest, message: string): Breach => ({ message, entries: [request.id] });

/** Whether an Accept header allows JSON. */
const acceptsJson = (accept: string): boolean =>
  accept.split(',').some((range) => /^\s*(?:\*\/\*|application\/(?:\*|json|[\w.+-]*json)|text\/\*)/i.test(range));

/** Connections with their requests. */
function connections({ requests }: ConductClient): ReadonlyMap<number, readonly ConductRequest[]> {
  const all = new Map<number, ConductRequest[]>();
  for (const request of requests) {
    const { connection } = request.recorded;
    all.set(connection, [...(all.get(connection) ?? []), request]);
  }
  return all;
}

/** Whether the service or a rule closes the connection after a response. */
const isClosedByServer = (request: ConductRequest): boolean =>
  /close/i.test(request.responseHeader('connection') ?? '') || request.recorded.outcome !== 'complete';

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
        if (next === undefined || next.method !== 'GET' || next.path !== request.path) return null;
        return { message: `sent HEAD and then GET to ${request.path}`, entries: [request.id, next.id] };
      }),
  },
  {
    id: 'versions-read-again',
    title: 'Read the versions of an API once, and keep the result',
    severity: 'info',
    sources: [SOURCES.discovery],
    check: (client) => {
      const byUrl = new Map<string, ConductRequest[]>();
      for (const request of client.requests.filter(({ isDiscovery, hasSucceeded }) => isDiscovery && hasSucceeded)) {
        byUrl.set(request.recorded.url, [...(byUrl.get(request.recorded.url) ?? []), request]);
      }
      return judgeEach(byUrl.values(), (same) => {
        if (same.length < 5) return null;
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
        if (accept === undefined || request.isDownload || request.operation === undefined) return undefined;
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
    check: (client) => {
      const all = [...connections(client).values()];
      const reusable = all.filter((requests) => !requests.some(isClosedByServer));
      return judgeEach(reusable.length < 6 ? [] : [reusable], (each) => {
        const once = each.filter((requests) => requests.length === 1).flat();
        if (once.length < each.length * 0.9) return null;
        return { message: `opened ${each.length} connections for one request each`, entries: once.map(({ id }) => id) };
      });
    },
  },
];
