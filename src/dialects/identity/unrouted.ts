import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { UnroutedRequest } from '../dialect.ts';
import { healthOf } from '../glance/health.ts';
import { parseBody } from './body.ts';
import { keystoneError, rackspaceError, UNEXPECTED, VARY } from './errors.ts';
import { presentIdentityProblem } from './problems.ts';
import { presentRemoved, removedMethods } from './removed.ts';
import { serviceAt } from './services.ts';
import { isRouted, sharedMethods } from './shared-routes.ts';

const HTML = { 'Content-Type': 'text/html; charset=utf-8', ...VARY } as const;

const NOT_FOUND_PAGE =
  '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n' +
  '<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n';

const page = (title: string, text: string): string =>
  `<!doctype html>\n<html lang=en>\n<title>${title}</title>\n<h1>${title.replace(/^\d+ /, '')}</h1>\n<p>${text}`;

const health = healthOf([]);

/** Methods in the order in which Keystone lists them in Allow. */
const ALLOW_ORDER = ['DELETE', 'OPTIONS', 'HEAD', 'GET', 'PATCH', 'PUT', 'POST'];

/** Responds to a request that no operation matches. */
export function presentUnrouted({ methods: offered, call }: UnroutedRequest): Reply {
  const service = serviceAt(call);
  const shared = service === 'keystone' ? (sharedMethods(call.path) ?? removedMethods(call)) : undefined;
  const methods = shared ?? offered;
  const special = service === 'keystone' ? specialReply(methods, call) : undefined;
  if (special !== undefined) return special;
  if (methods.length === 0) {
    return service === 'rackspace'
      ? rackspaceError(404, 'Resource Not Found')
      : { status: 404, headers: HTML, body: NOT_FOUND_PAGE };
  }
  const allow = allowFor(methods, call);
  if (call.method === 'OPTIONS') {
    const { 'Content-Type': type } = HTML;
    return { status: 200, headers: { 'Content-Type': type, Allow: allow, ...VARY } };
  }
  if (shared?.includes(call.method)) return keystoneError({ status: 500, message: UNEXPECTED, call });
  return presentWrongMethod(methods, call);
}

const allowFor = (methods: readonly string[], call: Call): string =>
  isPostOnly(call) ? allowOfPostOnly(call) : allowOf(methods);

/** Rejects a method that a path does not support. @param methods - the methods that it supports. */
export function presentWrongMethod(methods: readonly string[], call: Call): Reply {
  const service = serviceAt(call);
  if (service === 'rackspace') return rackspaceError(405, 'Method Not Allowed', { Allow: allowFor(methods, call) });
  if (service === 'keystone' && ROOT.test(call.path)) return rootPage(methods);
  const message = 'The method is not allowed for the requested URL.';
  return jsonReply(405, { message }, { Allow: allowFor(methods, call), ...VARY });
}

/** Paths on which the web framework itself rejects other methods. */
const ROOT = /^\/*(v3\/*)?$/;

const rootPage = (methods: readonly string[]): Reply => ({
  status: 405,
  headers: { ...HTML, Allow: methods.includes('GET') ? 'GET, HEAD, OPTIONS' : 'OPTIONS' },
  body: page('405 Method Not Allowed', 'The method is not allowed for the requested URL.</p>\n'),
});

/** Replies of Keystone alone: it checks the body before it looks for the path. */
const specialReply = (methods: readonly string[], call: Call): Reply | undefined =>
  healthReply(call) ?? malformedBodyReply(call) ?? presentRemoved(call) ?? frameworkReply(methods, call);

function malformedBodyReply(call: Call): Reply | undefined {
  try {
    parseBody(call);
    return undefined;
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return call.method === 'OPTIONS' ? { status: 200 } : presentIdentityProblem(error.problem, call, 'keystone');
  }
}

function healthReply(call: Call): Reply | undefined {
  if (!/^\/healthcheck(\/|$)/.test(call.path)) return undefined;
  return call.method === 'HEAD' ? { status: 204 } : health(call);
}

/** Paths to which Keystone's framework adds a `GET` that always fails. */
const POST_ONLY = /^\/v3\/(users\/[^/]+\/password|ec2tokens|s3tokens)$/;

const isPostOnly = (call: Call): boolean => serviceAt(call) === 'keystone' && POST_ONLY.test(call.path);

const allowOfPostOnly = ({ method }: Call): string =>
  method === 'GET' || method === 'HEAD' ? 'POST' : allowOf(['GET', 'POST']);

function allowOf(methods: readonly string[]): string {
  const allowed = new Set([...methods, 'OPTIONS', ...(methods.includes('GET') ? ['HEAD'] : [])]);
  return ALLOW_ORDER.filter((method) => allowed.has(method)).join(', ');
}

/** Requests that Keystone's web framework handles before the API. */
function frameworkReply(methods: readonly string[], call: Call): Reply | undefined {
  if (call.method === 'OPTIONS' && methods.length === 0) return { status: 200 };
  if (call.path.slice(1).includes('//')) return redirectToSingleSlashes(call);
  return methods.length > 0 && call.method !== 'OPTIONS' && ROOT.test(call.path) ? rootPage(methods) : undefined;
}

/** Redirects to the path with each two slashes made one, if the method can be used there. Three slashes are two, which no path has. */
function redirectToSingleSlashes(call: Call): Reply | undefined {
  const path = call.path.replace(/\/\//g, '/');
  if (!isRouted(call.method, path)) return undefined;
  const target = `${call.base}${path}${call.search === '' ? '' : `?${call.search}`}`;
  const link = `You should be redirected automatically to the target URL: <a href="${target}">${target}</a>. If not, click the link.\n`;
  return { status: 308, headers: { ...HTML, Location: target }, body: page('Redirecting...', link) };
}
