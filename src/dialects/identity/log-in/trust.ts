/** Log-ins with the scope of a trust, whose trustee gets a token for the project of the trust. */
import type { User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError, notAuthenticated } from '../../../identity/problem.ts';
import type { TrustRecord } from '../../../identity/records/record.ts';
import { isEnabledScope } from '../../../identity/scopes/scope-rules.ts';
import type { TokenRequest } from '../../../identity/tokens/issue-token.ts';
import { required } from '../fields.ts';
import type { AuthRequest } from './parse.ts';

/**
 * Returns the trust that a log-in asks for; `undefined` if it asks for none, or for another scope as well.
 * @throws IdentityError `missing`; `not-authenticated` for a trust that is unknown, expired or used up.
 */
export function requestedTrust({ scope }: AuthRequest, identity: Identity): TrustRecord | undefined {
  if (scope === undefined || scope === 'unscoped') return undefined;
  if (scope.kinds.length !== 1 || scope.kinds[0] !== 'OS-TRUST:trust') return undefined;
  return identity.usableTrust(required(scope.trustId, 'trust_id', 'trust')) ?? notAuthenticated();
}

const notAllowed = (): never => {
  throw new IdentityError({ kind: 'not-allowed', action: null });
};

/**
 * Returns what a token takes from a trust: its user, scope and roles.
 * @param user - who logs in.
 * @throws IdentityError `not-allowed` for others than the trustee, and if the trustor is disabled; `project-not-found`.
 */
export function trustedParts(
  trust: TrustRecord,
  user: User,
  identity: Identity,
): Pick<TokenRequest, 'user' | 'scope' | 'trust'> {
  if (user.id !== trust.trustee_user_id) notAllowed();
  const trustor = identity.index.user(trust.trustor_user_id);
  if (trustor === undefined || !identity.isActive(trustor)) return notAllowed();
  if (trust.project_id === null) throw new IdentityError({ kind: 'project-not-found', projectId: 'None' });
  const scope = { kind: 'project', projectId: trust.project_id } as const;
  if (!isEnabledScope(identity.index, scope)) notAuthenticated();
  return {
    user: trust.impersonation ? trustor : user,
    scope,
    trust: { id: trust.id, trustorId: trustor.id, roleIds: trust.role_ids, expiresAt: trust.expires },
  };
}

/** Counts a token of a trust whose tokens are limited. */
export function countUse(trust: TrustRecord, { records }: Identity): void {
  const { remaining_uses: uses } = trust;
  if (uses !== null) records.put('trust', { ...trust, remaining_uses: uses - 1 });
}
