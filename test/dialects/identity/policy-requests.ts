/** Requests about groups, grants and implied roles, by the names of the recorded statuses. */

/** A method in lower case, as supertest has it. */
export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** A request, and what an administrator does before each try. */
export type PolicyRequest = readonly [
  method: Method,
  path: string,
  body?: object | undefined,
  before?: readonly [Method, string],
];

type Requests = Readonly<Record<string, PolicyRequest>>;

const unchanged = (method: Method, path: string, before: readonly [Method, string]): PolicyRequest => [
  method,
  path,
  undefined,
  before,
];

const membersOf = (letter: string, group: string, user: string): Requests => {
  const path = `/v3/groups/{${group}}/users`;
  const member = `${path}/{${user}}`;
  return {
    [`group-users-${letter}`]: ['get', path],
    [`add-to-group-${letter}`]: ['put', member],
    [`check-in-group-${letter}`]: unchanged('head', member, ['put', member]),
    [`get-in-group-${letter}`]: unchanged('get', member, ['put', member]),
    [`remove-from-group-${letter}`]: unchanged('delete', member, ['put', member]),
  };
};

/** @param roles - path of the roles of somebody on something. */
const grantsOf = (name: string, roles: string): Requests => {
  const role = `${roles}/{role}`;
  return {
    [`grants-${name}`]: ['get', roles],
    [`grant-${name}`]: ['put', role],
    [`check-${name}`]: unchanged('head', role, ['put', role]),
    [`revoke-${name}`]: unchanged('delete', role, ['put', role]),
  };
};

const inheritedGrantsOf = (name: string, roles: string): Requests => {
  const role = `/v3/OS-INHERIT/${roles}/{role}/inherited_to_projects`;
  return {
    ...(roles.startsWith('domains') && {
      [`inh-grants-${name}`]: ['get', `/v3/OS-INHERIT/${roles}/inherited_to_projects`] as const,
    }),
    [`inh-grant-${name}`]: ['put', role],
    [`inh-check-${name}`]: unchanged('head', role, ['put', role]),
    [`inh-revoke-${name}`]: unchanged('delete', role, ['put', role]),
  };
};

const IMPLIED = '/v3/roles/{role}/implies/{implied}';

/** All of them. */
export const GRANT_REQUESTS: Requests = {
  'user-groups-A': ['get', '/v3/users/{acmeUser}/groups'],
  'user-groups-D': ['get', '/v3/users/{otherUser}/groups'],
  'user-groups-unknown': ['get', '/v3/users/{unknown}/groups'],
  ...membersOf('A', 'groupA', 'acmeUser'),
  ...membersOf('D', 'groupD', 'otherUser'),
  'role-inferences': ['get', '/v3/role_inferences'],
  'list-implies': ['get', '/v3/roles/{role}/implies'],
  'put-implied': unchanged('put', IMPLIED, ['delete', IMPLIED]),
  'get-implied': unchanged('get', IMPLIED, ['put', IMPLIED]),
  'head-implied': unchanged('head', IMPLIED, ['put', IMPLIED]),
  'delete-implied': unchanged('delete', IMPLIED, ['put', IMPLIED]),
  ...grantsOf('projA-userA', '/v3/projects/{workshop}/users/{acmeUser}/roles'),
  ...grantsOf('projD-userD', '/v3/projects/{alt}/users/{defaultUser}/roles'),
  ...grantsOf('projA-userD', '/v3/projects/{workshop}/users/{defaultUser}/roles'),
  ...grantsOf('projA-groupA', '/v3/projects/{workshop}/groups/{groupA}/roles'),
  ...grantsOf('domA-userA', '/v3/domains/{acme}/users/{acmeUser}/roles'),
  ...grantsOf('domD-groupD', '/v3/domains/default/groups/{groupD}/roles'),
  ...grantsOf('system-userD', '/v3/system/users/{defaultUser}/roles'),
  ...grantsOf('system-groupD', '/v3/system/groups/{groupD}/roles'),
  'grant-domain-role-projA-userA': ['put', '/v3/projects/{workshop}/users/{acmeUser}/roles/{roleA}'],
  ...inheritedGrantsOf('projA-userA', 'projects/{workshop}/users/{acmeUser}/roles'),
  ...inheritedGrantsOf('projD-userD', 'projects/{alt}/users/{defaultUser}/roles'),
  ...inheritedGrantsOf('domA-userA', 'domains/{acme}/users/{acmeUser}/roles'),
  ...inheritedGrantsOf('domD-groupD', 'domains/default/groups/{groupD}/roles'),
  assignments: ['get', '/v3/role_assignments'],
  'assignments-A': ['get', '/v3/role_assignments?scope.domain.id={acme}'],
  'assignments-projA': ['get', '/v3/role_assignments?scope.project.id={workshop}'],
  'assignments-projD': ['get', '/v3/role_assignments?scope.project.id={demo}'],
  'assignments-subtree-projA': ['get', '/v3/role_assignments?scope.project.id={workshop}&include_subtree=true'],
  'assignments-subtree-projD': ['get', '/v3/role_assignments?scope.project.id={demo}&include_subtree=true'],
  'assignments-system': ['get', '/v3/role_assignments?scope.system=all'],
  'assignments-head': ['head', '/v3/role_assignments'],
  'system-user-self': ['get', '/v3/system/users/{defaultUser}/roles'],
};
