import type { Call } from '../../../contract/contract.ts';
import { mayCheckToken, mayReadToken, mayRevokeToken, type Requester } from '../../../identity/permissions.ts';
import { IdentityError } from '../../../identity/problem.ts';
import type { Token } from '../../../identity/tokens/token.ts';
import type { Context } from '../../dialect.ts';
import { NO_CONTENT, requesterOf, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { findSubjectToken } from '../subject-token.ts';
import { presentToken } from './present.ts';

/** The policy for one operation on tokens. */
interface TokenPolicy {
  /** Name of the rule, for the error. */
  readonly action: string;
  readonly allows: (requester: Requester, userId: string) => boolean;
}

const VALIDATE: TokenPolicy = { action: 'identity:validate_token', allows: mayReadToken };
const CHECK: TokenPolicy = { action: 'identity:check_token', allows: mayCheckToken };
const REVOKE: TokenPolicy = { action: 'identity:revoke_token', allows: mayRevokeToken };

/** Validates the token in X-Subject-Token and shows it. */
export const showToken: ServiceHandler = (call, context, service) =>
  presentToken({ status: 200, token: subjectOf(call, context, VALIDATE), call, cloud: context.cloud, service });

/** Validates the token in X-Subject-Token. */
export const checkToken: ServiceHandler = (call, context, service) =>
  presentToken({ status: 200, token: subjectOf(call, context, CHECK), call, cloud: context.cloud, service });

/** Revokes the token in X-Subject-Token. */
export const revokeToken: ServiceHandler = (call, context) => {
  const { identity } = context.cloud;
  const { id } = subjectOf(call, context, REVOKE);
  const token = identity.subjectToken(id);
  // Whatever the client understands, tokens that access rules limit are not found here.
  if (identity.accessRulesOf(id) !== null) throw new IdentityError({ kind: 'token-not-found', isKnown: true });
  identity.revoke(token);
  return NO_CONTENT;
};

/** Stands for the owner of a token that the request does not name. */
const NOBODY = '';

/**
 * The token in X-Subject-Token.
 * @throws IdentityError if there is none, it is not valid, or the policy does not allow the operation.
 */
function subjectOf(call: Call, context: Context, { action, allows }: TokenPolicy): Token {
  const token = findSubjectToken(call, context);
  // Without the header, Keystone checks the policy against no owner before it reports the missing token.
  requirePermission(allows(requesterOf(context), token?.userId ?? NOBODY), action);
  if (token === undefined) throw new IdentityError({ kind: 'token-not-given' });
  return token;
}
