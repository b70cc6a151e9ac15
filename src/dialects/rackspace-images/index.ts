import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Dialect } from '../dialect.ts';
import { mayUse, rackspaceIdentify } from '../rackspace/auth.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { contract } from './contract.ts';
import { handlers } from './handlers.ts';
import { fault, presentFault, presentProblem, presentViolations } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { taskTypeOf } from './tasks/handlers.ts';
import { PRODUCT } from './wire.ts';

/** Roots of paths below the version; anything else in that place is a tenant. */
const ROOTS: ReadonlySet<string> = new Set(['images', 'schemas', 'tasks']);

/** What is followed by a name of somebody's choice. */
const OPEN_NAMES: ReadonlySet<string> = new Set(['tags', 'members']);

/** What a path says below the version, with `.json` at its end or without. */
function segmentsOf(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'v2') segments.shift();
  const last = segments.pop();
  // Tags and tenants may end like that themselves.
  if (last !== undefined) segments.push(OPEN_NAMES.has(segments.at(-1) ?? '') ? last : last.replace(/\.json$/, ''));
  return segments;
}

const startsWithTenant = ([first = '', second = '']: readonly string[]): boolean =>
  !ROOTS.has(first) && ROOTS.has(second);

/** One form for the three that are in use: `/images`, as the guide prints it, `/v2/images`, and `/v2/{tenant}/images`. */
function normalise(path: string): string {
  const segments = segmentsOf(path);
  return `/v2/${(startsWithTenant(segments) ? segments.slice(1) : segments).join('/')}`;
}

/** The tenant that a path names. */
function tenantOf(path: string): string | undefined {
  if (path.startsWith('/v2/images')) return undefined;
  const segments = segmentsOf(path);
  return startsWithTenant(segments) ? segments[0] : undefined;
}

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const who = rackspaceIdentify(call, cloud);
  if ('status' in who) return who;
  const tenant = tenantOf(call.path);
  if (tenant !== undefined && tenant !== who.projectId) return fault(401, 'The token is not one of that tenant.');
  if (!mayUse(who, PRODUCT)) return fault(403, 'Your roles are for other products.');
  if (choiceOf(cloud, 'region') === 'unserved') return fault(404, 'The resource could not be found.');
  return overLimit(cloud, who) ?? who;
}

/** Rackspace Cloud Images API v2. */
export const rackspaceImages: Dialect = {
  name: 'rackspace-images',
  contract,
  handlers,
  bodyLimit: 1024 * 1024,
  identify,
  presentProblem,
  presentViolations,
  presentMalformed: () => fault(400, 'The body is no JSON.'),
  presentFault,
  presentUnrouted: ({ methods, call, cloud }) => {
    const who = identify(call, cloud);
    if ('status' in who) return who;
    return methods.length === 0
      ? fault(404, 'The resource could not be found.')
      : fault(405, 'The method is not offered here.', { Allow: methods.join(', ') });
  },
  presentFailure: () => fault(500, 'The service failed to complete the request.'),
  presentOversized: ({ maxBytes }) => fault(413, `A body may have ${maxBytes} bytes.`),
  normalise,
  choose: (_ids, call) => (taskTypeOf(call) === 'export' ? 'createExportTask' : 'createImportTask'),
  standingHeaders: (_call, reply, requestId) => (reply.status === 401 ? {} : { 'X-Openstack-Request-Id': requestId }),
};
