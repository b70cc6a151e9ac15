import type { Cloud } from '../../cloud.ts';
import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Context, Dialect } from '../dialect.ts';
import { faultObject } from '../nova/fault-object.ts';
import { mayUse, rackspaceIdentify } from '../rackspace/auth.ts';
import { overLimitUntil } from '../rackspace/over-limit.ts';
import { contract } from './contract.ts';
import { handlersWith } from './handlers.ts';
import { spendRate } from './limits/rate-limits.ts';
import { fault, presentFault, presentOverLimit, presentProblem } from './problems.ts';
import { choiceOf } from './profiles.ts';

/** Slashes count once, and a path may say at its end that JSON is wanted. */
const normalise = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/\.json$/, '');

/** A path below the tenant: `/images` of `/v2/{tenant}/images`. */
const belowTenant = (path: string): string => normalise(path).replace(/^\/[^/]*\/[^/]*/, '');

/** The tenant that an address names; one without the version names none. */
function tenantOf({ params, path }: Call): string | undefined {
  const [, version, tenant] = normalise(path).split('/');
  return params['tenant_id'] ?? (version === 'v2' && tenant !== '' ? tenant : undefined);
}

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const who = rackspaceIdentify(call, cloud);
  if ('status' in who) return who;
  if (!mayUse(who, 'nova')) return fault(403, 'Your roles are for other products.');
  const tenant = tenantOf(call);
  if (tenant !== undefined && tenant !== who.projectId) return fault(401, 'The token is not one of that tenant.');
  const retryAt = overLimitUntil(cloud, who) ?? spendRate(cloud, who, call.method, belowTenant(call.path));
  if (retryAt !== undefined) return presentOverLimit(cloud, retryAt);
  if (choiceOf(cloud, 'account') === 'migrating') {
    return faultObject('conflictingRequest', 409, 'The account is on its way to another cell.');
  }
  return who;
}

/**
 * The image part of Rackspace Cloud Servers v2.
 * @param authenticate - the log-in of the identity service, which this API offers too.
 */
export const rackspaceServers = (authenticate: Handler<Context>): Dialect => ({
  name: 'rackspace-servers',
  contract,
  handlers: handlersWith(authenticate),
  bodyLimit: 1024 * 1024,
  identify,
  normalise,
  presentProblem,
  presentViolations: ({ violations: [violation] }) => fault(400, violation?.message ?? 'The body is not valid.'),
  presentMalformed: () => fault(400, 'The body is no JSON.'),
  presentFault,

  presentUnrouted({ methods, call, cloud }) {
    const who = identify(call, cloud);
    if ('status' in who) return who;
    return methods.length === 0
      ? fault(404, 'The resource could not be found.')
      : fault(405, 'The method is not offered here.', { Allow: methods.join(', ') });
  },

  presentFailure: () => fault(500, 'The service failed to complete the request.'),
  presentOversized: ({ maxBytes }) => fault(413, `A body may have ${maxBytes} bytes.`),

  standingHeaders: (_call, reply, requestId) =>
    reply.status === 401
      ? { Via: '1.1 Repose (Sideglance)' }
      : { 'X-Compute-Request-Id': requestId, Via: '1.1 Repose (Sideglance)' },
});
