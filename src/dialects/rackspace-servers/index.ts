import type { Cloud } from '../../cloud.ts';
import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Context, Dialect } from '../dialect.ts';
import { canUse, OTHER_PRODUCTS, rackspaceIdentify } from '../rackspace/auth.ts';
import { rackspaceDecoding } from '../rackspace/decoding.ts';
import { overLimitUntil } from '../rackspace/over-limit.ts';
import { challenge, FRONT_END_HEADERS, serviceErrors } from '../rackspace/replies.ts';
import { sampleLogIn } from '../rackspace/sample-log-in.ts';
import { contract } from './contract.ts';
import { handlersWith } from './handlers.ts';
import { spendRate } from './limits/rate-limits.ts';
import { naturalProblems } from './natural-problems.ts';
import { presentFault, presentOverLimit, presentProblem } from './problems.ts';
import { fault, PRODUCT } from './wire.ts';

/** Removes a final `.json`. */
const normalise = (path: string): string => path.replace(/\.json$/, '');

/** Returns the part of a path after the tenant: `/images` of `/v2/{tenant}/images`. */
const belowTenant = (path: string): string => normalise(path).replace(/^\/[^/]*\/[^/]*/, '');

/** Returns the tenant in a path; a path without the version has none. */
function tenantOf({ params, path }: Call): string | undefined {
  const [, version, tenant] = normalise(path).split('/');
  return params['tenant_id'] ?? (version === 'v2' && tenant !== '' ? tenant : undefined);
}

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const caller = rackspaceIdentify(call, cloud);
  if ('status' in caller) return caller;
  if (!canUse(caller, PRODUCT)) return fault(403, OTHER_PRODUCTS);
  const tenant = tenantOf(call);
  if (tenant !== undefined && tenant !== caller.projectId) return fault(401, 'The token is not one of that tenant.');
  const retryAt =
    overLimitUntil(cloud, caller) ?? spendRate(cloud, caller, { method: call.method, path: belowTenant(call.path) });
  return retryAt === undefined ? caller : presentOverLimit(cloud, { retryAt });
}

/** Whether a request is a login, which the front end passes on without a token. */
const isLogIn = ({ path }: Call): boolean => path === '/v2.0/tokens';

/** Returns the headers that every response of the service has, injected ones included. */
function commonHeaders(call: Call, { status }: Reply, requestId: string): Readonly<Record<string, string>> {
  if (status !== 401) return { 'X-Compute-Request-Id': requestId, ...FRONT_END_HEADERS };
  return isLogIn(call) ? FRONT_END_HEADERS : { ...FRONT_END_HEADERS, ...challenge(call) };
}

/**
 * The image part of Rackspace Cloud Servers v2.
 * @param authenticate - the login handler of the identity service, which this API offers too.
 */
export const rackspaceServers = (authenticate: Handler<Context>): Dialect => ({
  name: 'rackspace-servers',
  contract,
  handlers: () => handlersWith(authenticate),
  decoding: rackspaceDecoding,
  bodyLimit: 1024 * 1024,
  identify,
  normalise,
  naturalProblems,
  presentProblem,
  presentViolations: ({ violations: [violation] }) => fault(400, violation?.message ?? 'The body is not valid.'),
  presentFault: (request) =>
    request.operationId === 'authenticate' && request.status < 400
      ? sampleLogIn(authenticate, request)
      : presentFault(request),
  ...serviceErrors(identify, fault),
  commonHeaders,
});
