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

/** A role with the roles that it implies in a new Keystone. */
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

/** The requesters that a permission allows, as `role at scope`. */
function allWho(may: (someone: Requester) => boolean): readonly string[] {
  const roles = Object.keys(ROLES) as readonly RoleName[];
  const scopes = Object.keys(SCOPES) as readonly ScopeName[];
  return scopes.flatMap((scope) =>
    roles.filter((role) => may(requester(role, scope))).map((role) => `${role} at ${scope}`),
  );
}

const ADMINS = ['admin at unscoped', 'admin at project', 'admin at domain', 'admin at other domain', 'admin at system'];
const READERS_OF_SYSTEM = ['reader at system', 'member at system'];

test('admins with any scope and readers of the system may read everything', () => {
  expect([...allWho(mayReadAll)].sort()).toEqual([...ADMINS, ...READERS_OF_SYSTEM].sort());
});

test('readers of a domain may list projects', () => {
  const ofDomains = ['domain', 'other domain'].flatMap((scope) => [`reader at ${scope}`, `member at ${scope}`]);
  expect([...allWho(mayListProjects)].sort()).toEqual([...ADMINS, ...READERS_OF_SYSTEM, ...ofDomains].sort());
});

describe('A project may be read', () => {
  const web = { id: 'web', domainId: 'default' };
  const may = (role: RoleName, scope: ScopeName, target: Parameters<typeof mayReadProject>[1]): boolean =>
    mayReadProject(requester(role, scope), target);

  test('with any token for it, with any role', () => {
    expect([may('none', 'project', web), may('service', 'project', web)]).toEqual([true, true]);
    expect(may('member', 'project', { ...web, id: 'ops' })).toBe(false);
  });

  test('by readers of its domain and not by readers of another', () => {
    expect([may('reader', 'domain', web), may('reader', 'other domain', web)]).toEqual([true, false]);
    expect(may('none', 'domain', web)).toBe(false);
  });

  test('by readers whose token is for no domain, if it is a domain itself', () => {
    const domain = { id: 'default', domainId: null };
    expect([may('reader', 'project', domain), may('reader', 'unscoped', domain)]).toEqual([true, true]);
    expect([may('reader', 'domain', domain), may('none', 'project', domain)]).toEqual([false, false]);
  });

  test('only by callers who may read everything, if it does not exist', () => {
    expect([may('admin', 'project', undefined), may('reader', 'system', undefined)]).toEqual([true, true]);
    expect([may('reader', 'domain', undefined), may('member', 'project', undefined)]).toEqual([false, false]);
  });
});

test("the user, readers of the user's domain and callers who may read everything may list a user's projects", () => {
  const ann = { id: 'ann', domainId: 'default' };
  const ben = { id: 'ben', domainId: 'default' };
  expect(mayReadUser(requester('none', 'unscoped'), ann)).toBe(true);
  expect(mayReadUser(requester('member', 'project'), ben)).toBe(false);
  expect(mayReadUser(requester('reader', 'domain'), ben)).toBe(true);
  expect(mayReadUser(requester('reader', 'other domain'), ben)).toBe(false);
  expect(mayReadUser(requester('reader', 'system'), undefined)).toBe(true);
  expect(mayReadUser(requester('reader', 'domain'), undefined)).toBe(false);
});

test('callers who may read everything may read the application credentials of others, and admins may remove them', () => {
  expect([...allWho((someone) => mayReadCredentials(someone, 'ben'))].sort()).toEqual(
    [...ADMINS, ...READERS_OF_SYSTEM].sort(),
  );
  expect(allWho((someone) => mayRemoveCredentials(someone, 'ben'))).toEqual(ADMINS);
  expect(mayReadCredentials(requester('none', 'unscoped'), 'ann')).toBe(true);
  expect(mayRemoveCredentials(requester('none', 'unscoped'), 'ann')).toBe(true);
});

test('callers who may read everything may check the tokens of others, services may read them too, and admins may revoke them', () => {
  const services = Object.keys(SCOPES).map((scope) => `service at ${scope}`);
  const readers = [...ADMINS, ...READERS_OF_SYSTEM];
  expect([...allWho((someone) => mayCheckToken(someone, 'ben'))].sort()).toEqual([...readers].sort());
  expect([...allWho((someone) => mayReadToken(someone, 'ben'))].sort()).toEqual([...readers, ...services].sort());
  expect(allWho((someone) => mayRevokeToken(someone, 'ben'))).toEqual(ADMINS);
  for (const may of [mayCheckToken, mayReadToken, mayRevokeToken]) {
    expect(may(requester('none', 'unscoped'), 'ann')).toBe(true);
  }
});
