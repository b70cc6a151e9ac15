import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Project } from '../../../identity/directory/directory.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import { catalogId, openstackServices } from '../catalog/present.ts';
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
      serviceCatalog: token.scope.kind === 'project' ? presentCatalog(call, cloud) : [],
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

/** The version 2.0 catalog of OpenStack. */
function presentCatalog(call: Call, cloud: Cloud): readonly object[] {
  const { openstack: region } = cloud.identity.directory.regions;
  const services = [
    ...openstackServices(call.root).filter(({ type }) => type !== 'identity'),
    { type: 'identity', name: 'keystone', url: `${call.root}/identity/v2.0` },
  ];
  return services.map(({ type, name, url }) => ({
    type,
    name,
    endpoints: [
      {
        id: catalogId(cloud, type, region, 'v2.0'),
        region,
        publicURL: url,
        internalURL: url,
        adminURL: url,
      },
    ],
    endpoints_links: [],
  }));
}
