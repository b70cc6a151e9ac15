import type { Caller } from '../../domain/caller.ts';
import { callerFor } from '../caller-for.ts';
import type { Role } from '../directory/directory.ts';
import type { IdentityProblem } from '../problem.ts';
import type { RecordIndex } from '../records/record-index.ts';
import type { Records } from '../records/records.ts';
import { isRevokedByRecord } from '../records/revocations.ts';
import type { Scope } from '../scopes/scope.ts';
import type { Token } from './token.ts';

/** Whether a token is still good: the token with its present roles, or why it is not. */
export type TokenVerdict = { readonly token: Token } | { readonly problem: IdentityProblem };

/** What tokens are checked against. */
export interface TokenSubjects {
  readonly records: Records;
  readonly index: RecordIndex;
}

/** The latest verdict on each token, with the version of the records that it holds for. */
const verdicts = new WeakMap<Token, { readonly version: number; readonly verdict: TokenVerdict }>();

/**
 * Checks whether what a token refers to still exists and is enabled, whether its user still has roles in its scope, and whether
 * a change has revoked it. Looks again only after a record has changed. Does not look at the expiry.
 */
export function checkToken(token: Token, subjects: TokenSubjects): TokenVerdict {
  const { version } = subjects.records;
  const known = verdicts.get(token);
  if (known?.version === version) return known.verdict;
  const verdict = examine(token, subjects);
  verdicts.set(token, { version, verdict });
  return verdict;
}

function examine(token: Token, subjects: TokenSubjects): TokenVerdict {
  const { records, index } = subjects;
  const problem =
    scopeProblem(token.scope, records) ?? delegationProblem(token, records) ?? userProblem(token, records);
  if (problem !== undefined) return { problem };
  const roles = presentRoles(token, index);
  if (token.trustId !== undefined && roles.length < token.roles.length) {
    return { problem: { kind: 'not-allowed', action: null } };
  }
  if (token.scope.kind !== 'unscoped' && roles.length === 0) {
    return { problem: { kind: 'token-without-roles', token: token.id } };
  }
  if (isRevokedByRecord(records, token)) return { problem: { kind: 'token-not-found', isKnown: true } };
  return { token: withRoles(token, roles, index) };
}

/**
 * Returns what is missing or disabled in a scope: its project or domain, or the domain of the project. A token for a domain that
 * was disabled stays good, unless the domain is that of its user.
 */
export function scopeProblem(scope: Scope, records: Records): IdentityProblem | undefined {
  if (scope.kind === 'domain') return missingDomain(scope.domainId, records);
  if (scope.kind !== 'project') return undefined;
  const { projectId } = scope;
  const project = records.get('project', projectId);
  if (project === undefined) return { kind: 'project-not-found', projectId };
  if (!project.enabled) return { kind: 'scope-disabled', entity: 'project', id: projectId };
  return domainProblem(project.domain_id, records);
}

const missingDomain = (domainId: string, records: Records): IdentityProblem | undefined =>
  records.has('domain', domainId) ? undefined : { kind: 'domain-not-found', domainId };

function domainProblem(domainId: string, records: Records): IdentityProblem | undefined {
  if (records.get('domain', domainId)?.enabled === true) return undefined;
  return missingDomain(domainId, records) ?? { kind: 'scope-disabled', entity: 'domain', id: domainId };
}

function userProblem({ userId }: Token, records: Records): IdentityProblem | undefined {
  const user = records.get('user', userId);
  if (user === undefined) return { kind: 'user-not-found', userId };
  return (
    domainProblem(user.domain_id, records) ?? (user.enabled ? undefined : { kind: 'token-not-found', isKnown: true })
  );
}

function delegationProblem(
  { trustId, roleOwnerId, accessTokenId }: Token,
  records: Records,
): IdentityProblem | undefined {
  if (accessTokenId !== undefined && !records.has('access-token', accessTokenId)) {
    return { kind: 'access-token-not-found' };
  }
  if (trustId === undefined) return undefined;
  if (!records.has('trust', trustId)) return { kind: 'trust-not-found', trustId };
  return records.get('user', roleOwnerId ?? '')?.enabled === false ? { kind: 'not-allowed', action: null } : undefined;
}

/** The roles of the token's user in its scope; of a delegation those that the token was issued with and that remain. */
function presentRoles(token: Token, index: RecordIndex): readonly Role[] {
  const roles = index.rolesIn(token.roleOwnerId ?? token.userId, token.scope);
  const { applicationCredentialId, trustId, accessTokenId } = token;
  if (applicationCredentialId === null && trustId === undefined && accessTokenId === undefined) return roles;
  return token.roles.filter(({ id }) => roles.some((role) => role.id === id));
}

/** Returns the token with its present roles, and with the present names of its user and project for the caller. */
function withRoles(token: Token, roles: readonly Role[], index: RecordIndex): Token {
  const user = index.user(token.userId);
  if (user === undefined) return token;
  const caller = callerFor({ id: token.id, scope: token.scope, roles }, user, index);
  // Usually nothing has changed, and a copy for each token would take memory.
  return isUnchanged(token, roles, caller) ? token : { ...token, roles, caller };
}

function isUnchanged(token: Token, roles: readonly Role[], caller: Caller): boolean {
  if (token.roles.length !== roles.length || token.roles.some((role, at) => role !== roles[at])) return false;
  const { userName, projectName, projectId, domainId } = token.caller;
  return (
    userName === caller.userName &&
    projectName === caller.projectName &&
    projectId === caller.projectId &&
    domainId === caller.domainId
  );
}
