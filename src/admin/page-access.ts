import type { Reply } from '../contract/contract.ts';
import type { HttpCall } from '../http/http-call.ts';
import { errorReply } from './problems.ts';

/** Which web pages may use the admin API. */
export interface PageAccess {
  /** Origins, such as `http://localhost:5173`, of web pages that may use the admin API besides its own. */
  readonly origins?: readonly string[];
  /** The address that clients see; its host is a valid Host header. */
  readonly externalUrl?: string;
  /** Whether `X-Forwarded-Host` is trusted. */
  readonly trustProxy?: boolean;
}

/** Names and addresses of this machine that only reach this machine. */
const LOOPBACK_NAME = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
/** A Host header: the name or address, and the port. */
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/;

/** Methods that a cross-origin page may ask for in a preflight request. */
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** Seconds for which browsers may keep the reply to a preflight request. */
const PREFLIGHT_AGE = 600;

/**
 * Returns the error for a Host header that is no name of this machine. After DNS rebinding, the page of another site reaches
 * this machine under its own name, and the browser treats both as one site.
 */
export function denyForeignHost({ headers }: HttpCall, access: PageAccess): Reply | undefined {
  const { host } = headers;
  if (host === undefined) return undefined;
  const name = HOST.exec(host)?.[1]?.toLowerCase();
  const known = [access.externalUrl, ...(access.origins ?? [])].flatMap((address) =>
    address === undefined || !URL.canParse(address) ? [] : [new URL(address).hostname],
  );
  if (name !== undefined && (LOOPBACK_NAME.test(name) || known.includes(name))) return undefined;
  return errorReply(
    403,
    'The Host header is no name of this machine. Allow it with --admin-origin http://<host>, or protect the admin API with --admin-token.',
    [
      {
        pointer: 'Host',
        message: 'is not allowed',
        found: host,
        allowed: ['localhost', '127.0.0.1', '[::1]', ...known],
      },
    ],
  );
}

/** Returns the error for a request that the web page of another origin caused. */
export function denyForeignPage(call: HttpCall, access: PageAccess): Reply | undefined {
  const { headers } = call;
  if (headers.origin !== undefined) {
    if (isOwnOrigin(headers.origin, call, access) || isListed(headers.origin, access)) return undefined;
    return foreignPage('Origin', headers.origin, access);
  }
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && (call.method === 'GET' || call.method === 'HEAD');
  return isForeign && !isNavigation ? foreignPage('Sec-Fetch-Site', site, access) : undefined;
}

const foreignPage = (header: string, found: string, { origins = [] }: PageAccess): Reply =>
  errorReply(
    403,
    'Web pages of other origins may not use the admin API. Allow an origin with --admin-origin <origin>.',
    [{ pointer: header, message: 'is not allowed', found, allowed: ['the origin of the admin API', ...origins] }],
  );

/** Whether an origin is the server's own. Only hosts are compared, because a proxy may add TLS. */
function isOwnOrigin(origin: string, { headers }: HttpCall, { externalUrl, trustProxy }: PageAccess): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  const forwarded = trustProxy ? headers['x-forwarded-host'] : undefined;
  return (
    sameHost(host, headers.host) ||
    sameHost(host, typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : undefined) ||
    (externalUrl !== undefined && URL.canParse(externalUrl) && new URL(externalUrl).host === host)
  );
}

/** Compares hosts with ports; URLs leave out the default port. */
const sameHost = (host: string, header: string | undefined): boolean =>
  header !== undefined && host === header.toLowerCase().replace(/:(80|443)$/, '');

const isListed = (origin: string, { origins = [] }: PageAccess): boolean => origins.includes(origin.toLowerCase());

/** Returns the reply to a preflight request of a page that may use the admin API; `undefined` for other requests. */
export function preflightReply({ method, headers }: HttpCall, access: PageAccess): Reply | undefined {
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
  if (headers.origin === undefined || !isListed(headers.origin, access)) return undefined;
  return {
    status: 204,
    headers: {
      ...crossOriginHeaders(headers.origin),
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, Last-Event-ID',
      'Access-Control-Max-Age': String(PREFLIGHT_AGE),
    },
  };
}

/** Adds to a reply the headers that let a listed page of another origin read it. */
export function allowReading(reply: Reply, { headers }: HttpCall, access: PageAccess): Reply {
  if (headers.origin === undefined || !isListed(headers.origin, access)) return reply;
  return { ...reply, headers: { ...reply.headers, ...crossOriginHeaders(headers.origin) } };
}

const crossOriginHeaders = (origin: string): Readonly<Record<string, string>> => ({
  'Access-Control-Allow-Origin': origin,
  Vary: 'Origin',
});

/**
 * Returns the error for a body of another type than JSON. Web pages can send forms, plain text and data without a type to other
 * sites without asking first. `curl -d` calls its data a form unless told otherwise; it is known by its User-Agent header, which
 * a page may not set in such a request.
 */
export function denyContentType({ headers }: HttpCall): Reply | undefined {
  const type = headers['content-type'];
  const [name = ''] = (type ?? '').split(';');
  if (JSON_TYPE.test(name.trim()) || isDataOfCurl(headers)) return undefined;
  return errorReply(
    415,
    'The admin API takes JSON bodies: Content-Type: application/json (curl --json).',
    [{ pointer: 'Content-Type', message: 'is not supported', found: type ?? null, allowed: 'application/json' }],
    { 'Accept-Post': 'application/json' },
  );
}

const JSON_TYPE = /^application\/(json|[^/ ]+\+json)$/i;

const isDataOfCurl = (headers: HttpCall['headers']): boolean =>
  headers['content-type'] === 'application/x-www-form-urlencoded' &&
  headers['user-agent']?.startsWith('curl/') === true &&
  headers.origin === undefined &&
  headers['sec-fetch-site'] === undefined;
