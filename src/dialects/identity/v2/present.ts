import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Project } from '../../../identity/directory/directory.ts';
import type { CatalogEndpoint, CatalogEntry } from '../../../identity/records/service-catalog.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { keystoneCatalog } from '../catalog/present.ts';
import { withoutZone } from '../times.ts';

/** A project as a tenant of version 2.0. */
export const presentTenant = ({ id, name, description, isEnabled }: Project): object => ({
  id,
  name,
  description,
  enabled: isEnabled,
});

/** `{access}`: a token with its user and, if it has a project, the catalog. */
export function presentAccess(token: Token, call: Call, cloud: Cloud): object {
  const { index } = cloud.identity;
  const name = index.user(token.userId)?.name ?? '';
  const project = token.scope.kind === 'project' ? index.project(token.scope.projectId) : undefined;
  return {
    access: {
      token: {
        id: token.id,
        expires: `${new Date(token.expiresAt).toISOString().slice(0, 19)}Z`,
        issued_at: withoutZone(token.issuedAt),
        ...(project && { tenant: presentTenant(project) }),
        audit_ids: token.auditIds,
      },
      serviceCatalog: token.scope.kind === 'project' ? presentCatalog(call, cloud, token) : [],
      user: {
        id: token.userId,
        name,
        roles: token.roles.map((role) => ({ name: role.name })),
        username: name,
        roles_links: [],
      },
      metadata: { is_admin: 0, roles: token.roles.map(({ id }) => id) },
    },
  };
}

/** The version 2.0 catalog of OpenStack: the services with an entry for each region. */
function presentCatalog(call: Call, cloud: Cloud, token: Token): readonly object[] {
  const entries = keystoneCatalog(call, cloud, token).filter(({ endpoints }) => endpoints.length > 0);
  const isIdentity = ({ service }: CatalogEntry): boolean => service.type === 'identity';
  return [...entries.filter((entry) => !isIdentity(entry)), ...entries.filter(isIdentity)].map(
    ({ service: { type, name }, endpoints }) => ({
      type,
      name,
      endpoints: [...new Set(endpoints.map(({ endpoint }) => endpoint.region_id))].map((region) =>
        presentRegion(
          region,
          endpoints.filter(({ endpoint }) => endpoint.region_id === region),
          call,
        ),
      ),
      endpoints_links: [],
    }),
  );
}

/** The endpoints of a service in one region: one entry with a URL for each interface. */
function presentRegion(region: string | null, endpoints: readonly CatalogEndpoint[], call: Call): object {
  const [first] = endpoints;
  const urls = endpoints.map(({ endpoint, url }) => [`${endpoint.interface}URL`, url] as const);
  const version3 = call.link(`${call.root}/identity/v3`);
  return {
    id: first?.endpoint['legacy_endpoint_id'] ?? first?.endpoint.id,
    region,
    // The endpoint of this server's identity service leads to version 3.
    ...Object.fromEntries(
      urls.map(([name, url]) => [name, url === version3 ? call.link(`${call.root}/identity/v2.0`) : url]),
    ),
  };
}
