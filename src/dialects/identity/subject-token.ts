/** The token in X-Subject-Token, which a request is about. */
import type { Call } from '../../contract/contract.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Token } from '../../identity/tokens/token.ts';
import type { Context } from '../dialect.ts';
import type { ServiceHandler } from './service-handler.ts';

const TRUE = /^(1|t|true|on|y|yes)$/i;

/** Whether the client understands access rules; tokens that they limit are hidden from other clients. */
const understandsAccessRules = (call: Call): boolean =>
  Number(call.headers['openstack-identity-access-rules'] ?? 0) >= 1;

/**
 * Returns the valid token in X-Subject-Token; `undefined` without the header.
 * @throws IdentityError `token-not-given` for an empty header; see also `Identity.subjectToken`.
 */
export function findSubjectToken(call: Call, { cloud: { identity } }: Context): Token | undefined {
  const id = call.headers['x-subject-token'];
  if (typeof id !== 'string') return undefined;
  if (id === '') throw new IdentityError({ kind: 'token-not-given' });
  const token = identity.subjectToken(id, { allowsExpired: TRUE.test(call.query.get('allow_expired') ?? '') });
  if (identity.accessRulesOf(token.id) !== null && !understandsAccessRules(call)) {
    throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  }
  return token;
}

/** Adds to a handler that a token in X-Subject-Token has to be valid, although the operation does not use it. */
export const withSubjectCheck =
  (handle: ServiceHandler): ServiceHandler =>
  (call, context, service) => {
    findSubjectToken(call, context);
    return handle(call, context, service);
  };
