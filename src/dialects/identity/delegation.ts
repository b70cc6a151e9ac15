/** What tokens may do that act for a user by delegation: those of trusts and application credentials. */
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import { requirePermission } from './service-handler.ts';

/** The token of a request; `undefined` for a signed one. */
const tokenOfCaller = ({ cloud, caller }: Context): Token | undefined => cloud.identity.validToken(caller.token);

/** The id of the trust that the token of a request is for. */
export const trustIdOf = (context: Context): string | undefined => tokenOfCaller(context)?.trustId;

/** Rejects tokens of application credentials. @throws IdentityError `not-allowed`. */
export function rejectCredentialToken(context: Context): void {
  const id = tokenOfCaller(context)?.applicationCredentialId ?? null;
  requirePermission(id === null, 'Delegated tokens cannot manage trusts.');
}

/** Rejects tokens of trusts. @throws IdentityError `not-allowed`. */
export const rejectTrustToken = (context: Context): void => requirePermission(trustIdOf(context) === undefined, null);

/** Returns whether the token of a request is that of a trust or an application credential. */
export function isDelegated(context: Context): boolean {
  const token = tokenOfCaller(context);
  return token !== undefined && (token.trustId !== undefined || token.applicationCredentialId !== null);
}

/** Rejects tokens of trusts and application credentials. @throws IdentityError `not-allowed`. */
export const rejectDelegatedToken = (context: Context): void =>
  requirePermission(!isDelegated(context), 'Delegated tokens cannot access credentials directly');
