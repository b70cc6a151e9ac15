/** All resources of Keystone that are kept as records, and their operations. */
import type { Operation } from '../../contract/contract.ts';
import type { ProblemsByStatus } from '../dialect.ts';
import type { SampleReply } from '../shared/sample-replies.ts';
import { consumers } from './consumers/resource.ts';
import { credentials } from './credentials/resource.ts';
import { domains } from './domains/resource.ts';
import { endpointGroups } from './endpoint-filter/resource.ts';
import { endpoints } from './endpoints/resource.ts';
import { identityProviders } from './federation/identity-providers.ts';
import { mappings } from './federation/mappings.ts';
import { protocols } from './federation/protocols.ts';
import { serviceProviders } from './federation/service-providers.ts';
import { groups } from './groups/resource.ts';
import { limits } from './limits/limits.ts';
import { registeredLimits } from './limits/registered-limits.ts';
import { policies } from './policies/resource.ts';
import { projects } from './projects/resource.ts';
import { problemsOf } from './records/natural-problems.ts';
import { handlersOf, operationsOf, samplesOf } from './records/operations.ts';
import type { OperationIds, Resource } from './records/resource.ts';
import { regions } from './regions/resource.ts';
import { roles } from './roles/resource.ts';
import type { ServiceHandler } from './service-handler.ts';
import { services } from './services/resource.ts';
import { trusts } from './trusts/resource.ts';
import { users } from './users/resource.ts';

/** All resources. */
export const RESOURCES = [
  domains,
  projects,
  users,
  groups,
  roles,
  regions,
  services,
  endpoints,
  credentials,
  policies,
  registeredLimits,
  limits,
  identityProviders,
  mappings,
  protocols,
  serviceProviders,
  endpointGroups,
  trusts,
  consumers,
] as const satisfies readonly Resource[];

/** The ids of the operations that the resources give. */
type ResourceOperationId = OperationIds<(typeof RESOURCES)[number]>;

/** Combines what each resource gives. */
const merge = <T>(give: (resource: Resource) => Readonly<Record<string, T>>) =>
  Object.assign({}, ...RESOURCES.map(give)) as Readonly<Record<ResourceOperationId, T>>;

/** The operations of all resources. */
export const resourceOperations = merge<Operation>(operationsOf);

/** The handlers of `resourceOperations`. */
export const resourceHandlers = merge<ServiceHandler>(handlersOf);

/** Sample replies of `resourceOperations`. */
export const resourceSamples = merge<SampleReply>(samplesOf);

/** Reasons for the errors of `resourceOperations`. */
export const resourceProblems = merge<ProblemsByStatus>(problemsOf);
