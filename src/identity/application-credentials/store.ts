import BTreeModule from 'sorted-btree';
import type { AccessRule, ApplicationCredential, RequestedRule } from './application-credential.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** The application credentials of a world as persistent trees, which take the same time to copy for any number of them. */
export interface ApplicationCredentialsState {
  readonly byId: Tree<ApplicationCredential>;
  /** Ids by user id and name. */
  readonly idsByName: Tree<string>;
  /** By id. Removing a credential does not remove its rules. */
  readonly rules: Tree<AccessRule>;
  /** Ids of rules by user id and text. */
  readonly ruleIdsByText: Tree<string>;
}

/** Receives each credential before it is stored, and `null` before it is removed. */
export type CredentialListener = (id: string, credential: ApplicationCredential | null) => void;

/** Identifies a rule among those of one user. */
const textOf = ({ service, method, path }: RequestedRule): string => `${service} ${method} ${path}`;

/** Application credentials of one world, by id and by user and name, with their access rules. */
export class ApplicationCredentialStore {
  readonly #byId: Tree<ApplicationCredential>;
  readonly #idsByName: Tree<string>;
  readonly #rules: Tree<AccessRule>;
  readonly #ruleIdsByText: Tree<string>;
  readonly #onChange: CredentialListener | undefined;

  constructor(state?: ApplicationCredentialsState, onChange?: CredentialListener) {
    this.#onChange = onChange;
    this.#byId = state?.byId.clone() ?? new BTree<string, ApplicationCredential>();
    this.#idsByName = state?.idsByName.clone() ?? new BTree<string, string>();
    this.#rules = state?.rules.clone() ?? new BTree<string, AccessRule>();
    this.#ruleIdsByText = state?.ruleIdsByText.clone() ?? new BTree<string, string>();
  }

  /** Returns the current state. */
  snapshot(): ApplicationCredentialsState {
    return {
      byId: this.#byId.clone(),
      idsByName: this.#idsByName.clone(),
      rules: this.#rules.clone(),
      ruleIdsByText: this.#ruleIdsByText.clone(),
    };
  }

  /** Returns a credential by id. */
  get(id: string): ApplicationCredential | undefined {
    return this.#byId.get(id);
  }

  /** Finds a credential of a user by name. */
  findByName(userId: string, name: string): ApplicationCredential | undefined {
    const id = this.#idsByName.get(`${userId} ${name}`);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Lists the credentials of a user, sorted by name. */
  list(userId: string): readonly ApplicationCredential[] {
    return this.#idsByName
      .getRange(`${userId} `, `${userId}!`)
      .map(([, id]) => this.#byId.get(id))
      .filter((credential) => credential !== undefined);
  }

  /**
   * Returns the access rule for a requested one: the rule with that id (of any user), or else the user's own rule for the
   * same requests, or else a new one.
   * @param makeId - returns the id of a new rule, given its text.
   */
  resolveRule(userId: string, requested: RequestedRule, makeId: (text: string) => string): AccessRule {
    const existing = requested.id === undefined ? undefined : this.#rules.get(requested.id);
    if (existing !== undefined) return existing;
    const text = textOf(requested);
    const id = this.#ruleIdsByText.get(`${userId} ${text}`) ?? requested.id ?? makeId(text);
    return this.#rules.get(id) ?? { ...requested, id };
  }

  /** Stores a credential and its new access rules. */
  put(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, credential);
    this.#byId.set(credential.id, credential);
    this.#idsByName.set(`${credential.userId} ${credential.name}`, credential.id);
    for (const rule of credential.accessRules ?? []) {
      if (this.#rules.get(rule.id) !== undefined) continue;
      this.#rules.set(rule.id, rule);
      this.#ruleIdsByText.set(`${credential.userId} ${textOf(rule)}`, rule.id);
    }
  }

  /** Removes a credential. */
  remove(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, null);
    this.#byId.delete(credential.id);
    this.#idsByName.delete(`${credential.userId} ${credential.name}`);
  }
}
