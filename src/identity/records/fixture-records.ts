import type { Directory, User } from '../directory/directory.ts';
import { bootstrapRoles } from './bootstrap-roles.ts';
import {
  type DomainRecord,
  type EndpointRecord,
  type GrantRecord,
  type GrantTarget,
  grantId,
  type ImpliedRoleRecord,
  joinIds,
  type ProjectRecord,
  type RecordKind,
  type RecordTypes,
  type RegionRecord,
  type RoleRecord,
  type ServiceRecord,
  SYSTEM,
  type UserRecord,
} from './record.ts';

type Builders = { readonly [K in RecordKind]?: (directory: Directory) => readonly RecordTypes[K][] };

const BUILDERS: Builders = {
  domain: ({ domains }) =>
    domains.map(
      ({ id, name, description, isEnabled }): DomainRecord => ({
        id,
        name,
        description,
        enabled: isEnabled,
        tags: [],
        options: {},
      }),
    ),
  project: ({ projects }) =>
    projects.map(
      ({ id, name, domainId, description, isEnabled }): ProjectRecord => ({
        id,
        name,
        domain_id: domainId,
        description,
        enabled: isEnabled,
        parent_id: domainId,
        is_domain: false,
        tags: [],
        options: {},
      }),
    ),
  user: ({ users }) => users.map(userRecord),
  role: (directory) => {
    const { names } = bootstrapRoles(directory);
    return directory.roles.map(
      ({ id, name }): RoleRecord => ({
        id,
        name,
        domain_id: null,
        description: null,
        options: names.includes(name) ? { immutable: true } : {},
      }),
    );
  },
  'implied-role': impliedRoles,
  grant: grants,
  region: regions,
  service: ({ catalogs }) =>
    catalogs.openstack.map(({ id, type, name, isEnabled }): ServiceRecord => ({ name, id, type, enabled: isEnabled })),
  endpoint: endpoints,
};

/** Builds the records of one kind from the fixtures, with what a newly installed Keystone has besides. */
export const fixtureRecords = <K extends RecordKind>(directory: Directory, kind: K): readonly RecordTypes[K][] =>
  BUILDERS[kind]?.(directory) ?? [];

const userRecord = (user: User): UserRecord => ({
  ...(user.email !== null && { email: user.email }),
  id: user.id,
  name: user.name,
  domain_id: user.domainId,
  enabled: user.isEnabled,
  ...(user.defaultProjectId !== null && { default_project_id: user.defaultProjectId }),
  password_expires_at: null,
  options: {},
  password: user.password,
  api_key: user.apiKey,
  access_keys: user.accessKeys,
});

const regionRecord = (id: string): RegionRecord => ({ id, description: '', parent_region_id: null });

function impliedRoles(directory: Directory): readonly ImpliedRoleRecord[] {
  const idOf = new Map(directory.roles.map(({ id, name }) => [name, id]));
  return bootstrapRoles(directory).implied.flatMap(([prior, implied]) => {
    const [priorId, impliedId] = [idOf.get(prior), idOf.get(implied)];
    if (priorId === undefined || impliedId === undefined) return [];
    return [{ id: joinIds(priorId, impliedId), prior_role_id: priorId, implied_role_id: impliedId }];
  });
}

function grants(directory: Directory): readonly GrantRecord[] {
  const idOf = new Map(directory.roles.map(({ id, name }) => [name, id]));
  const found: GrantRecord[] = [];
  // Loops instead of chains of lists, because large fixtures have a grant for each user.
  const add = (userId: string, target_type: GrantTarget, target_id: string, names: readonly string[]): void => {
    for (const name of new Set(names)) {
      const role_id = idOf.get(name);
      if (role_id === undefined) continue;
      const actor_type = 'user';
      const id = grantId({ actor_type, actor_id: userId, target_type, target_id, role_id, inherited: false });
      found.push({ id, actor_type, actor_id: userId, target_type, target_id, role_id, inherited: false });
    }
  };
  for (const { userId, projectId, roles } of directory.assignments) add(userId, 'project', projectId, roles);
  for (const { userId, domainId, roles } of directory.domainAssignments) add(userId, 'domain', domainId, roles);
  for (const { userId, roles } of directory.systemAssignments) add(userId, 'system', SYSTEM, roles);
  return found;
}

function regions({ catalogs, regions: { openstack } }: Directory): readonly RegionRecord[] {
  const named = catalogs.openstack.flatMap(({ endpoints }) => endpoints.map(({ region }) => region));
  return [...new Set([openstack, ...named])].map(regionRecord);
}

function endpoints({ catalogs }: Directory): readonly EndpointRecord[] {
  return catalogs.openstack.flatMap(({ id: serviceId, endpoints: list }) =>
    list.map(({ id, interface: face, region, url, isEnabled, version2Id }) => ({
      id,
      interface: face,
      region_id: region,
      service_id: serviceId,
      url,
      enabled: isEnabled,
      legacy_endpoint_id: version2Id,
    })),
  );
}
