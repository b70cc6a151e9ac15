import { hash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Ids } from '../domain/ids.ts';
import type { Limits } from '../domain/limits.ts';
import {
  type AccessRule,
  type ApplicationCredential,
  ApplicationCredentials,
  type ApplicationCredentialsState,
  type WantedRule,
} from './application-credentials.ts';
import type { Directory, Project, Role, User } from './directory.ts';
import { type DirectoryIndex, indexOf } from './directory-index.ts';
import { IdentityError } from './problem.ts';
import { type Scope, type Token, Tokens, type TokensState } from './tokens.ts';
import { worldTag } from './world-tag.ts';

/** State of an `Identity`, to start another from; never changes. */
export interface IdentityState {
  readonly directory: Directory;
  readonly tokens?: TokensState;
  readonly credentials?: ApplicationCredentialsState;
}

/** The state of an `Identity` of that directory that has issued and made these. */
export function restoreIdentity(
  directory: Directory,
  tokens: Iterable<Token>,
  credentials: Iterable<ApplicationCredential>,
): IdentityState {
  const issued = new Tokens();
  // Nothing is over its time at time zero: what was kept is restored whole.
  for (const token of tokens) issued.put(token, 0);
  const made = new ApplicationCredentials();
  for (const credential of credentials) made.put(credential);
  return { directory, tokens: issued.snapshot(), credentials: made.snapshot() };
}

/** Is told what an `Identity` changes before it changes, to keep it for `restoreIdentity`; `null`: it is gone. */
export interface IdentityKeeper {
  token(id: string, token: Token | null): void;
  credential(id: string, credential: ApplicationCredential | null): void;
}

export interface IdentityDependencies {
  readonly keeper?: IdentityKeeper;
  /** Name of the world, for tokens that are good in no other; absent for the default one. */
  readonly world?: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: () => Limits;
}

/** What tokens look like: Keystone's, Rackspace's 32 hexadecimal digits, Huawei's long ones. */
export type TokenForm = 'fernet' | 'hex' | 'pki';

/** A request for a token, once it is clear who asks. */
export interface TokenRequest {
  readonly user: User;
  /** Where the token shall be good; absent: the user's default project, if there is one. */
  readonly scope: Scope | undefined;
  readonly methods: readonly string[];
  readonly form: TokenForm;
  /** What asks: tokens of other programs do not show in those of this one. */
  readonly program: string;
  /** Whether the token has to tell the world, since the addresses that its client knows do not. */
  readonly tellsWorld: boolean;
  /** Seconds; the world's limit unless said. */
  readonly seconds?: number;
  /** The token that proved who asks: the new one ends when it ends. */
  readonly parent?: Token;
  readonly credential?: ApplicationCredential;
}

export interface NewApplicationCredential {
  readonly name: string;
  readonly description: string | null;
  /** Made up where there is none, or an empty one. */
  readonly secret: string | null;
  readonly system: string | null;
  /** Some of those of the token, as `rolesFor` has them. */
  readonly roles: readonly Role[];
  readonly expiresAt: number | null;
  readonly isUnrestricted: boolean | null;
  /** None at all restrict nothing. */
  readonly accessRules: readonly WantedRule[] | null;
}

const UNSCOPED: Scope = { kind: 'unscoped' };

const refuse = (): never => {
  throw new IdentityError({ kind: 'not-authenticated' });
};

/** Compares secrets without telling by the time it takes where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}

/** Projects, users, credentials and tokens of one world. */
export class Identity {
  readonly index: DirectoryIndex;
  readonly #dependencies: IdentityDependencies;
  readonly #tokens: Tokens;
  readonly #credentials: ApplicationCredentials;

  constructor(state: IdentityState, parts: IdentityDependencies) {
    this.index = indexOf(state.directory);
    this.#dependencies = parts;
    const { keeper } = parts;
    this.#tokens = new Tokens(state.tokens, keeper && ((id, token) => keeper.token(id, token)));
    this.#credentials = new ApplicationCredentials(
      state.credentials,
      keeper && ((id, credential) => keeper.credential(id, credential)),
    );
  }

  get directory(): Directory {
    return this.index.directory;
  }

  snapshot(): IdentityState {
    return {
      directory: this.directory,
      tokens: this.#tokens.snapshot(),
      credentials: this.#credentials.snapshot(),
    };
  }

  /** Who a token stands for; `undefined` for one that is unknown, expired or revoked. */
  callerOf(tokenId: string): Caller | undefined {
    return this.validToken(tokenId)?.caller;
  }

  /** What a token may be used for; `null` for one that may be used for all that its roles allow. */
  accessRulesOf(tokenId: string): readonly AccessRule[] | null {
    const credential = this.#tokens.get(tokenId)?.applicationCredentialId ?? null;
    return credential === null ? null : (this.#credentials.get(credential)?.accessRules ?? null);
  }

  /** A token that is good now. */
  validToken(tokenId: string): Token | undefined {
    const token = this.#tokens.get(tokenId);
    if (token === undefined || token.isRevoked || token.expiresAt <= this.#dependencies.clock.now()) return undefined;
    return this.#isOrphan(token) ? undefined : token;
  }

  /** @throws IdentityError `credential-not-found` where the credential behind a token is gone. */
  refuseOrphan(tokenId: string): void {
    const token = this.#tokens.get(tokenId);
    if (token === undefined || !this.#isOrphan(token)) return;
    throw new IdentityError({ kind: 'credential-not-found', credential: token.applicationCredentialId ?? '' });
  }

  /** Whether the application credential that a token was made by is gone. */
  #isOrphan({ applicationCredentialId: id }: Token): boolean {
    return id !== null && this.#credentials.get(id) === undefined;
  }

  /**
   * A token as somebody may ask about it.
   * @param mayBeOver - takes one that is over its time, too, while it is known.
   * @throws IdentityError `token-not-found`, `credential-not-found` where the credential behind it is gone.
   */
  subjectToken(tokenId: string, mayBeOver = false): Token {
    this.refuseOrphan(tokenId);
    const known = this.#tokens.get(tokenId);
    const token = mayBeOver && known?.isRevoked === false ? known : this.validToken(tokenId);
    if (token === undefined) throw new IdentityError({ kind: 'token-not-found', isKnown: known !== undefined });
    return token;
  }

  /** The user of that password. @throws IdentityError `not-authenticated`. */
  checkPassword(user: User | undefined, password: string): User {
    if (user === undefined || !this.isActive(user) || !isSameSecret(user.password, password)) return refuse();
    return user;
  }

  /** Whether a user, and the domain that it is of, may log in at all. */
  isActive(user: User): boolean {
    return user.isEnabled && this.#isOn(user.domainId);
  }

  #isOn(domainId: string): boolean {
    return this.index.domain({ id: domainId })?.isEnabled === true;
  }

  #isScope(projectId: string): boolean {
    const project = this.index.project(projectId);
    return project?.isEnabled === true && this.#isOn(project.domainId);
  }

  /**
   * Issues a token.
   * @throws IdentityError `not-authenticated` where the user has no role in the scope, or it is disabled; `not-allowed`
   * where a token for the system shall become one for a part of it.
   */
  issue(request: TokenRequest): Token {
    const { user, parent, credential } = request;
    const { clock, ids, limits } = this.#dependencies;
    const now = clock.now();
    const issuedAt = now - (now % 1000);
    const scope = request.scope ?? this.#defaultScope(user);
    if (parent?.scope.kind === 'system' && (scope.kind === 'project' || scope.kind === 'domain')) {
      if (!this.#isOpen(scope)) return refuse();
      throw new IdentityError({
        kind: 'not-allowed',
        action: 'Using a system-scoped token to create a project-scoped or domain-scoped token is not allowed.',
      });
    }
    const roles =
      credential === undefined ? this.#rolesIn(user, scope) : scope.kind === 'project' ? credential.roles : [];
    const { world } = this.#dependencies;
    const own = world === undefined ? [] : [world];
    const seed = ids.next('token', user.id, scopeText(scope), request.methods.join(), request.program, ...own);
    const auditId = auditIdOf(ids.uuid('audit', seed));
    const tag = world !== undefined && request.tellsWorld ? worldTag(world) : '';
    const id = tokenText(request.form, ids.uuid('token', seed), tag);
    const token: Token = {
      id,
      userId: user.id,
      scope,
      roles,
      methods: request.methods,
      issuedAt,
      expiresAt: Math.min(
        parent?.expiresAt ?? issuedAt + (request.seconds ?? limits().tokenSeconds) * 1000,
        credential?.expiresAt ?? Number.POSITIVE_INFINITY,
      ),
      auditIds: parent === undefined ? [auditId] : [auditId, parent.auditIds.at(-1) as string],
      applicationCredentialId: credential?.id ?? parent?.applicationCredentialId ?? null,
      isRevoked: false,
      caller: this.#callerFor({ id, scope, roles }, user),
    };
    this.#tokens.put(token, now);
    return token;
  }

  revoke(token: Token): void {
    this.#tokens.put({ ...token, isRevoked: true }, this.#dependencies.clock.now());
  }

  /** Who signs with a key: no token, the project that the request names or the user's default one. */
  signer(user: User, projectId: string | undefined): Caller {
    const scope: Scope = projectId === undefined ? this.#defaultScope(user) : { kind: 'project', projectId };
    const project = scope.kind === 'project' ? scope.projectId : this.index.projects(user.id)[0]?.id;
    if (project === undefined) return refuse();
    const roles = this.#rolesIn(user, { kind: 'project', projectId: project });
    return this.#callerFor({ id: '', scope: { kind: 'project', projectId: project }, roles }, user);
  }

  /**
   * What a credential may be good for: the roles that are wanted or, without any, those of the token.
   * @throws IdentityError `role-not-assigned`.
   */
  rolesFor(token: Token, wanted: readonly Role[] | null): readonly Role[] {
    if (wanted === null || wanted.length === 0) return token.roles;
    if (wanted.every((role) => token.roles.some(({ id }) => id === role.id))) return wanted;
    throw new IdentityError({ kind: 'role-not-assigned' });
  }

  /** @throws IdentityError `expiry-passed`, `credential-exists`. */
  createCredential(token: Token, wanted: NewApplicationCredential): ApplicationCredential {
    const { clock, ids } = this.#dependencies;
    const { name, expiresAt, roles } = wanted;
    if (token.scope.kind === 'system') this.#assertElsewhere(token.userId, roles);
    if (expiresAt !== null && expiresAt <= clock.now()) throw new IdentityError({ kind: 'expiry-passed' });
    const makeId = (words: string): string => ids.uuid('access-rule', token.userId, words).replaceAll('-', '');
    const rules = (wanted.accessRules ?? []).map((rule) => this.#credentials.ruleFor(token.userId, rule, makeId));
    // The service takes a role or a rule that is named twice for a name that is there twice.
    const isTwice = [roles, rules].some((parts) => hasTwice(parts.map(({ id }) => id)));
    if (isTwice || this.#credentials.named(token.userId, name) !== undefined) {
      throw new IdentityError({ kind: 'credential-exists', name });
    }
    const id = ids.nextHex('credential', token.userId, name);
    const credential: ApplicationCredential = {
      id,
      name,
      description: wanted.description,
      userId: token.userId,
      projectId: token.scope.kind === 'project' ? token.scope.projectId : null,
      system: wanted.system,
      secret: wanted.secret || secretText(ids.uuid('secret', id)),
      roles,
      expiresAt,
      isUnrestricted: wanted.isUnrestricted,
      accessRules: rules.length > 0 ? rules : null,
    };
    this.#credentials.put(credential);
    return credential;
  }

  /** The service looks for what a credential gives among the roles in projects and domains alone. */
  #assertElsewhere(userId: string, roles: readonly Role[]): void {
    const { index } = this;
    const held = [
      ...index.projects(userId).flatMap(({ id }) => index.roles(userId, id)),
      ...index.domains(userId).flatMap(({ id }) => index.rolesInDomain(userId, id)),
    ];
    const missing = roles.find((role) => !held.some(({ id }) => id === role.id));
    if (missing !== undefined) throw new IdentityError({ kind: 'assignment-not-found', roleId: missing.id, userId });
  }

  credentialsOf(userId: string): readonly ApplicationCredential[] {
    return this.#credentials.of(userId);
  }

  /** @throws IdentityError `credential-not-found`. */
  credential(id: string): ApplicationCredential {
    const credential = this.#credentials.get(id);
    if (credential === undefined) throw new IdentityError({ kind: 'credential-not-found', credential: id });
    return credential;
  }

  credentialNamed(userId: string, name: string): ApplicationCredential | undefined {
    return this.#credentials.named(userId, name);
  }

  removeCredential(credential: ApplicationCredential): void {
    this.#credentials.remove(credential);
  }

  /** A credential that this secret opens now. @throws IdentityError `not-authenticated`. */
  checkCredential(credential: ApplicationCredential | undefined, secret: string): ApplicationCredential {
    if (credential === undefined || !isSameSecret(credential.secret, secret)) return refuse();
    if (credential.expiresAt !== null && credential.expiresAt <= this.#dependencies.clock.now()) return refuse();
    const user = this.index.user(credential.userId);
    if (user === undefined || !this.isActive(user)) return refuse();
    return credential;
  }

  #defaultScope(user: User): Scope {
    const projectId = user.defaultProjectId;
    if (projectId === null || this.index.roles(user.id, projectId).length === 0) return UNSCOPED;
    return this.#isScope(projectId) ? { kind: 'project', projectId } : UNSCOPED;
  }

  #rolesIn(user: User, scope: Scope): readonly Role[] {
    if (scope.kind === 'unscoped') return [];
    const roles = this.#grantedIn(user, scope);
    return roles.length === 0 ? refuse() : roles;
  }

  /** Whether a scope is one now, of a project or domain that is not disabled. */
  #isOpen(scope: Scope): boolean {
    if (scope.kind === 'project') return this.#isScope(scope.projectId);
    return scope.kind !== 'domain' || this.#isOn(scope.domainId);
  }

  #grantedIn(user: User, scope: Exclude<Scope, { kind: 'unscoped' }>): readonly Role[] {
    if (!this.#isOpen(scope)) return [];
    switch (scope.kind) {
      case 'project':
        return this.index.roles(user.id, scope.projectId);
      case 'domain':
        return this.index.rolesInDomain(user.id, scope.domainId);
      case 'system':
        return this.index.rolesInSystem(user.id);
      default:
        return scope satisfies never;
    }
  }

  #callerFor(token: Pick<Token, 'id' | 'scope' | 'roles'>, user: User): Caller {
    const project: Project | undefined =
      token.scope.kind === 'project' ? this.index.project(token.scope.projectId) : undefined;
    const names = token.roles.map(({ name }) => name);
    return {
      userId: user.id,
      userName: user.name,
      projectId: project?.id ?? '',
      projectName: project?.name ?? '',
      domainId: user.domainId,
      roles: names,
      isAdmin: names.includes('admin'),
      isReader: names.includes('reader') && !names.includes('member') && !names.includes('admin'),
      token: token.id,
    };
  }
}

const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;

const expand = (seed: string, length: number, encoding: 'base64url' | 'base64'): string => {
  let text = '';
  for (let block = 0; text.length < length; block += 1) text += hash('sha512', `${seed} ${block}`, encoding);
  return text.replaceAll('=', '').slice(0, length);
};

function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'project':
      return `project ${scope.projectId}`;
    case 'domain':
      return `domain ${scope.domainId}`;
    default:
      return scope.kind;
  }
}

/** Opaque to every client; alike in length and letters, so that what clients do with headers is tried. */
function tokenText(form: TokenForm, seed: string, tag: string): string {
  switch (form) {
    case 'fernet':
      return `gAAAAAB${expand(seed, 176 - tag.length, 'base64url')}${tag}`;
    case 'hex':
      return seed.replaceAll('-', '').slice(0, 32 - tag.length) + tag;
    case 'pki':
      return `MII${expand(seed, 1500 - tag.length, 'base64url')}${tag}`;
    default:
      return form satisfies never;
  }
}

const secretText = (seed: string): string => expand(seed, 86, 'base64url');

const auditIdOf = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
