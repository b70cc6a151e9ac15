import type { Call } from '../../contract/contract.ts';

/** Stands for the tenant in a path that names none; nobody can send it, as a slash ends a segment. */
export const NO_TENANT = '/';
const NO_TENANT_SEGMENT = encodeURIComponent(NO_TENANT);

/** A path as the service sees it: percent codes read, slashes counted once. */
export function plainPath(path: string): string {
  const read = path.includes('%') ? readCodes(path) : path;
  return read.includes('//') ? read.replace(/\/{2,}/g, '/') : read;
}

function readCodes(path: string): string {
  try {
    const read = decodeURIComponent(path.replace(/%(?![\da-f]{2})/gi, '%25'));
    // What cannot stand in a path is written as a code again; a slash is one, however it was written.
    return read.split('/').map(encodeURIComponent).join('/');
  } catch {
    return path;
  }
}

/** Paths that go on with what the service has, where a tenant could stand. */
const WITHOUT_TENANT = /^\/v2\.1\/(?:images|limits|servers)(?:\/|$)/;

/** The path that is routed: below `/v2` all is as below `/v2.1`, and a path without a tenant has a mark in its place. */
export function normalise(path: string): string {
  let routed = plainPath(path);
  if (routed === '/v2.1') return '/v2.1/';
  if (routed.startsWith('/v2/') && routed !== '/v2/') routed = `/v2.1${routed.slice(3)}`;
  return WITHOUT_TENANT.test(routed) ? `/v2.1/${NO_TENANT_SEGMENT}${routed.slice(5)}` : routed;
}

/** Whether a call came in below `/v2`, where there are no microversions. */
export const isOlder = ({ path }: Pick<Call, 'path'>): boolean => /^\/+v2(?:\/|$)/.test(path);

/** What the service takes for a tenant in a path, whoever calls. */
export const isTenant = (segment: string): boolean => /^[\da-f-]+$/.test(segment);

/** The tenant of a path that is `/v2.1/{tenant}/` or `/v2/{tenant}/`. */
export const tenantRoot = (path: string): string | undefined => /^\/v2(?:\.1)?\/([\da-f-]+)\/$/.exec(path)?.[1];
