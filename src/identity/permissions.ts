/** Permissions of the identity services, as the default policies of Keystone define them. */
import type { Scope } from './scopes/scope.ts';

/** The sender of a request, with the scope of its token; a signed request has the scope of one project. */
export interface Requester {
  readonly userId: string;
  /** Role names. */
  readonly roles: readonly string[];
  readonly scope: Scope;
}

const isAdmin = ({ roles }: Requester): boolean => roles.includes('admin');
const isReader = ({ roles }: Requester): boolean => roles.includes('reader');

/** Returns whether the requester may read everything: an admin in any scope, or a reader in the system scope. */
const mayReadAll = (requester: Requester): boolean =>
  isAdmin(requester) || (requester.scope.kind === 'system' && isReader(requester));

/** Returns whether the requester may read the application credentials of a user. */
export const mayReadCredentials = (requester: Requester, userId: string): boolean =>
  requester.userId === userId || mayReadAll(requester);

/** Returns whether the requester may remove the application credentials of a user. */
export const mayRemoveCredentials = (requester: Requester, userId: string): boolean =>
  requester.userId === userId || isAdmin(requester);

/** Returns whether the requester may check whether a token of that user is valid. */
export const mayCheckToken = (requester: Requester, userId: string): boolean =>
  requester.userId === userId || mayReadAll(requester);

/** Returns whether the requester may read a token of that user. */
export const mayReadToken = (requester: Requester, userId: string): boolean =>
  mayCheckToken(requester, userId) || requester.roles.includes('service');

/** Returns whether the requester may revoke the tokens of a user. */
export const mayRevokeToken = (requester: Requester, userId: string): boolean =>
  requester.userId === userId || isAdmin(requester);
