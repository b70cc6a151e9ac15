import type { ReleaseChange } from '../../contract/contract.ts';

const SORTED_LISTS = ['listUsers', 'listGroups', 'listProjects', 'listDomains'];
const LATER_LISTS = ['listRoles', 'listEndpoints', 'listServiceProviders', 'listRegisteredLimits', 'listLimits'];
const CHANGES = ['createUser', 'createGroup', 'createProject', 'updateUser', 'deleteUser', 'createRole'];

/** What releases of Keystone changed for clients. */
export const RELEASE_CHANGES: readonly ReleaseChange[] = [
  {
    since: '2025.1',
    operations: SORTED_LISTS,
    what: '`limit` and `marker`',
    before: 'ignored; lists are in order of creation',
    after: 'pages in order of ids, with `links.next` and `truncated`; an unknown marker is 404',
  },
  {
    since: '2025.1',
    operations: ['listServices', 'listRegions', 'listCredentials', 'listPolicies', 'listIdentityProviders'],
    what: '`limit`',
    before: 'ignored',
    after: 'cuts the list off, with `links.next` and `truncated`; `marker` is ignored',
  },
  {
    since: '2025.1',
    operations: [...LATER_LISTS, 'listApplicationCredentials', 'listTrusts', 'listRoleAssignments', 'listGroups'],
    what: 'A parameter that the list does not have, in most of these `limit` too',
    before: 'ignored',
    after: "400 `Additional properties are not allowed ('limit' was unexpected)`",
  },
  {
    since: '2026.2',
    operations: [...LATER_LISTS, 'listApplicationCredentials'],
    what: '`limit`',
    before: '400',
    after: 'cuts the list off, with `links.next` and `truncated`; other parameters are ignored',
  },
  {
    since: '2026.2',
    operations: ['listRegions'],
    what: '`limit`, or another unknown parameter',
    before: '200; `limit` cuts the list off',
    after: '400',
  },
  {
    since: '2025.1',
    operations: ['listUsers', 'listProjects', 'listDomains'],
    what: '`enabled=maybe`',
    before: '200; the filter counts as true',
    after: '400 with the values that it may have',
  },
  {
    since: '2025.1',
    operations: CHANGES,
    what: 'A body that breaks its schema',
    before: "400 `Invalid input for field 'name': ...` with the schema, after the token and the policy are checked",
    after: '400 `Invalid input for field/attribute name. Value: ...` in one sentence, before the token is checked',
  },
  {
    since: '2026.2',
    operations: CHANGES,
    what: 'Wording of a 400 for an empty text, list or object',
    before: '`is too short` or `does not have enough properties`',
    after: '`should be non-empty`',
  },
  {
    since: '2025.1',
    operations: ['createApplicationCredential'],
    what: 'The roles of a credential, and members that it does not have',
    before: 'the roles of the request; 400 for an unknown member comes last',
    after: 'these roles and those that they imply; an unknown member is 400 by the schema',
  },
  {
    since: '2025.1',
    operations: ['authApplicationCredential'],
    what: '`expires_at` of a token that ends with its application credential',
    before: 'without a fraction and without a zone',
    after: 'as in other tokens',
  },
  {
    since: '2025.1',
    operations: ['listRoles', 'listRoleInferences', 'authPasswordScoped'],
    what: 'The roles `manager` and `service`',
    before: 'not created by an installation',
    after: 'there and immutable; `admin` implies `manager`, which implies `member`, and tokens list all of them',
  },
  {
    since: '2025.1',
    operations: [...SORTED_LISTS, 'createUser', 'createGroup', 'createProject', 'listRoles'],
    what: 'A `manager` with a token for a domain',
    before: '403',
    after: 'manages users, groups, projects and their roles `manager`, `member` and `reader` in that domain',
  },
  {
    since: '2026.2',
    operations: ['listLimits'],
    what: 'An administrator with a token for a project',
    before: 'lists the limits of that project',
    after: 'lists the limits of all projects and domains',
  },
  {
    since: '2026.2',
    operations: ['authPasswordScoped', 'authToken'],
    what: 'The methods that a 401 for an unknown method names',
    before: 'without `ec2credential`',
    after: 'with `ec2credential`',
  },
];
