import { isObject } from '../../base/json.ts';
import type { ConductClient } from '../client.ts';
import { Groups } from '../groups.ts';
import { type ConductRequest, waitBetween } from '../request.ts';
import { type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** A login with the requests that used its token. */
interface Login {
  readonly login: ConductRequest;
  readonly token: string;
  readonly uses: readonly ConductRequest[];
}

const known = new WeakMap<ConductClient, readonly Login[]>();

/** Logins that gave a token. */
function loginsOf(client: ConductClient): readonly Login[] {
  const before = known.get(client);
  if (before !== undefined) return before;
  const users = new Groups<string | undefined, ConductRequest>();
  for (const request of client.requests) if (!request.isLogin) users.add(request.token, request);
  const logins = client.requests
    .filter(({ isLogin, hasSucceeded }) => isLogin && hasSucceeded)
    .flatMap((login) => {
      const token = tokenIn(login);
      return token === undefined ? [] : [{ login, token, uses: users.get(token) ?? [] }];
    });
  known.set(client, logins);
  return logins;
}

/** The token that a login returns: in a header in version 3, in the body in version 2.0. */
function tokenIn(login: ConductRequest): string | undefined {
  const header = login.responseHeader('x-subject-token');
  if (header !== undefined) return header;
  const access = isObject(login.responseJson) ? login.responseJson['access'] : undefined;
  const token = isObject(access) ? access['token'] : undefined;
  return isObject(token) && typeof token['id'] === 'string' ? token['id'] : undefined;
}

/** Logins with the same credentials and scope, in order. */
const byCredentials = (client: ConductClient): readonly (readonly Login[])[] => {
  const groups = new Groups<string, Login>();
  for (const each of loginsOf(client)) {
    // A client may send its old token along.
    const key = `${each.login.path}\n${each.login.bodyKey}`;
    groups.add(key, each);
  }
  return [...groups.values()];
};

/** Whether a client logs in again although its token is new, has hardly been used, and works. */
const isWasted = ({ login, uses }: Login, next: Login): boolean =>
  uses.length <= 1 && uses.every(({ status }) => status !== 401) && waitBetween(login, next.login) < BURST;

/** Logins further apart than this are no waste, in milliseconds. */
const BURST = 60_000;

/** Whether another thread had renewed the token, and the client went on with the new one. */
const hasNewToken = (client: ConductClient, login: ConductRequest, rejected: ConductRequest): boolean => {
  const renewed = loginsOf(client).filter((other) => other.login.id > login.id && other.login.id < rejected.id);
  return renewed.some(({ uses }) => uses.some(({ id, hasSucceeded }) => id > rejected.id && hasSucceeded));
};

const hostOf = (request: ConductRequest): string => (request.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();

const namesHosts = ({ recorded, isDiscovery }: ConductRequest): boolean =>
  isDiscovery || recorded.dialect === 'identity';

/** Hosts in the catalogs and lists of versions that a client has read. */
function hostsNamedTo({ requests }: ConductClient): ReadonlySet<string> {
  const read = requests.filter(namesHosts);
  const texts = read.map(({ recorded }) => String(recorded.responseBody.content ?? ''));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(HOST_IN_LINK)].map(([, host]) => String(host).toLowerCase())),
  );
}

const HOST_IN_LINK = /https?:\/\/(\[[^\]\s]+\]|[^/:"\s?]+)/g;

/** Whether the journal holds all catalogs and lists of versions that a client has read. */
const knowsHosts = ({ requests }: ConductClient): boolean =>
  requests.every((request) => !namesHosts(request) || request.hasWholeResponse);

const entriesOf = (requests: readonly ConductRequest[]): readonly number[] => requests.map(({ id }) => id);

const SECRET_PARAMETERS = /^(?:password|passwd|secret|secret_key|api_?key|adminpass)$/i;
const TOKEN_PARAMETERS = /^(?:token|x-auth-token|auth_token|access_token)$/i;

const parameterNamed = (request: ConductRequest, pattern: RegExp): string | undefined =>
  [...new URLSearchParams(request.search).keys()].find((name) => pattern.test(name));

/** Rules on how a client logs in and treats its secrets. */
export const loginRules: readonly ConductRule[] = [
  {
    id: 'login-per-request',
    title: 'Use a token for all requests until it expires',
    severity: 'warning',
    sources: [SOURCES.identityApi],
    check: (client) =>
      judgeEach(byCredentials(client), (logins) => {
        if (logins.length < 4 && logins.every(({ uses }) => uses.length < 4)) return undefined;
        const wasted = logins.filter((each, at) => at + 1 < logins.length && isWasted(each, logins[at + 1] as Login));
        if (wasted.length < 3) return null;
        const message = `logged in ${wasted.length + 1} times and used almost every token for one request`;
        return { message, entries: wasted.map(({ login }) => login.id) };
      }),
  },
  {
    id: 'no-login-after-401',
    title: 'Log in again when a token that worked gets 401',
    severity: 'error',
    sources: [SOURCES.unauthorized],
    check: (client) =>
      judgeEach(loginsOf(client), ({ login, uses }) => {
        const first = uses.findIndex(({ status }) => status === 401);
        const rejected = uses[first];
        if (rejected === undefined || !uses.slice(0, first).some(({ hasSucceeded }) => hasSucceeded)) return undefined;
        const next = client.after(rejected, ({ isLogin }) => isLogin);
        // Several threads may each get 401 once.
        const since = next?.ended ?? Infinity;
        const later = uses.filter(({ recorded, status }) => status === 401 && recorded.started >= since);
        if (next !== undefined && later.length < 3) return null;
        if (next === undefined && hasNewToken(client, login, rejected)) return null;
        if (next !== undefined) {
          return { message: 'went on with a token that had got 401', entries: entriesOf([rejected, ...later]) };
        }
        const message = `went on or gave up after 401 for ${rejected.name} instead of logging in again`;
        return { message, entries: entriesOf([login, ...uses.slice(first)]) };
      }),
  },
  {
    id: 'token-to-another-host',
    title: 'Send a token only to the host that the catalog names',
    severity: 'error',
    sources: [SOURCES.sensitive],
    check: (client, { isComplete }) => {
      const issued = new Map(loginsOf(client).map(({ token, login }) => [token, login]));
      const named = hostsNamedTo(client);
      const isKnown = knowsHosts(client);
      return judgeEach(client.requests, (request) => {
        const login = request.token === undefined ? undefined : issued.get(request.token);
        if (login === undefined) return undefined;
        const host = hostOf(request);
        if (hostOf(login) === host || named.has(host)) return null;
        if (!isComplete || !isKnown) return undefined;
        const message = `sent a token of ${hostOf(login)} to ${host}`;
        return { message, entries: [login.id, request.id] };
      });
    },
  },
  {
    id: 'token-in-url',
    title: 'Send tokens in headers and not in URLs',
    severity: 'error',
    sources: [SOURCES.bearer, SOURCES.sensitive],
    check: ({ requests }) =>
      judgeEach(requests, (request) => {
        const name = parameterNamed(request, TOKEN_PARAMETERS);
        if (name === undefined) return null;
        return { message: `sent a token in the query parameter ${name} of ${request.name}`, entries: [request.id] };
      }),
  },
  {
    id: 'secret-in-query',
    title: 'Send passwords and keys in the body and not in URLs',
    severity: 'error',
    sources: [SOURCES.sensitive],
    check: ({ requests }) =>
      judgeEach(requests, (request) => {
        const name = parameterNamed(request, SECRET_PARAMETERS);
        if (name === undefined) return null;
        return { message: `sent the query parameter ${name} to ${request.name}`, entries: [request.id] };
      }),
  },
];
