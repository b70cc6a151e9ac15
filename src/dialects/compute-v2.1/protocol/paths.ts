import type { Call } from '../../../contract/contract.ts';
import type { RequestDecoding } from '../../request-decoding.ts';
import { cleanPath } from '../../shared/web-server-path.ts';
import { webobDecoding, withoutFinalLineFeed } from '../../shared/webob.ts';

/** The tenant of a path that names none. No client can send it, since a slash ends a segment. */
export const NO_TENANT = '/';
const NO_TENANT_SEGMENT = encodeURIComponent(NO_TENANT);

/** Decoding of requests to Nova, behind a web server. */
export const novaDecoding: RequestDecoding = {
  ...webobDecoding,
  path: (path) => webobDecoding.path(cleanPath(path)),
  acceptsAbsoluteForm: true,
};

/** Paths without a tenant. */
const WITHOUT_TENANT =
  /^\/v2\.1\/(?:images|limits|servers|flavors|os-quota-sets|os-quota-class-sets|os-availability-zone|os-simple-tenant-usage|os-keypairs|os-server-groups|os-aggregates|os-hypervisors|os-services|extensions)(?:\/|$)/;

/** The path to route: `/v2` as `/v2.1`, and a placeholder for a missing tenant. */
export function normalise(path: string): string {
  if (path === '/v2.1') return '/v2.1/';
  let routed = path.startsWith('/v2') ? withoutFinalLineFeed(path) : path;
  if (routed.startsWith('/v2/') && routed !== '/v2/') routed = `/v2.1${routed.slice(3)}`;
  return WITHOUT_TENANT.test(routed) ? `/v2.1/${NO_TENANT_SEGMENT}${routed.slice(5)}` : routed;
}

/** Whether a request was sent below `/v2`, the same API without microversions. */
export const isLegacy = ({ path }: Pick<Call, 'path'>): boolean => /^\/+v2(?:\/|$)/.test(path);

/** Whether a path segment can be a tenant. */
export const isTenant = (segment: string): boolean => /^[\da-f-]+$/.test(segment);

/** The tenant of the path `/v2.1/{tenant}/` or `/v2/{tenant}/`; `undefined` for other paths. */
export const tenantRoot = (path: string): string | undefined => /^\/v2(?:\.1)?\/([\da-f-]+)\/$/.exec(path)?.[1];
