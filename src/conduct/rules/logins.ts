import type { ConductClient } from '../client.ts';
import type { ConductRequest } from '../request.ts';
import { type ConductRule, judgeEach } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Logins that gave a token, with the number of requests that used it. */
function tokens({ requests }: ConductClient): readonly { readonly login: ConductRequest; readonly uses: number }[] {
  return requests
    .filter(({ isLogin, hasSucceeded }) => isLogin && hasSucceeded)
    .flatMap((login) => {
      const token = login.responseHeader('x-subject-token');
      return token === undefined ? [] : [{ login, uses: requests.filter((other) => other.token === token).length }];
    });
}

const hostOf = (request: ConductRequest): string => (request.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();

const SECRET_PARAMETERS = /^(?:password|passwd|secret|secret_key|api_?key|adminpass|signature)$/i;
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
    check: (client) => {
      const all = tokens(client);
      const once = all.filter(({ uses }) => uses <= 1);
      return judgeEach(all.length < 4 ? [] : [all], () => {
        if (once.length < all.length - 1) return null;
        const entries = all.map(({ login }) => login.id);
        return { message: `logged in ${all.length} times and used almost every token for one request`, entries };
      });
    },
  },
  {
    id: 'no-login-after-401',
    title: 'Log in again when a token that worked gets 401',
    severity: 'error',
    sources: [SOURCES.unauthorized],
    check: (client) => {
      const rejected = new Map<string, ConductRequest>();
      for (const request of client.requests) {
        const { token, status } = request;
        const isFirst = token !== undefined && status === 401 && !rejected.has(token);
        const hasWorked = (other: ConductRequest): boolean => other.token === token && other.hasSucceeded;
        if (isFirst && client.before(request, hasWorked) !== undefined) rejected.set(token, request);
      }
      return judgeEach(rejected, ([token, request]) => {
        const later = client.requests.filter((other) => other.id > request.id && other.token === token);
        const repeated = later.filter(({ status }) => status === 401);
        const hasLoggedIn = client.after(request, ({ isLogin }) => isLogin) !== undefined;
        if (hasLoggedIn && repeated.length < 2) return null;
        const entries = [request, ...repeated].map(({ id }) => id);
        if (repeated.length > 0) return { message: `went on with a token that had got 401`, entries };
        return { message: `gave up after 401 for ${request.name} instead of logging in again`, entries };
      });
    },
  },
  {
    id: 'token-to-another-host',
    title: 'Send a token only to the host that the catalog names',
    severity: 'error',
    sources: [SOURCES.sensitive],
    check: (client) => {
      const issued = new Map<string, ConductRequest>();
      for (const { login } of tokens(client)) issued.set(login.responseHeader('x-subject-token') ?? '', login);
      return judgeEach(client.requests, (request) => {
        const login = request.token === undefined ? undefined : issued.get(request.token);
        if (login === undefined) return undefined;
        if (hostOf(login) === hostOf(request)) return null;
        const message = `sent a token of ${hostOf(login)} to ${hostOf(request)}`;
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
