import type { AccessKey, Directory, Domain, Project, Role, User } from './directory.ts';
import { indexGrants, joinKey, type RoleGrants } from './role-grants.ts';

/** A reference to an entity by id, by name or both. */
export interface Reference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** A directory with lookups by id and name. All worlds with the same directory share one index. */
export interface DirectoryIndex {
  readonly directory: Directory;
  /** The domain with that name or, without a name, with that id. */
  domain(reference: Reference): Domain | undefined;
  project(id: string): Project | undefined;
  projectNamed(name: string, domainId: string): Project | undefined;
  /** The first project with that name in any domain: version 2.0 has no domains. */
  projectOfName(name: string): Project | undefined;
  user(id: string): User | undefined;
  userNamed(name: string, domainId: string): User | undefined;
  /** The first user with that name in any domain: version 2.0 has no domains. */
  userOfName(name: string): User | undefined;
  /** Roles of a user in a project, with the roles that they include, strongest first. */
  roles(userId: string, projectId: string): readonly Role[];
  rolesInDomain(userId: string, domainId: string): readonly Role[];
  rolesInSystem(userId: string): readonly Role[];
  /** Projects in which a user has a role. */
  projects(userId: string): readonly Project[];
  /** Domains in which a user has a role. */
  domains(userId: string): readonly Domain[];
  accessKey(accessKey: string): { readonly user: User; readonly key: AccessKey } | undefined;
  /** The role with that id or, without an id, with that name. */
  role(reference: Reference): Role | undefined;
}

const indexes = new WeakMap<Directory, DirectoryIndex>();

/** Returns the index of a directory, which is built on first use. */
export function indexOf(directory: Directory): DirectoryIndex {
  let index = indexes.get(directory);
  if (index === undefined) {
    index = build(directory);
    indexes.set(directory, index);
  }
  return index;
}

/** Indexes a list by a key. The first item with a key wins, so that later items never change a lookup. */
const keyed = <T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> =>
  new Map([...list].reverse().map((item) => [keyOf(item), item]));

const idOf = ({ id }: { readonly id: string }): string => id;
const nameOf = ({ name }: { readonly name: string }): string => name;
const nameInDomain = ({ name, domainId }: { readonly name: string; readonly domainId: string }): string =>
  joinKey(name, domainId);

type DomainLookups = Pick<DirectoryIndex, 'domain' | 'domains' | 'rolesInDomain'>;
type ProjectLookups = Pick<DirectoryIndex, 'project' | 'projectNamed' | 'projectOfName' | 'projects' | 'roles'>;
type UserLookups = Pick<DirectoryIndex, 'user' | 'userNamed' | 'userOfName' | 'accessKey'>;
type RolesByName = ReadonlyMap<string, Role>;

function build(directory: Directory): DirectoryIndex {
  const rolesById = keyed(directory.roles, idOf);
  const rolesByName = keyed(directory.roles, nameOf);
  const system = indexSystem(directory, rolesByName);
  return {
    directory,
    ...indexDomains(directory, rolesByName),
    ...indexProjects(directory, rolesByName),
    ...indexUsers(directory),
    rolesInSystem: (userId) => system.roles(userId, SYSTEM),
    role: ({ id, name }) => (id !== undefined ? rolesById.get(id) : rolesByName.get(name ?? '')),
  };
}

function indexDomains({ domains, domainAssignments }: Directory, rolesByName: RolesByName): DomainLookups {
  const byId = keyed(domains, idOf);
  const byName = keyed(domains, nameOf);
  const grants = indexGrants({
    assignments: domainAssignments,
    targetId: ({ domainId }) => domainId,
    targets: byId,
    rolesByName,
  });
  return {
    domain: ({ id, name }) => (name === undefined ? byId.get(id ?? '') : byName.get(name)),
    domains: grants.targets,
    rolesInDomain: grants.roles,
  };
}

function indexProjects({ projects, assignments }: Directory, rolesByName: RolesByName): ProjectLookups {
  const byId = keyed(projects, idOf);
  const byNameInDomain = keyed(projects, nameInDomain);
  const byName = keyed(projects, nameOf);
  const grants = indexGrants({
    assignments,
    targetId: ({ projectId }) => projectId,
    targets: byId,
    rolesByName,
  });
  return {
    project: (id) => byId.get(id),
    projectNamed: (name, domainId) => byNameInDomain.get(joinKey(name, domainId)),
    projectOfName: (name) => byName.get(name),
    projects: grants.targets,
    roles: grants.roles,
  };
}

function indexUsers({ users }: Directory): UserLookups {
  const byId = keyed(users, idOf);
  const byNameInDomain = keyed(users, nameInDomain);
  const byName = keyed(users, nameOf);
  const accessKeys = new Map(
    users.flatMap((user) => user.accessKeys.map((key) => [key.accessKey, { user, key }] as const)),
  );
  return {
    user: (id) => byId.get(id),
    userNamed: (name, domainId) => byNameInDomain.get(joinKey(name, domainId)),
    userOfName: (name) => byName.get(name),
    accessKey: (accessKey) => accessKeys.get(accessKey),
  };
}

/** The only target of system assignments. */
const SYSTEM = 'system';

const indexSystem = ({ systemAssignments }: Directory, rolesByName: RolesByName): RoleGrants<string> =>
  indexGrants({
    assignments: systemAssignments,
    targetId: () => SYSTEM,
    targets: new Map([[SYSTEM, SYSTEM]]),
    rolesByName,
  });
