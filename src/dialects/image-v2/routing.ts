import type { IncomingHttpHeaders } from 'node:http';
import { ALL_RELEASES } from '../../base/release.ts';
import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import { GlanceError, glanceErrorReply } from '../glance/errors.ts';
import { healthOf } from '../glance/health.ts';
import { BARE_REPLY, parseBody } from '../glance/wire.ts';
import { hasBody, withoutFinalLineFeed } from '../shared/webob.ts';
import { isVersion, versionsText } from './versions/present.ts';
import { apiVersionsOf, newestMinor } from './versions/releases.ts';

const VENDOR_TYPE = 'application/vnd.openstack.images-';
/** The newest minor version of all releases. */
const NEWEST = newestMinor(ALL_RELEASES.length - 1);
/** Paths that ignore a version requested by Accept. */
const UNVERSIONED: ReadonlySet<string> = new Set(['/versions', '/healthcheck']);

/**
 * Returns the path to route: every supported version is `/v2`. A version requested by Accept is put before the path; an
 * unsupported one makes the path `/`.
 * @param newest - the newest minor version; that of the newest release when omitted.
 */
export function routedPath(path: string, headers?: IncomingHttpHeaders, newest = NEWEST): string {
  const versioned = versionedPath(path, headers, newest);
  return versioned.startsWith('/v2/') ? withoutFinalLineFeed(versioned) : versioned;
}

function versionedPath(path: string, headers: IncomingHttpHeaders | undefined, newest: number): string {
  const accept = headers?.accept;
  if (accept?.startsWith(VENDOR_TYPE) && !UNVERSIONED.has(path)) {
    return isVersion(accept.slice(VENDOR_TYPE.length), newest) ? `/v2${path}` : '/';
  }
  if (path.startsWith('/v2/')) return path;
  const end = path.indexOf('/', 1);
  const first = end === -1 ? path.slice(1) : path.slice(1, end);
  return isVersion(first, newest) ? `/v2${end === -1 ? '' : path.slice(end)}` : path;
}

const versionsReply = (status: number, { call, cloud }: UnroutedCall): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: versionsText(call.base, apiVersionsOf(cloud)),
});

/** A request that no operation matches, and the cloud that it was sent to. */
interface UnroutedCall {
  readonly call: Call;
  readonly cloud: Cloud;
}

const ALLOW_ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Paths on which the service returns 404 instead of 405. */
const NO_405 = /^\/v2\/(?:images\/[^/]+\/tasks|info\/usage)$/;

/** Returns the methods in the order of the service's Allow header. */
function allowed(path: string, methods: readonly string[]): string {
  const order = path.startsWith('/v2/cache/') ? ['DELETE', 'PUT', 'POST'] : ALLOW_ORDER;
  return order.filter((method) => methods.includes(method)).join(', ');
}

const KNOWN_METHODS: ReadonlySet<string> = new Set([...ALLOW_ORDER, 'HEAD']);

/**
 * Responds to a request that no operation matches.
 * @param identify - returns the reply that rejects the caller, if any; called only for paths below `/v2`.
 */
export function presentUnrouted(
  methods: readonly string[],
  request: UnroutedCall,
  identify: () => Reply | undefined,
): Reply {
  const { call } = request;
  const reply = tryReply(methods, request, identify);
  if (call.method !== 'HEAD' || reply.status < 400) return reply;
  // A HEAD request gets the headers of an empty HTML page, regardless of Accept.
  const headers = { ...reply.headers, 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': '0' };
  return { status: reply.status, headers };
}

const tryReply: typeof replyTo = (methods, request, identify) => {
  try {
    return replyTo(methods, request, identify);
  } catch (error) {
    if (error instanceof GlanceError) return error.reply(request.call);
    throw error;
  }
};

function replyTo(methods: readonly string[], request: UnroutedCall, identify: () => Reply | undefined): Reply {
  const { call, cloud } = request;
  const path = routedPath(call.path, call.headers, newestMinor(cloud.releases['image-v2']));
  if (path === '/healthcheck') return healthy(call);
  if (path === '/versions' || path.startsWith('/versions/')) return versionsReply(200, request);
  if (call.method === 'OPTIONS') return { status: 200, headers: { 'Content-Length': '0' } };
  if (path !== '/v2' && !path.startsWith('/v2/')) return versionsReply(300, request);
  const rejection = identify();
  if (rejection !== undefined) return rejection;
  if (path === '/v2') {
    return { status: 302, headers: { 'Content-Type': 'text/plain; charset=utf8', Location: `${call.base}/v2/` } };
  }
  if (methods.length > 0 && !NO_405.test(path)) {
    // The service reads the body before it refuses the method.
    if (hasBody(call)) parseBody(call);
    return methodNotAllowed(methods, call);
  }
  if (!KNOWN_METHODS.has(call.method)) {
    return glanceErrorReply(
      501,
      { message: `\nThe request method ${call.method} is not implemented for this server. `, ending: '<br /><br />\n' },
      call,
    );
  }
  return glanceErrorReply(404, 'The resource could not be found.', call);
}

/** Rejects a method that a path does not support. @param methods - the methods that it supports. */
export const methodNotAllowed = (methods: readonly string[], call: Call): Reply =>
  glanceErrorReply(
    405,
    { message: `The method ${call.method} is not allowed for this resource. `, ending: '<br /><br />\n' },
    call,
    { Allow: allowed(routedPath(call.path, call.headers), methods) },
  );

const health = healthOf(['OK']);

const healthy = (call: Call): Reply => (call.method === 'HEAD' ? BARE_REPLY : health(call));

/** Returns whether a path is below a version, where responses have a request id. */
export const isBelowVersion = (call: Call): boolean =>
  (call.path.startsWith('/v2/') && call.headers.accept?.startsWith(VENDOR_TYPE) !== true) ||
  /^\/v2(\/|$)/.test(routedPath(call.path, call.headers));
