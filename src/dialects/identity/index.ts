import { isObject, type Json } from '../../base/json.ts';
import type { Cloud } from '../../cloud.ts';
import { type Call, jsonReply, type Operation, type Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Dialect } from '../dialect.ts';
import { healthOf } from '../glance/health.ts';
import { rackspaceIdentify } from '../rackspace/auth.ts';
import { huaweiIdentify } from '../shared/huawei-auth.ts';
import { parseJson } from '../shared/json-body.ts';
import { toldWait } from '../shared/retry-after.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { contract, IAM_MOUNT, RACKSPACE_MOUNT } from './contract.ts';
import { handlers } from './handlers.ts';
import { worldOfLogIn } from './log-in-world.ts';
import { parseBody } from './parse.ts';
import {
  errorIn,
  type Family,
  keystoneError,
  presentIdentityProblem,
  rackspaceError,
  TITLES,
  unauthenticated,
  VARY,
} from './problems.ts';
import { choiceOf } from './profiles.ts';

const familyOf = (mount: string | undefined): Family =>
  mount === RACKSPACE_MOUNT ? 'rackspace' : mount === IAM_MOUNT ? 'iam' : 'keystone';

/** For requests of no operation: the mount stands in the address alone. */
const familyAt = (call: Call): Family =>
  familyOf([RACKSPACE_MOUNT, IAM_MOUNT].find((mount) => call.base === call.root + mount));

const NOT_FOUND_PAGE =
  '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n' +
  '<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n';

const page = (title: string, text: string): string =>
  `<!doctype html>\n<html lang=en>\n<title>${title}</title>\n<h1>${title.replace(/^\d+ /, '')}</h1>\n<p>${text}`;

const health = healthOf([]);

const healthy = (call: Call): Reply => (call.method === 'HEAD' ? { status: 204 } : health(call));

/** What the framework under the service answers by itself. */
function unroutedPage(methods: readonly string[], call: Call): Reply | undefined {
  if (/^\/healthcheck(\/|$)/.test(call.path)) return healthy(call);
  const html = { 'Content-Type': 'text/html; charset=utf-8', ...VARY };
  if (call.method === 'OPTIONS' && methods.length === 0) return { status: 200 };
  if (call.path.slice(1).includes('//')) {
    const target = call.base + call.path.replace(/\/{2,}/g, '/');
    const link = `You should be redirected automatically to the target URL: <a href="${target}">${target}</a>. If not, click the link.\n`;
    return { status: 308, headers: { ...html, Location: target }, body: page('Redirecting...', link) };
  }
  if (methods.length === 0 || call.method === 'OPTIONS' || !/^\/*(v3\/*)?$/.test(call.path)) return undefined;
  const body = page('405 Method Not Allowed', 'The method is not allowed for the requested URL.</p>\n');
  return { status: 405, headers: { ...html, Allow: 'GET, HEAD, OPTIONS' }, body };
}

/** Methods in the order in which the service names them. */
const ALLOW_ORDER = ['DELETE', 'OPTIONS', 'HEAD', 'GET', 'PATCH', 'PUT', 'POST'];

const FAULT_WORDS: Readonly<Record<number, string>> = {
  401: unauthenticated,
  403: 'You are not authorized to perform the requested action.',
  404: 'Could not find the requested resource.',
  405: 'The method is not allowed for the requested URL.',
  409: 'Conflict occurred attempting to store the resource.',
  413: 'Request is too large.',
  500: 'An unexpected error prevented the server from fulfilling your request.',
  501: 'The action you have requested has not been implemented.',
  503: 'The service is temporarily unavailable.',
};

function bodyOf(call: Call): Json {
  try {
    const value = call.body && parseJson(call.body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Which log-in a body is; one that is none of them is refused by the first just as well. */
function choose(ids: readonly string[], call: Call): string {
  const auth = bodyOf(call)['auth'];
  const parts = isObject(auth) ? auth : {};
  const pick = (id: string): string => (ids.includes(id) ? id : (ids[0] as string));
  if (ids.includes('raxAuthenticateApiKey')) {
    if (parts['token'] !== undefined) return 'raxAuthenticateToken';
    return parts['passwordCredentials'] !== undefined ? 'raxAuthenticatePassword' : 'raxAuthenticateApiKey';
  }
  const identity = parts['identity'];
  const methods =
    isObject(identity) && Array.isArray(identity['methods']) ? (identity['methods'] as readonly unknown[]) : [];
  if (methods.length > 1) return pick('authMultiFactor');
  if (methods[0] === 'token') return pick('authToken');
  if (methods[0] === 'application_credential') return pick('authApplicationCredential');
  return pick(isObject(parts['scope']) ? 'authPasswordScoped' : 'authPasswordUnscoped');
}

/** Who calls, once the body makes sense; a token of an application credential that is gone says which one it was. */
function keystoneCaller(call: Call, cloud: Cloud, family: Family): Caller | Reply {
  try {
    // Worlds that check as the references do have their own answer to such a body.
    if (choiceOf(cloud, 'checks') === 'running') parseBody(call);
    const token = tokenOf(call);
    const caller = token === undefined ? undefined : cloud.identity.callerOf(token);
    if (caller !== undefined) return caller;
    if (token !== undefined) cloud.identity.assertCredentialOf(token);
  } catch (error) {
    if (error instanceof IdentityError) return presentIdentityProblem(error.problem, call, family);
    throw error;
  }
  return keystoneError(401, unauthenticated, call);
}

/** The identity services in front of the image services. */
export const identity: Dialect = {
  name: 'identity',
  contract,
  handlers,
  bodyLimit: 114_688,
  choose,
  worldOfLogIn: (body, { identity: { index } }) => worldOfLogIn(body, index),
  answersHead: true,
  // Slashes at either end are passed over; those in the middle are pointed out.
  normalise: (path) => (path === '/' ? path : `/${path.replace(/^\/+|\/+$/g, '')}`),

  identify(call, cloud, operation: Operation) {
    const family = familyOf(operation.mount);
    if (family === 'rackspace') return rackspaceIdentify(call, cloud);
    // Clients that sign look up their project here, before they have any token.
    if (family === 'iam' && tokenOf(call) === undefined && call.headers.authorization !== undefined) {
      return huaweiIdentify(call, cloud);
    }
    return keystoneCaller(call, cloud, family);
  },

  presentProblem: (problem, call) => keystoneError(400, problem.kind, call),
  presentViolations: ({ violations, call }) =>
    keystoneError(400, violations[0]?.message ?? 'The body is not valid.', call),
  presentMalformed: ({ reason, call }) => keystoneError(400, reason, call),

  presentFault({ status, details, call, context: { cloud }, operation }) {
    const family = familyOf(operation.mount);
    const message = details.message ?? FAULT_WORDS[status] ?? TITLES[status] ?? `Status ${status}`;
    const usual = status === 503 || status === 413 ? '120' : null;
    const told = toldWait(details, cloud.clock.now());
    const retryAfter = told === undefined ? usual : told;
    const headers: Record<string, string> = {
      ...(retryAfter !== null && { 'Retry-After': retryAfter }),
      ...(status === 405 && { Allow: operation.method.toUpperCase() === 'GET' ? 'HEAD, OPTIONS' : 'OPTIONS' }),
    };
    if (status === 204) return { status, headers: VARY };
    if (status < 400) return jsonReply(status, {}, { ...VARY });
    return errorIn({ family, status, message, call, headers });
  },

  presentUnrouted({ methods, call }) {
    const family = familyAt(call);
    if (family === 'keystone') {
      const special = unroutedPage(methods, call);
      if (special !== undefined) return special;
    }
    if (methods.length === 0) {
      if (family === 'rackspace') return rackspaceError(404, 'Resource Not Found');
      return { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8', ...VARY }, body: NOT_FOUND_PAGE };
    }
    const offered = new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])]);
    const allow = ALLOW_ORDER.filter((method) => offered.has(method)).join(', ');
    if (call.method === 'OPTIONS') {
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', Allow: allow, ...VARY } };
    }
    if (family === 'rackspace') return rackspaceError(405, 'Method Not Allowed', { Allow: allow });
    return jsonReply(405, { message: 'The method is not allowed for the requested URL.' }, { Allow: allow, ...VARY });
  },

  presentFailure: ({ error, call }) =>
    errorIn({
      family: familyAt(call),
      status: 500,
      message: error instanceof Error ? error.message : String(error),
      call,
    }),

  presentOversized: ({ maxBytes }) => ({
    status: 413,
    headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
    body: `413 Request Entity Too Large\n\nRequest is too large. Larger than max_request_body_size (${maxBytes}).\n\n   `,
  }),

  standingHeaders: (call, reply, requestId) =>
    reply.status === 413 || (call.method === 'OPTIONS' && reply.headers === undefined)
      ? {}
      : { 'X-Openstack-Request-Id': requestId },
};
