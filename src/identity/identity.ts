import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Ids } from '../domain/ids.ts';
import type { Limits } from '../domain/limits.ts';
import type { AccessRule } from './application-credentials/application-credential.ts';
import { ApplicationCredentials } from './application-credentials/application-credentials.ts';
import { callerFor } from './caller-for.ts';
import type { Directory, User } from './directory/directory.ts';
import type { IdentityListeners, IdentityState } from './identity-state.ts';
import { IdentityError, notAuthenticated } from './problem.ts';
import type { TrustRecord } from './records/record.ts';
import { RecordIndex } from './records/record-index.ts';
import { type RecordChange, Records } from './records/records.ts';
import { initialRecords } from './records/records-state.ts';
import { type RevocationLog, revokedSubject, revokeSubject } from './records/revocations.ts';
import { findUsableTrust } from './records/trusts.ts';
import type { Scope } from './scopes/scope.ts';
import { defaultScope, isActiveUser, rolesInScope } from './scopes/scope-rules.ts';
import { isSameSecret } from './secrets.ts';
import { issueToken, type TokenRequest } from './tokens/issue-token.ts';
import type { Token } from './tokens/token.ts';
import { checkToken, type TokenVerdict } from './tokens/token-check.ts';
import { Tokens } from './tokens/token-store.ts';

/** Dependencies of an `Identity`. */
export interface IdentityDependencies {
  readonly listeners?: IdentityListeners;
  /** Name of the world, from which its tokens are derived; omitted for the default world. */
  readonly world?: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: () => Limits;
}

/** Projects, users, application credentials and tokens of one world. */
export class Identity {
  readonly index: RecordIndex;
  /** Everything that Keystone's API creates, changes and deletes. */
  readonly records: Records;
  readonly credentials: ApplicationCredentials;
  readonly #dependencies: IdentityDependencies;
  readonly #tokens: Tokens;

  constructor(state: IdentityState, dependencies: IdentityDependencies) {
    const { listeners, clock, ids } = dependencies;
    this.records = new Records(state.records ?? initialRecords(state.directory), {
      save: listeners?.record,
      changed: (change) => this.#endTokens(change),
    });
    this.index = new RecordIndex(this.records);
    this.#dependencies = dependencies;
    this.#tokens = new Tokens(state.tokens, listeners?.token);
    this.credentials = new ApplicationCredentials(state.credentials, {
      records: this.records,
      index: () => this.index,
      clock,
      ids,
      onChange: listeners?.credential,
    });
  }

  /** The projects, users and roles. */
  get directory(): Directory {
    return this.index.directory;
  }

  /** Returns the current state; takes the same time for any number of tokens. */
  snapshot(): IdentityState {
    return {
      directory: this.records.fixtures,
      records: this.records.snapshot(),
      tokens: this.#tokens.snapshot(),
      credentials: this.credentials.snapshot(),
    };
  }

  /** Returns the caller that a token authenticates; `undefined` if the token is unknown, expired or revoked. */
  callerOf(tokenId: string): Caller | undefined {
    return this.validToken(tokenId)?.caller;
  }

  /** Returns the access rules that limit a token; `null` if none do. */
  accessRulesOf(tokenId: string): readonly AccessRule[] | null {
    const credentialId = this.#tokens.get(tokenId)?.applicationCredentialId ?? null;
    return credentialId === null ? null : this.credentials.accessRulesOf(credentialId);
  }

  /** Returns a token, with its present roles, that is neither expired nor revoked, and whose user and scope are still good. */
  validToken(tokenId: string): Token | undefined {
    const token = this.#tokens.get(tokenId);
    if (token === undefined || this.#isExpired(token)) return undefined;
    const verdict = this.#check(token);
    return 'token' in verdict ? verdict.token : undefined;
  }

  /**
   * Checks that what a token refers to exists and is enabled. Does nothing for unknown, expired and revoked tokens, and for
   * those whose user has no role left.
   * @throws IdentityError what is missing (`project-not-found`, `user-not-found`, `credential-not-found` …) or disabled
   * (`scope-disabled`).
   */
  assertSubjectsOf(tokenId: string): void {
    const token = this.#tokens.get(tokenId);
    const verdict = token === undefined || this.#isExpired(token) ? undefined : this.#check(token);
    if (verdict === undefined || 'token' in verdict) return;
    const { problem } = verdict;
    if (problem.kind !== 'token-not-found' && problem.kind !== 'token-without-roles') throw new IdentityError(problem);
  }

  #isExpired({ expiresAt }: Token): boolean {
    return expiresAt <= this.#dependencies.clock.now();
  }

  /** Checks everything but the expiry. */
  #check(token: Token): TokenVerdict {
    const { applicationCredentialId: id, isRevoked } = token;
    if (id !== null && !this.credentials.has(id)) return { problem: { kind: 'credential-not-found', credential: id } };
    const verdict = checkToken(token, this);
    return isRevoked && 'token' in verdict ? { problem: { kind: 'token-not-found', isKnown: true } } : verdict;
  }

  /**
   * Returns the token that a client checks, reads or revokes.
   * @param options.allowsExpired - whether to accept an expired token that is still stored.
   * @throws IdentityError `token-not-found`, `token-without-roles`, or what `assertSubjectsOf` throws.
   */
  subjectToken(tokenId: string, { allowsExpired = false }: { readonly allowsExpired?: boolean } = {}): Token {
    const token = this.#tokens.get(tokenId);
    if (token === undefined) throw new IdentityError({ kind: 'token-not-found', isKnown: false });
    const verdict = this.#check(token);
    if ('problem' in verdict) throw new IdentityError(verdict.problem);
    if (!allowsExpired && this.#isExpired(token)) throw new IdentityError({ kind: 'token-not-found', isKnown: true });
    return verdict.token;
  }

  /** Checks the password of a user who may log in. @throws IdentityError `not-authenticated`. */
  checkPassword(user: User | undefined, password: string): User {
    if (user === undefined || user.password === null || !this.isActive(user)) return notAuthenticated();
    if (!isSameSecret(user.password, password)) return notAuthenticated();
    return user;
  }

  /** Returns a trust that has not expired and can still give tokens. */
  usableTrust(id: string): TrustRecord | undefined {
    return findUsableTrust(this.records, id, this.#dependencies.clock.now());
  }

  /** Returns whether a user may log in: the user and its domain are enabled. */
  isActive(user: User): boolean {
    return isActiveUser(this.index, user);
  }

  /**
   * Issues a token.
   * @throws IdentityError `not-authenticated` if the user has no role in the scope or the scope is disabled; `not-allowed`
   * when a system-scoped token is exchanged for a token for a project or domain.
   */
  issue(request: TokenRequest): Token {
    const { clock, ids, limits, world } = this.#dependencies;
    const defaultSeconds = limits().tokenSeconds;
    const token = issueToken(request, { index: this.index, records: this.records, clock, ids, world, defaultSeconds });
    this.#tokens.put(token, clock.now());
    return token;
  }

  /** Revokes the tokens, and deletes the credentials, that do not survive a change of a record. */
  #endTokens(change: RecordChange): void {
    const subject = revokedSubject(change, this.records);
    if (subject !== undefined) revokeSubject(subject, this.#revocationLog());
    if (change.kind === 'user' && change.after === undefined) this.credentials.removeAllOf(change.before?.id ?? '');
  }

  #revocationLog(): RevocationLog {
    const { clock, ids, limits } = this.#dependencies;
    return { records: this.records, ids, now: clock.now(), tokenSeconds: limits().tokenSeconds };
  }

  /** Revokes a token at once. */
  revoke(token: Token): void {
    const [auditId] = token.auditIds;
    if (auditId !== undefined) revokeSubject({ audit_id: auditId }, this.#revocationLog());
    this.#tokens.put({ ...token, isRevoked: true }, this.#dependencies.clock.now());
  }

  /**
   * Returns the caller of a request that is signed with an access key.
   * @param projectId - the project that the request names; default: the user's default project, or else the first one.
   * @throws IdentityError `not-authenticated` if the user has no role in the project.
   */
  signer(user: User, projectId: string | undefined): Caller {
    const { index } = this;
    const scope: Scope = { kind: 'project', projectId: projectId ?? this.#signingProject(user) };
    return callerFor({ id: '', scope, roles: rolesInScope(index, user, scope) }, user, index);
  }

  #signingProject(user: User): string {
    const scope = defaultScope(this.index, user);
    return scope.kind === 'project' ? scope.projectId : (this.index.projects(user.id)[0]?.id ?? notAuthenticated());
  }
}
