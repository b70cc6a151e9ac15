import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Cloud, Dialect } from '../dialect.ts';
import { glanceError } from '../shared/glance-errors.ts';
import { tokenOf } from '../shared/token-headers.ts';
import { contract } from './contract.ts';
import { handlers } from './handlers.ts';
import { microversionOf, versionHeaders } from './microversion.ts';
import { NO_TENANT, presentChoices, presentOlderVersion } from './present.ts';
import { fault, NO_RESOURCE, presentFault, presentProblem, unauthorized } from './problems.ts';

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  return (token === undefined ? undefined : cloud.identity.callerOf(token)) ?? unauthorized(call);
}

/** Slashes count once, `/v2.1` is `/v2.1/`, and a path without a tenant has a mark in its place. */
function normalise(path: string): string {
  const once = path.replace(/\/{2,}/g, '/');
  if (once === '/v2.1') return '/v2.1/';
  return once === '/v2.1/images' || once.startsWith('/v2.1/images/') ? `/v2.1/${NO_TENANT}${once.slice(5)}` : once;
}

/** The image part of the OpenStack Compute API v2.1. */
export const computeV21: Dialect = {
  name: 'compute-v2.1',
  contract,
  handlers,
  bodyLimit: 114_688,
  identify,
  normalise,
  presentProblem,
  presentViolations: ([violation]) => fault(400, violation?.message ?? 'The body is not valid.'),
  presentMalformed: (reason) => fault(400, reason),
  presentFault,

  presentUnrouted(methods, call, cloud) {
    const path = normalise(call.path);
    if (call.method === 'OPTIONS') return { status: 200 };
    if (path === '/v2/' || path === '/v2') return jsonReply(200, presentOlderVersion(call));
    if (!path.startsWith('/v2.1/') && !path.startsWith('/v2/')) return jsonReply(300, presentChoices(call));
    const who = identify(call, cloud);
    if ('status' in who) return who;
    return methods.length > 0 && call.method !== 'HEAD'
      ? fault(405, 'The method is not offered here.', { Allow: methods.join(', ') })
      : glanceError(404, NO_RESOURCE, call);
  },

  presentFailure: () => fault(500, 'Unexpected API Error.'),
  presentOversized: (most) => ({
    status: 413,
    headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
    body: `413 Request Entity Too Large\n\nRequest is too large. Larger than max_request_body_size (${most}).\n\n   `,
  }),

  standingHeaders(call, reply, requestId) {
    if (call.path === '/' || reply.status === 300 || call.method === 'OPTIONS') return {};
    const ids = { 'x-openstack-request-id': requestId, 'x-compute-request-id': requestId };
    const type = reply.headers?.['Content-Type'];
    const isOurs = typeof type === 'string' && type.startsWith('application/json');
    return reply.status === 401 || !isOurs ? ids : { ...versionHeaders(microversionOf(call)), ...ids };
  },
};
