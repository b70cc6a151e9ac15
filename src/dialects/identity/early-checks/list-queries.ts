/** The schemas of queries of lists, which newer releases check before the token. */
import { RANK, type Release } from '../../../base/release.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { FLAG } from './flags.ts';

/** The query of a list, from a release on. */
interface QueryOf {
  readonly since: Release;
  /** Parameters with a schema. */
  readonly parameters: Readonly<Record<string, JsonSchema>>;
  /** Whether other parameters are rejected. */
  readonly isStrict: boolean;
}

const ANY = {} as const;
const NOT_EMPTY = { type: 'string', minLength: 1 } as const;
const UUID = { type: 'string', format: 'uuid' } as const;
const INTERFACE = { type: 'string', enum: ['admin', 'internal', 'public'] } as const;

const PAGES = { limit: ANY, marker: ANY } as const;

const strict = (since: Release, parameters: QueryOf['parameters']): QueryOf => ({ since, parameters, isStrict: true });
const open = (since: Release, parameters: QueryOf['parameters'] = {}): QueryOf => ({
  since,
  parameters,
  isStrict: false,
});

const NAME_AND_DOMAIN = { name: NOT_EMPTY, domain_id: NOT_EMPTY } as const;
const ENDPOINTS = { interface: INTERFACE, service_id: ANY, region_id: ANY } as const;
const PROVIDER = { id: ANY, enabled: FLAG } as const;
const REGISTERED = { service_id: UUID, region_id: ANY, resource_name: ANY } as const;
const LIMITS = { ...REGISTERED, project_id: ANY, domain_id: ANY } as const;
const TRUSTS = { trustor_user_id: ANY, trustee_user_id: ANY } as const;
const ASSIGNMENTS = {
  'group.id': ANY,
  'role.id': ANY,
  'scope.domain.id': ANY,
  'scope.project.id': ANY,
  'scope.system': ANY,
  'scope.OS-INHERIT:inherited_to': ANY,
  'user.id': ANY,
  effective: ANY,
  include_names: ANY,
  include_subtree: ANY,
} as const;

/** The queries of lists by operation, the older release first. Lists that are not here accept any query. */
const QUERIES: Readonly<Record<string, readonly QueryOf[]>> = {
  listUsers: [open('2025.1', { ...NAME_AND_DOMAIN, enabled: FLAG })],
  listProjects: [open('2025.1', { ...NAME_AND_DOMAIN, enabled: FLAG, parent_id: UUID, is_domain: FLAG })],
  listDomains: [open('2025.1', { name: NOT_EMPTY, enabled: FLAG })],
  listGroups: [strict('2025.1', { ...NAME_AND_DOMAIN, ...PAGES }), open('2026.2', NAME_AND_DOMAIN)],
  listRoles: [strict('2025.1', { name: ANY, domain_id: NOT_EMPTY }), open('2026.2', { domain_id: NOT_EMPTY })],
  listEndpoints: [strict('2025.1', ENDPOINTS), open('2026.2', ENDPOINTS)],
  listRegions: [open('2025.1'), strict('2026.2', { parent_region_id: NOT_EMPTY })],
  listCredentials: [open('2025.1', { user_id: UUID }), open('2026.2')],
  listApplicationCredentials: [strict('2025.1', { name: ANY }), open('2026.2')],
  listTrusts: [strict('2025.1', TRUSTS), open('2026.2')],
  listRoleAssignments: [strict('2025.1', ASSIGNMENTS), open('2026.2')],
  listRegisteredLimits: [strict('2025.1', REGISTERED), open('2026.2', REGISTERED)],
  listLimits: [strict('2025.1', LIMITS), open('2026.2', LIMITS)],
  listAccessRules: [strict('2025.1', {}), open('2026.2')],
  listIdentityProviders: [open('2025.1', PROVIDER)],
  listServiceProviders: [strict('2025.1', PROVIDER), open('2026.2', PROVIDER)],
  listEndpointGroups: [strict('2025.1', { name: ANY })],
};

/** Returns the schema of the query of an operation in a release; `undefined` if it accepts any. @param rank - as in `RANK`. */
export function querySchema(operationId: string, rank: number): JsonSchema | undefined {
  const query = QUERIES[operationId]?.findLast(({ since }) => rank >= RANK[since]);
  if (query === undefined) return undefined;
  return {
    type: 'object',
    properties: query.parameters,
    ...(query.isStrict && { additionalProperties: false }),
  };
}
