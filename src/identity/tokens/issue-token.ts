import type { Clock } from '../../domain/clock.ts';
import type { Ids } from '../../domain/ids.ts';
import type { ApplicationCredential } from '../application-credentials/application-credential.ts';
import { callerFor } from '../caller-for.ts';
import type { Role, User } from '../directory/directory.ts';
import type { DirectoryIndex } from '../directory/directory-index.ts';
import { IdentityError, notAuthenticated } from '../problem.ts';
import type { AccessTokenRecord } from '../records/oauth1-records.ts';
import type { RecordIndex } from '../records/record-index.ts';
import type { Records } from '../records/records.ts';
import { type Scope, scopeText } from '../scopes/scope.ts';
import { defaultScope, isEnabledScope, rolesInScope } from '../scopes/scope-rules.ts';
import type { Token } from './token.ts';
import { scopeProblem } from './token-check.ts';
import { auditIdOf, type TokenFormat, tokenText } from './token-text.ts';
import { worldTag } from './world-tag.ts';

/** A request for a token by a user who has authenticated. */
export interface TokenRequest {
  readonly user: User;
  /** The requested scope; absent: the user's default project, if there is one. */
  readonly scope: Scope | undefined;
  readonly methods: readonly string[];
  readonly format: TokenFormat;
  /** Name of the client; part of the seed, so that the requests of one client do not change the tokens of another. */
  readonly program: string;
  /** Whether the token ends with the tag of its world, because the addresses of its client do not contain the world. */
  readonly includesWorldTag: boolean;
  /** Seconds until the token expires; default: the world's limit. */
  readonly seconds?: number;
  /** The token that is exchanged for the new one. Both expire at the same time. */
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
  /** The trust that the token is for; `user` is the trustee or, with impersonation, the trustor. */
  readonly trust?: TokenTrust;
  /** The access token of OAuth 1.0 that the user has delegated roles with. */
  readonly accessToken?: AccessTokenRecord;
}

/** What a token takes from its trust. */
export interface TokenTrust {
  readonly id: string;
  readonly trustorId: string;
  /** The delegated roles. */
  readonly roleIds: readonly string[];
  /** Milliseconds since 1970, or `null` for a trust that does not expire. */
  readonly expiresAt: number | null;
}

/** Dependencies of `issueToken`. */
export interface TokenIssuer {
  readonly index: RecordIndex;
  readonly records: Records;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Name of the world; absent for the default one. */
  readonly world: string | undefined;
  /** Lifetime of a token. */
  readonly defaultSeconds: number;
}

/**
 * Creates a token.
 * @throws IdentityError `not-authenticated` if the user has no role in the scope or the scope is disabled; `not-allowed`
 * when a system-scoped token is exchanged for a token for a project or domain, or a trustor has lost a role.
 */
export function issueToken(request: TokenRequest, issuer: TokenIssuer): Token {
  const { user, parent, trust } = request;
  const { index } = issuer;
  const scope = request.scope ?? defaultScope(index, user);
  if (parent?.scope.kind === 'system') assertAllowedExchange(index, scope);
  const roles = rolesFor(request, scope, issuer);
  const { id, auditId } = generateIds(request, scope, issuer);
  return {
    id,
    userId: user.id,
    scope,
    roles,
    methods: request.methods,
    ...lifetime(request, issuer),
    auditIds: parent === undefined ? [auditId] : [auditId, parent.auditIds.at(-1) as string],
    ...(request.accessToken && { accessTokenId: request.accessToken.id }),
    ...(trust && { trustId: trust.id, roleOwnerId: trust.trustorId }),
    applicationCredentialId: request.credential?.id ?? parent?.applicationCredentialId ?? null,
    isRevoked: false,
    caller: callerFor({ id, scope, roles }, user, index),
  };
}

function rolesFor(request: TokenRequest, scope: Scope, issuer: TokenIssuer): readonly Role[] {
  const { user, credential, trust, accessToken } = request;
  if (trust !== undefined) return trustRoles(trust, scope, issuer);
  if (accessToken !== undefined) {
    const roles = issuer.index.rolesOfEach(accessToken.role_ids);
    return rolesLeft({ userId: user.id, roles }, scope, issuer);
  }
  if (credential !== undefined) return rolesLeft(credential, scope, issuer);
  return rolesInScope(issuer.index, user, scope);
}

/** The roles of a trust with those that they imply. @throws IdentityError `not-allowed` if the trustor has lost one of them. */
function trustRoles({ trustorId, roleIds }: TokenTrust, scope: Scope, { index }: TokenIssuer): readonly Role[] {
  const present = index.rolesIn(trustorId, scope);
  if (roleIds.every((id) => present.some((role) => role.id === id))) return index.rolesOf(roleIds);
  throw new IdentityError({ kind: 'not-allowed', action: null });
}

function generateIds(
  { user, methods, program, format, includesWorldTag }: TokenRequest,
  scope: Scope,
  { ids, world }: TokenIssuer,
): { readonly id: string; readonly auditId: string } {
  const seed = ids.next('token', user.id, scopeText(scope), methods.join(), program, ...worldPart(world));
  const auditId = auditIdOf(ids.uuid('audit', seed));
  const tag = world !== undefined && includesWorldTag ? worldTag(world) : '';
  return { id: tokenText(format, ids.uuid('token', seed), tag), auditId };
}

const worldPart = (world: string | undefined): readonly string[] => (world === undefined ? [] : [world]);

function assertAllowedExchange(index: DirectoryIndex, scope: Scope): void {
  if (scope.kind !== 'project' && scope.kind !== 'domain') return;
  if (!isEnabledScope(index, scope)) notAuthenticated();
  throw new IdentityError({
    kind: 'not-allowed',
    action: 'Using a system-scoped token to create a project-scoped or domain-scoped token is not allowed.',
  });
}

/**
 * The roles of a delegation that its user still has.
 * @throws IdentityError what is missing or disabled in the scope; `not-authenticated` if no role is left.
 */
function rolesLeft(
  { userId, roles }: Pick<ApplicationCredential, 'userId' | 'roles'>,
  scope: Scope,
  issuer: TokenIssuer,
): readonly Role[] {
  const problem = scopeProblem(scope, issuer.records);
  if (problem !== undefined) throw new IdentityError(problem);
  if (scope.kind === 'unscoped') return [];
  const present = issuer.index.rolesIn(userId, scope);
  const left = roles.filter(({ id }) => present.some((role) => role.id === id));
  return left.length === 0 ? notAuthenticated() : left;
}

const FOREVER = Number.POSITIVE_INFINITY;

function lifetime(
  { parent, credential, trust, seconds }: TokenRequest,
  { clock, defaultSeconds }: TokenIssuer,
): Pick<Token, 'issuedAt' | 'expiresAt'> {
  const now = clock.now();
  const issuedAt = now - (now % 1000);
  const own = parent?.expiresAt ?? issuedAt + (seconds ?? defaultSeconds) * 1000;
  return { issuedAt, expiresAt: Math.min(own, credential?.expiresAt ?? FOREVER, trust?.expiresAt ?? FOREVER) };
}
