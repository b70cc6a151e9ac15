/** What tokens may do that act for a user by delegation: those of trusts, application credentials, OAuth 1.0 and EC2 credentials. */
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import { requirePermission } from './service-handler.ts';

/** The token of a request; `undefined` for a signed one. */
const tokenOfCaller = ({ cloud, caller }: Context): Token | undefined => cloud.identity.validToken(caller.token);

/** The id of the trust that the token of a request is for. */
export const trustIdOf = (context: Context): string | undefined => tokenOfCaller(context)?.trustId;

const DELEGATED_METHODS: readonly string[] = ['application_credential', 'oauth1', 'ec2credential'];

/** Returns whether a token was given for a delegation other than a trust. */
export const hasDelegatedMethod = ({ methods }: Token): boolean =>
  methods.some((method) => DELEGATED_METHODS.includes(method));

/** Rejects tokens of delegations other than trusts. @throws IdentityError `not-allowed`. */
export function rejectDelegatedMethod(context: Context): void {
  const token = tokenOfCaller(context);
  requirePermission(token === undefined || !hasDelegatedMethod(token), 'Delegated tokens cannot manage trusts.');
}

/** Rejects tokens of delegations other than application credentials. @throws IdentityError `not-allowed`. */
export function rejectTokenForCredentials(context: Context): void {
  const token = tokenOfCaller(context);
  const isOfCredential = token?.methods.includes('application_credential') === true;
  requirePermission(isOfCredential || !isDelegated(context), null);
}

/** Returns whether the token of a request was given for a delegation. */
export function isDelegated(context: Context): boolean {
  const token = tokenOfCaller(context);
  return token !== undefined && (token.trustId !== undefined || hasDelegatedMethod(token));
}

const NOT_DIRECTLY = 'Delegated tokens cannot access credentials directly';

/** Rejects tokens of delegations. @param action - the sentence of the error, if any. @throws IdentityError `not-allowed`. */
export const rejectDelegatedToken = (context: Context, action: string | null = NOT_DIRECTLY): void =>
  requirePermission(!isDelegated(context), action);
