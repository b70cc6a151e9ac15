import BTreeModule from 'sorted-btree';
import type { ApplicationCredential } from './application-credential.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** The application credentials of a world as persistent trees, which take the same time to copy for any number of them. */
export interface ApplicationCredentialsState {
  readonly byId: Tree<ApplicationCredential>;
  /** Ids by user id and name. */
  readonly idsByName: Tree<string>;
  /** Ids of credentials by the ids of their access rules and their own. */
  readonly uses: Tree<string>;
}

/** Receives each credential before it is stored, and `null` before it is removed. */
export type CredentialListener = (id: string, credential: ApplicationCredential | null) => void;

/** The keys under which `uses` lists a credential. */
const useKeys = ({ id, accessRules }: ApplicationCredential): readonly string[] =>
  (accessRules ?? []).map((rule) => `${rule.id} ${id}`);

/** Application credentials of one world, by id, by user and name, and by access rule. */
export class ApplicationCredentialStore {
  readonly #byId: Tree<ApplicationCredential>;
  readonly #idsByName: Tree<string>;
  readonly #uses: Tree<string>;
  readonly #onChange: CredentialListener | undefined;

  constructor(state?: ApplicationCredentialsState, onChange?: CredentialListener) {
    this.#onChange = onChange;
    this.#byId = state?.byId.clone() ?? new BTree<string, ApplicationCredential>();
    this.#idsByName = state?.idsByName.clone() ?? new BTree<string, string>();
    this.#uses = state?.uses.clone() ?? new BTree<string, string>();
  }

  /** Returns the current state. */
  snapshot(): ApplicationCredentialsState {
    return {
      byId: this.#byId.clone(),
      idsByName: this.#idsByName.clone(),
      uses: this.#uses.clone(),
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

  /** Returns whether a credential has an access rule. */
  usesRule(ruleId: string): boolean {
    const next = this.#uses.nextHigherKey(`${ruleId} `);
    return next?.startsWith(`${ruleId} `) === true;
  }

  /** Stores a credential. */
  put(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, credential);
    this.#byId.set(credential.id, credential);
    this.#idsByName.set(`${credential.userId} ${credential.name}`, credential.id);
    for (const key of useKeys(credential)) this.#uses.set(key, credential.id);
  }

  /** Removes a credential. */
  remove(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, null);
    this.#byId.delete(credential.id);
    this.#idsByName.delete(`${credential.userId} ${credential.name}`);
    for (const key of useKeys(credential)) this.#uses.delete(key);
  }
}
