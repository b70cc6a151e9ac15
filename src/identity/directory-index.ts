import type { AccessKey, Assignment, Directory, Domain, Project, Role, User } from './directory.ts';

/** A directory with its look-ups; one per directory value, shared by every world that starts from it. */
export interface DirectoryIndex {
  readonly directory: Directory;
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
  /** Projects in which a user has a role. */
  projects(userId: string): readonly Project[];
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
  const assignments = new Map<string, readonly Role[]>();
  const projectsOf = new Map<string, Project[]>();
  for (const { userId, projectId, roles } of directory.assignments as readonly Assignment[]) {
    const names = new Set(roles.flatMap((role) => IMPLIED[role] ?? [role]));
    const known = [...(assignments.get(key(userId, projectId)) ?? [])];
    for (const name of names) {
      const role = rolesByName.get(name);
      if (role !== undefined && !known.includes(role)) known.push(role);
    }
    assignments.set(key(userId, projectId), known);
    const project = projects.get(projectId);
    const list = projectsOf.get(userId) ?? [];
    if (project !== undefined && !list.includes(project)) list.push(project);
    projectsOf.set(userId, list);
  }
  return {
    directory,
    domain: ({ id, name }) => (id !== undefined ? domainsById.get(id) : domainsByName.get(name ?? '')),
    project: (id) => projects.get(id),
    projectNamed: (name, domainId) => projectsByName.get(key(name, domainId)),
    projectOfName: (name) => projectsByNameAlone.get(name),
    user: (id) => users.get(id),
    userNamed: (name, domainId) => usersByName.get(key(name, domainId)),
    userOfName: (name) => usersByNameAlone.get(name),
    roles: (userId, projectId) => assignments.get(key(userId, projectId)) ?? [],
    projects: (userId) => projectsOf.get(userId) ?? [],
    accessKey: (accessKey) => accessKeys.get(accessKey),
    role: ({ id, name }) => (id !== undefined ? rolesById.get(id) : rolesByName.get(name ?? '')),
  };
}
