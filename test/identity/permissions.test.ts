import { expect, test } from '@jest/globals';
import {
  mayCheckToken,
  mayReadCredentials,
  mayReadToken,
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
