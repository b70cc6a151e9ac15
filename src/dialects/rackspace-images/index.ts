import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Dialect } from '../dialect.ts';
import { canUse, OTHER_PRODUCTS, rackspaceIdentify } from '../rackspace/auth.ts';
import { rackspaceDecoding } from '../rackspace/decoding.ts';
import { overLimit } from '../rackspace/over-limit.ts';
import { challenge, FRONT_END_HEADERS, serviceErrors } from '../rackspace/replies.ts';
import { contract } from './contract.ts';
import { handlers } from './handlers.ts';
import { naturalProblems } from './natural-problems.ts';
import { normalisePath, tenantOf } from './paths.ts';
import { presentFault, presentProblem, presentViolations } from './problems.ts';
import { taskTypeOf } from './tasks/parse.ts';
import { fault, PRODUCT } from './wire.ts';

function identify(call: Call, cloud: Cloud): Caller | Reply {
  const caller = rackspaceIdentify(call, cloud);
  if ('status' in caller) return caller;
  const tenant = tenantOf(call.path);
  if (tenant !== undefined && tenant !== caller.projectId) return fault(401, 'The token is not one of that tenant.');
  if (!canUse(caller, PRODUCT)) return fault(403, OTHER_PRODUCTS);
  return overLimit(cloud, caller) ?? caller;
}

/** Rackspace Cloud Images API v2. */
export const rackspaceImages: Dialect = {
  name: 'rackspace-images',
  contract,
  handlers,
  decoding: rackspaceDecoding,
  bodyLimit: 1024 * 1024,
  identify,
  naturalProblems,
  presentProblem,
  presentViolations,
  presentFault,
  ...serviceErrors(identify, fault),
  normalise: normalisePath,
  choose: (_ids, call) => (taskTypeOf(call) === 'export' ? 'createExportTask' : 'createImportTask'),
  commonHeaders: (call, reply, requestId) => ({
    ...FRONT_END_HEADERS,
    ...(reply.status === 401 ? challenge(call) : { 'X-Openstack-Request-Id': requestId }),
  }),
};
