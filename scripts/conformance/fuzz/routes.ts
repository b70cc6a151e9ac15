/** The operations of the contracts that sequences send requests to. */

import type { Operation } from '../../../src/contract/contract.ts';
import type { JsonSchema } from '../../../src/contract/schema.ts';
import { RESOURCES } from '../../../src/dialects/identity/resources.ts';
import { DIALECTS } from '../../../src/dialects/index.ts';
import type { Route } from './corpus.ts';

/** The APIs that can be compared, and sequences across them. */
export const FUZZED = ['image-v2', 'compute-v2.1', 'identity', 'cross'] as const;
/** One of `FUZZED`. */
export type Fuzzed = (typeof FUZZED)[number];

/** An operation with what requests to it are made from. */
export interface FuzzedOperation extends Route {
  readonly id: string;
  readonly operation: Operation;
  /** Schema of the body, if it is known. */
  readonly schema?: JsonSchema;
}

const APIS = { 'image-v2': 'image', 'compute-v2.1': 'compute', identity: 'identity' } as const;

/** Operations whose effect is on the whole cloud or outlives the sequence, or that answer by chance. */
const LEFT_OUT = new RegExp(
  '^(?:listTasks|updateQuotaSet|deleteQuotaSet|updateQuotaClassSet|updateService|deleteService|createServer|' +
    '\\w*Hypervisor\\w*|listServices|listAvailabilityZones\\w*|\\w*TenantUsage|listRevocationEvents|listMetadefResourceTypes|listUsers|listProjects|listRoles|listServices|listEndpoints|listRoleAssignments|listDomains|' +
    'v2\\w*|showVersionV2|listExtensions|showExtension|\\w*Server|createServerImage)$',
);

/** Schemas of Keystone's records, by method and path. */
const recordSchemas = (): ReadonlyMap<string, JsonSchema> => {
  const found = new Map<string, JsonSchema>();
  const wrap = (name: string, schema: JsonSchema): JsonSchema => ({
    type: 'object',
    required: [name],
    properties: { [name]: schema },
  });
  for (const { path, idParam, one, schemas } of RESOURCES) {
    found.set(`post ${path}`, wrap(one, schemas.create));
    found.set(`put ${path}/{${idParam}}`, wrap(one, schemas.create));
    found.set(`patch ${path}/{${idParam}}`, wrap(one, schemas.update));
  }
  return found;
};

/** Returns the operations of an API. */
export function operationsOf(dialect: Exclude<Fuzzed, 'cross'>): readonly FuzzedOperation[] {
  const schemas = recordSchemas();
  const contract = DIALECTS.find(({ contract: { name } }) => name === dialect)?.contract;
  const mount = contract?.mount;
  return Object.entries<Operation>(contract?.operations ?? {})
    .filter(([id, operation]) => (operation.mount ?? mount) === mount && !LEFT_OUT.test(id))
    .filter(([, { path }]) => dialect !== 'identity' || path.startsWith('/v3/'))
    .map(([id, operation]) => {
      const { method, path } = operation;
      const schema = operation.request ?? operation.bodyShape ?? schemas.get(`${method} ${path}`);
      return { id, api: APIS[dialect], method, path, operation, ...(schema !== undefined && { schema }) };
    });
}
