import type { AccessKey, Directory, Domain, Project, Role, User } from './directory.ts';

/** A directory with its look-ups; one per directory value, shared by every world that starts from it. */
export interface DirectoryIndex {
  readonly directory: Directory;
  /** By name, where there is one: the service passes over an id beside it. */
  domain(idOrName: Reference): Domain | undefined;
  project(id: string): Project | undefined;
  projectNamed(name: string, domainId: string): Project | undefined;
  user(id: string): User | undefined;
  userNamed(name: string, domainId: string): User | undefined;
  /** The user of a name, whatever the domain: version 2.0 knows none. */
  userOfName(name: string): User | undefined;
  projectOfName(name: string): Project | undefined;
  /** Roles of a user in a project with those that they imply, strongest first. */
  roles(userId: string, projectId: string): readonly Role[];
  rolesInDomain(userId: string, domainId: string): readonly Role[];
  rolesInSystem(userId: string): readonly Role[];
  /** Projects in which a user has a role. */
  projects(userId: string): readonly Project[];
  /** Domains in which a user has a role. */
  domains(userId: string): readonly Domain[];
  accessKey(accessKey: string): { readonly user: User; readonly key: AccessKey } | undefined;
  role(idOrName: Reference): Role | undefined;
}

/** By id, or by name. */
export interface Reference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

const indexes = new WeakMap<Directory, DirectoryIndex>();

export function indexOf(directory: Directory): DirectoryIndex {
  let index = indexes.get(directory);
  if (index === undefined) {
    index = build(directory);
    indexes.set(directory, index);
  }
  return index;
}

// The stronger role has the weaker ones with it.
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  admin: ['admin', 'member', 'reader'],
  member: ['member', 'reader'],
};

const key = (...parts: readonly string[]): string => parts.join('\u0000');

/** The one target of roles in the system. */
const SYSTEM = 'system';

interface Grants<T> {
  roles(userId: string, targetId: string): readonly Role[];
  /** What a user has a role in. */
  targets(userId: string): readonly T[];
}

/** Roles of users in targets of one kind, with those that they imply. */
function grantsOf<T, A extends { readonly userId: string; readonly roles: readonly string[] }>(
  assignments: readonly A[],
  targetOf: (assignment: A) => string,
  targets: ReadonlyMap<string, T>,
  roles: ReadonlyMap<string, Role>,
): Grants<T> {
  const granted = new Map<string, readonly Role[]>();
  const targetsOf = new Map<string, readonly T[]>();
  for (const assignment of assignments) {
    const { userId } = assignment;
    const targetId = targetOf(assignment);
    const names = new Set(assignment.roles.flatMap((role) => IMPLIED[role] ?? [role]));
    const added = [...names].map((name) => roles.get(name)).filter((role) => role !== undefined);
    const place = key(userId, targetId);
    granted.set(place, [...new Set([...(granted.get(place) ?? []), ...added])]);
    const target = targets.get(targetId);
    if (target !== undefined) targetsOf.set(userId, [...new Set([...(targetsOf.get(userId) ?? []), target])]);
  }
  return {
    roles: (userId, targetId) => granted.get(key(userId, targetId)) ?? [],
    targets: (userId) => targetsOf.get(userId) ?? [],
  };
}

function build(directory: Directory): DirectoryIndex {
  const by = <T>(list: readonly T[], name: (item: T) => string): ReadonlyMap<string, T> =>
    // The first of a name wins: a look-up by name alone must not depend on what came later.
    new Map([...list].reverse().map((item) => [name(item), item]));
  const domainsById = by(directory.domains, ({ id }) => id);
  const domainsByName = by(directory.domains, ({ name }) => name);
  const projects = by(directory.projects, ({ id }) => id);
  const projectsByName = by(directory.projects, ({ name, domainId }) => key(name, domainId));
  const projectsByNameAlone = by(directory.projects, ({ name }) => name);
  const users = by(directory.users, ({ id }) => id);
  const usersByName = by(directory.users, ({ name, domainId }) => key(name, domainId));
  const usersByNameAlone = by(directory.users, ({ name }) => name);
  const rolesById = by(directory.roles, ({ id }) => id);
  const rolesByName = by(directory.roles, ({ name }) => name);
  const accessKeys = new Map(
    directory.users.flatMap((user) => user.accessKeys.map((each) => [each.accessKey, { user, key: each }] as const)),
  );
  const inProjects = grantsOf(directory.assignments, ({ projectId }) => projectId, projects, rolesByName);
  const inDomains = grantsOf(directory.domainAssignments, ({ domainId }) => domainId, domainsById, rolesByName);
  const inSystem = grantsOf(directory.systemAssignments, () => SYSTEM, new Map([[SYSTEM, SYSTEM]]), rolesByName);
  return {
    directory,
    domain: ({ id, name }) => (name === undefined ? domainsById.get(id ?? '') : domainsByName.get(name)),
    project: (id) => projects.get(id),
    projectNamed: (name, domainId) => projectsByName.get(key(name, domainId)),
    projectOfName: (name) => projectsByNameAlone.get(name),
    user: (id) => users.get(id),
    userNamed: (name, domainId) => usersByName.get(key(name, domainId)),
    userOfName: (name) => usersByNameAlone.get(name),
    roles: inProjects.roles,
    rolesInDomain: inDomains.roles,
    rolesInSystem: (userId) => inSystem.roles(userId, SYSTEM),
    projects: inProjects.targets,
    domains: inDomains.targets,
    accessKey: (accessKey) => accessKeys.get(accessKey),
    role: ({ id, name }) => (id !== undefined ? rolesById.get(id) : rolesByName.get(name ?? '')),
  };
}
