import type { Clock } from '../../domain/clock.ts';
import type { Ids } from '../../domain/ids.ts';
import type { Role } from '../directory/directory.ts';
import type { DirectoryIndex } from '../directory/directory-index.ts';
import { IdentityError, notAuthenticated } from '../problem.ts';
import type { Records } from '../records/records.ts';
import { isActiveUser } from '../scopes/scope-rules.ts';
import { isSameSecret } from '../secrets.ts';
import type { Token } from '../tokens/token.ts';
import { secretText } from '../tokens/token-text.ts';
import { resolveRule, storeRules } from './access-rules.ts';
import type { AccessRule, ApplicationCredential, NewApplicationCredential } from './application-credential.ts';
import { ApplicationCredentialStore, type ApplicationCredentialsState, type CredentialListener } from './store.ts';

/** Dependencies of `ApplicationCredentials`. */
export interface ApplicationCredentialsDependencies {
  readonly records: Records;
  /** Returns the current directory. */
  readonly index: () => DirectoryIndex;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onChange?: CredentialListener | undefined;
}

/** Creates, finds, checks and removes the application credentials of one world. */
export class ApplicationCredentials {
  readonly #store: ApplicationCredentialStore;
  readonly #dependencies: ApplicationCredentialsDependencies;

  constructor(state: ApplicationCredentialsState | undefined, dependencies: ApplicationCredentialsDependencies) {
    this.#store = new ApplicationCredentialStore(state, dependencies.onChange);
    this.#dependencies = dependencies;
  }

  /** Returns the current state. */
  snapshot(): ApplicationCredentialsState {
    return this.#store.snapshot();
  }

  /** Returns whether a credential exists. */
  has(id: string): boolean {
    return this.#store.get(id) !== undefined;
  }

  /** Returns a credential by id. @throws IdentityError `credential-not-found`. */
  get(id: string): ApplicationCredential {
    const credential = this.#store.get(id);
    if (credential === undefined) throw new IdentityError({ kind: 'credential-not-found', credential: id });
    return credential;
  }

  /** Finds a credential of a user by name. */
  findByName(userId: string, name: string): ApplicationCredential | undefined {
    return this.#store.findByName(userId, name);
  }

  /** Lists the credentials of a user, sorted by name. */
  list(userId: string): readonly ApplicationCredential[] {
    return this.#store.list(userId);
  }

  /** Returns the access rules that limit the tokens of a credential; `null` if none do. */
  accessRulesOf(id: string): readonly AccessRule[] | null {
    return this.#store.get(id)?.accessRules ?? null;
  }

  /**
   * Returns the roles of a new credential: the requested ones or, if none are requested, those of the token.
   * @throws IdentityError `role-not-assigned` for a role that the token does not have.
   */
  rolesFor(token: Token, requested: readonly Role[] | null): readonly Role[] {
    if (requested === null || requested.length === 0) return token.roles;
    if (requested.every((role) => token.roles.some(({ id }) => id === role.id))) return requested;
    throw new IdentityError({ kind: 'role-not-assigned' });
  }

  /**
   * Creates a credential for the user and project of a token.
   * @throws IdentityError `assignment-not-found`, `expiry-passed`, `credential-exists`, `rule-incomplete`.
   */
  create(token: Token, request: NewApplicationCredential): ApplicationCredential {
    const { clock, ids } = this.#dependencies;
    const { name, roles, expiresAt, accessRules, secret, ...rest } = request;
    const { userId, scope } = token;
    if (scope.kind === 'system') this.#assertAssigned(userId, roles);
    if (expiresAt !== null && expiresAt <= clock.now()) throw new IdentityError({ kind: 'expiry-passed' });
    const rules = (accessRules ?? []).map((rule) => resolveRule(userId, rule, this.#dependencies));
    // Keystone reports a role or rule that is listed twice as a name that exists already.
    if (hasDuplicates(roles) || hasDuplicates(rules)) throw new IdentityError({ kind: 'credential-exists', name });
    this.#assertNewName(userId, name);
    const id = ids.nextHex('credential', userId, name);
    const credential: ApplicationCredential = {
      ...rest,
      id,
      name,
      userId,
      projectId: scope.kind === 'project' ? scope.projectId : null,
      secret: secret || secretText(ids.uuid('secret', id)),
      roles,
      expiresAt,
      accessRules: rules.length > 0 ? rules : null,
    };
    storeRules(userId, rules, this.#dependencies.records);
    this.#store.put(credential);
    return credential;
  }

  /** Removes a credential. Its tokens become invalid. */
  remove(credential: ApplicationCredential): void {
    this.#store.remove(credential);
  }

  /** Removes all credentials of a user. */
  removeAllOf(userId: string): void {
    for (const credential of this.#store.list(userId)) this.#store.remove(credential);
  }

  /**
   * Checks the secret of a credential, that the credential has not expired, and that its user is enabled.
   * @throws IdentityError `not-authenticated`.
   */
  authenticate(credential: ApplicationCredential | undefined, secret: string): ApplicationCredential {
    if (credential === undefined || !isSameSecret(credential.secret, secret)) return notAuthenticated();
    if (credential.expiresAt !== null && credential.expiresAt <= this.#dependencies.clock.now())
      return notAuthenticated();
    const index = this.#dependencies.index();
    const user = index.user(credential.userId);
    if (user === undefined || !isActiveUser(index, user)) return notAuthenticated();
    return credential;
  }

  #assertNewName(userId: string, name: string): void {
    if (this.#store.findByName(userId, name) !== undefined) {
      throw new IdentityError({ kind: 'credential-exists', name });
    }
  }

  /** Returns whether a credential of any user has an access rule. */
  usesRule(ruleId: string): boolean {
    return this.#store.usesRule(ruleId);
  }

  /** Keystone looks for the roles of a credential among the user's assignments in projects and domains only. */
  #assertAssigned(userId: string, roles: readonly Role[]): void {
    const index = this.#dependencies.index();
    const assigned = [
      ...index.projects(userId).flatMap(({ id }) => index.roles(userId, id)),
      ...index.domains(userId).flatMap(({ id }) => index.rolesInDomain(userId, id)),
    ];
    const missing = roles.find((role) => !assigned.some(({ id }) => id === role.id));
    if (missing !== undefined) throw new IdentityError({ kind: 'assignment-not-found', roleId: missing.id, userId });
  }
}

const hasDuplicates = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map(({ id }) => id)).size < items.length;
