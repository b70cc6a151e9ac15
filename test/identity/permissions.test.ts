import { describe, expect, test } from '@jest/globals';
import {
  mayCheckToken,
  mayListProjects,
  mayReadAll,
  mayReadCredentials,
  mayReadProject,
  mayReadToken,
  mayReadUser,
  mayRemoveCredentials,
  mayRevokeToken,
  type Requester,
} from '../../src/identity/permissions.ts';
import type { Scope } from '../../src/identity/scopes/scope.ts';

const SCOPES = {
  unscoped: { kind: 'unscoped' },
  project: { kind: 'project', projectId: 'web' },
  domain: { kind: 'domain', domainId: 'default' },
  'other domain': { kind: 'domain', domainId: 'partner' },
  system: { kind: 'system' },
} as const satisfies Record<string, Scope>;
type ScopeName = keyof typeof SCOPES;

/** Each role with the roles that it implies in recent releases of Keystone. */
const ROLES = {
  none: [],
  reader: ['reader'],
  member: ['member', 'reader'],
  admin: ['admin', 'member', 'reader'],
  service: ['service'],
} as const;
type RoleName = keyof typeof ROLES;

const requester = (role: RoleName, scope: ScopeName, userId = 'ann'): Requester => ({
  userId,
  roles: ROLES[role],
  scope: SCOPES[scope],
});

/** Returns the requesters that a permission allows, as `role at scope`. */
function allowedRequesters(isAllowed: (candidate: Requester) => boolean): readonly string[] {
  const roles = Object.keys(ROLES) as readonly RoleName[];
  const scopes = Object.keys(SCOPES) as readonly ScopeName[];
  return scopes.flatMap((scope) =>
    roles.filter((role) => isAllowed(requester(role, scope))).map((role) => `${role} at ${scope}`),
  );
}

const ADMINS = ['admin at unscoped', 'admin at project', 'admin at domain', 'admin at other domain', 'admin at system'];
const READERS_OF_SYSTEM = ['reader at system', 'member at system'];

test('admins with any scope and readers of the system can read everything', () => {
  expect([...allowedRequesters(mayReadAll)].sort()).toEqual([...ADMINS, ...READERS_OF_SYSTEM].sort());
});

test('readers of a domain can list projects', () => {
  const domainReaders = ['domain', 'other domain'].flatMap((scope) => [`reader at ${scope}`, `member at ${scope}`]);
  expect([...allowedRequesters(mayListProjects)].sort()).toEqual(
    [...ADMINS, ...READERS_OF_SYSTEM, ...domainReaders].sort(),
  );
});

describe('A project can be read', () => {
  const web = { id: 'web', domainId: 'default' };
  const isAllowed = (role: RoleName, scope: ScopeName, target: Parameters<typeof mayReadProject>[1]): boolean =>
    mayReadProject(requester(role, scope), target);

  test('with a token for it and any role', () => {
    expect([isAllowed('none', 'project', web), isAllowed('service', 'project', web)]).toEqual([true, true]);
    expect(isAllowed('member', 'project', { ...web, id: 'ops' })).toBe(false);
  });

  test('by readers of its domain but not of another one', () => {
    expect([isAllowed('reader', 'domain', web), isAllowed('reader', 'other domain', web)]).toEqual([true, false]);
    expect(isAllowed('none', 'domain', web)).toBe(false);
  });

  test('by readers whose token has no domain scope, if it is a domain itself', () => {
    const domain = { id: 'default', domainId: null };
    expect([isAllowed('reader', 'project', domain), isAllowed('reader', 'unscoped', domain)]).toEqual([true, true]);
    expect([isAllowed('reader', 'domain', domain), isAllowed('none', 'project', domain)]).toEqual([false, false]);
  });

  test('only by callers who can read everything, if it does not exist', () => {
    expect([isAllowed('admin', 'project', undefined), isAllowed('reader', 'system', undefined)]).toEqual([true, true]);
    expect([isAllowed('reader', 'domain', undefined), isAllowed('member', 'project', undefined)]).toEqual([
      false,
      false,
    ]);
  });
});

test("the user, readers of the user's domain and callers who can read everything can list a user's projects", () => {
  const ann = { id: 'ann', domainId: 'default' };
  const ben = { id: 'ben', domainId: 'default' };
  expect(mayReadUser(requester('none', 'unscoped'), ann)).toBe(true);
  expect(mayReadUser(requester('member', 'project'), ben)).toBe(false);
  expect(mayReadUser(requester('reader', 'domain'), ben)).toBe(true);
  expect(mayReadUser(requester('reader', 'other domain'), ben)).toBe(false);
  expect(mayReadUser(requester('reader', 'system'), undefined)).toBe(true);
  expect(mayReadUser(requester('reader', 'domain'), undefined)).toBe(false);
});

test('callers who can read everything can read the application credentials of others, and admins can delete them', () => {
  expect([...allowedRequesters((candidate) => mayReadCredentials(candidate, 'ben'))].sort()).toEqual(
    [...ADMINS, ...READERS_OF_SYSTEM].sort(),
  );
  expect(allowedRequesters((candidate) => mayRemoveCredentials(candidate, 'ben'))).toEqual(ADMINS);
  expect(mayReadCredentials(requester('none', 'unscoped'), 'ann')).toBe(true);
  expect(mayRemoveCredentials(requester('none', 'unscoped'), 'ann')).toBe(true);
});

test('callers who can read everything can check the tokens of others, services can show them, and admins can revoke them', () => {
  const services = Object.keys(SCOPES).map((scope) => `service at ${scope}`);
  const readers = [...ADMINS, ...READERS_OF_SYSTEM];
  expect([...allowedRequesters((candidate) => mayCheckToken(candidate, 'ben'))].sort()).toEqual([...readers].sort());
  expect([...allowedRequesters((candidate) => mayReadToken(candidate, 'ben'))].sort()).toEqual(
    [...readers, ...services].sort(),
  );
  expect(allowedRequesters((candidate) => mayRevokeToken(candidate, 'ben'))).toEqual(ADMINS);
  for (const isAllowed of [mayCheckToken, mayReadToken, mayRevokeToken]) {
    expect(isAllowed(requester('none', 'unscoped'), 'ann')).toBe(true);
  }
});
