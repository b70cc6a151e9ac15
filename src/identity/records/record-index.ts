import type { AccessKey, Directory, Domain, Project, Role, User } from '../directory/directory.ts';
import type { DirectoryIndex, Reference } from '../directory/directory-index.ts';
import type { Scope } from '../scopes/scope.ts';
import { EffectiveRoles, withEachImplied, withImplied } from './effective-roles.ts';
import { type GrantTarget, SYSTEM } from './record.ts';
import { directoryOf } from './record-directory.ts';
import { indexValue } from './record-kinds.ts';
import type { Records } from './records.ts';
import { optional, toDomain, toProject, toRole, toRoles, toUser } from './views.ts';

/** Lookups in the present records of a world. */
export class RecordIndex implements DirectoryIndex {
  readonly #records: Records;
  /** The roles that count, and where. */
  readonly effective: EffectiveRoles;

  constructor(records: Records) {
    this.#records = records;
    this.effective = new EffectiveRoles(records);
  }

  get directory(): Directory {
    return directoryOf(this.#records);
  }

  domain({ id, name }: Reference): Domain | undefined {
    const record =
      name === undefined ? this.#records.get('domain', id ?? '') : this.#records.first('domain', 'name', name);
    return optional(record, toDomain);
  }

  project(id: string): Project | undefined {
    return optional(this.#records.get('project', id), toProject);
  }

  projectNamed(name: string, domainId: string): Project | undefined {
    return optional(this.#records.first('project', 'name', indexValue(name, domainId)), toProject);
  }

  projectOfName(name: string): Project | undefined {
    return optional(this.#records.first('project', 'any-name', name), toProject);
  }

  user(id: string): User | undefined {
    return optional(this.#records.get('user', id), toUser);
  }

  userNamed(name: string, domainId: string): User | undefined {
    return optional(this.#records.first('user', 'name', indexValue(name, domainId)), toUser);
  }

  userOfName(name: string): User | undefined {
    return optional(this.#records.first('user', 'any-name', name), toUser);
  }

  roles(userId: string, projectId: string): readonly Role[] {
    return this.#rolesOn(userId, 'project', projectId);
  }

  rolesInDomain(userId: string, domainId: string): readonly Role[] {
    return this.#rolesOn(userId, 'domain', domainId);
  }

  rolesInSystem(userId: string): readonly Role[] {
    return this.#rolesOn(userId, 'system', SYSTEM);
  }

  /** Roles of a user in any scope; none in `unscoped`. Does not look at whether the scope is enabled. */
  rolesIn(userId: string, scope: Scope): readonly Role[] {
    switch (scope.kind) {
      case 'project':
        return this.roles(userId, scope.projectId);
      case 'domain':
        return this.rolesInDomain(userId, scope.domainId);
      case 'system':
        return this.rolesInSystem(userId);
      case 'unscoped':
        return [];
      default:
        return scope satisfies never;
    }
  }

  /** Some roles with those that they imply. */
  rolesOf(roleIds: readonly string[]): readonly Role[] {
    return toRoles(withImplied(this.#records, roleIds));
  }

  /** Returns roles and those that they imply, a role once for each role that implies it. */
  rolesOfEach(roleIds: readonly string[]): readonly Role[] {
    return withEachImplied(this.#records, roleIds).map(toRole);
  }

  projects(userId: string): readonly Project[] {
    return this.effective.projects(userId).map(toProject);
  }

  domains(userId: string): readonly Domain[] {
    return this.effective.domains(userId).map(toDomain);
  }

  accessKey(accessKey: string): { readonly user: User; readonly key: AccessKey } | undefined {
    const user = optional(this.#records.first('user', 'access-key', accessKey), toUser);
    const key = user?.accessKeys.find((each) => each.accessKey === accessKey);
    return user === undefined || key === undefined ? undefined : { user, key };
  }

  role({ id, name = '' }: Reference): Role | undefined {
    if (id !== undefined) return optional(this.#records.get('role', id), toRole);
    const record = this.#records.first('role', 'name', indexValue(name, null));
    return optional(record ?? this.#records.first('role', 'any-name', name), toRole);
  }

  #rolesOn(userId: string, target: GrantTarget, id: string): readonly Role[] {
    return toRoles(this.effective.roles(userId, target, id));
  }
}
