/** Records as the values that the rest of the cloud works with. Each is converted once. */
import type { Domain, Project, Role, User } from '../directory/directory.ts';
import type { DomainRecord, ProjectRecord, RoleRecord, UserRecord } from './record.ts';

/** Converts records with a function, and remembers the results as long as the records exist. */
function remembered<Source extends object, View>(convert: (source: Source) => View): (source: Source) => View {
  const views = new WeakMap<Source, View>();
  return (source) => {
    let view = views.get(source);
    if (view === undefined) {
      view = convert(source);
      views.set(source, view);
    }
    return view;
  };
}

/** Applies a function to a value, unless it is `undefined`. */
export const optional = <T, V>(value: T | undefined, convert: (value: T) => V): V | undefined =>
  value === undefined ? undefined : convert(value);

/** A domain record as a domain. */
export const toDomain = remembered(
  ({ id, name, description, enabled }: DomainRecord): Domain => ({ id, name, description, isEnabled: enabled }),
);

/** A project record as a project. */
export const toProject = remembered(
  ({ id, name, domain_id: domainId, description, enabled }: ProjectRecord): Project => ({
    id,
    name,
    domainId,
    description,
    isEnabled: enabled,
  }),
);

/** A user record as a user. */
export const toUser = remembered(
  (user: UserRecord): User => ({
    id: user.id,
    name: user.name,
    domainId: user.domain_id,
    isEnabled: user.enabled,
    password: user.password ?? null,
    email: typeof user['email'] === 'string' ? user['email'] : null,
    defaultProjectId: user.default_project_id ?? null,
    apiKey: user.api_key ?? null,
    accessKeys: user.access_keys ?? [],
  }),
);

/** A role record as a role. */
export const toRole = remembered(({ id, name }: RoleRecord): Role => ({ id, name }));

/** A list of role records as roles. */
export const toRoles = remembered((roles: readonly RoleRecord[]): readonly Role[] => roles.map(toRole));
