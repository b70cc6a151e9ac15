import type { AccessKey, Directory, Domain, Project, Role, User } from './directory.ts';

/** A reference to an entity by id, by name or both. */
export interface Reference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Lookups of domains, projects, users and roles by id and name. */
export interface DirectoryIndex {
  /** Everything as lists. */
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
