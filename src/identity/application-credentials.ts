import BTreeModule from 'sorted-btree';
import type { Role } from './directory.ts';

const BTree = BTreeModule.default;
type Tree = BTreeModule.default<string, ApplicationCredential>;

/** A request that a credential is limited to. */
export interface AccessRule {
  readonly id: string;
  readonly service: string;
  readonly path: string;
  readonly method: string;
}

/** A rule as somebody asks for it: one that is there already by its id, or another. */
export type WantedRule = Omit<AccessRule, 'id'> & { readonly id?: string };

/** What makes two rules of one user the same. */
const messageOf = ({ service, method, path }: WantedRule): string => `${service} ${method} ${path}`;

/** A log-in of its own that a user made for a program; a value. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly userId: string;
  /** `null` for one that was made with a token for no project: it opens no project either. */
  readonly projectId: string | null;
  /** Kept as the maker said it, and of no effect. */
  readonly system: string | null;
  readonly secret: string;
  readonly roles: readonly Role[];
  /** Milliseconds since 1970, or `null` for one that does not expire. */
  readonly expiresAt: number | null;
  /** `null` where the maker did not say: it is restricted then. */
  readonly isUnrestricted: boolean | null;
  readonly accessRules: readonly AccessRule[] | null;
}

/** Application credentials of one world, by id and by user and name. */
export class ApplicationCredentials {
  readonly #byId: Tree;
  readonly #ofUser: BTreeModule.default<string, string>;
  /** By id; they stay when the credentials that have them go. */
  readonly #rules: BTreeModule.default<string, AccessRule>;
  /** Ids by user and words. */
  readonly #rulesOfUser: BTreeModule.default<string, string>;

  readonly #onChange: ((id: string, credential: ApplicationCredential | null) => void) | undefined;

  /** @param onChange - is given each credential before it is put in, and `null` for one that is removed. */
  constructor(
    state?: ApplicationCredentialsState,
    onChange?: (id: string, credential: ApplicationCredential | null) => void,
  ) {
    this.#onChange = onChange;
    this.#byId = state?.byId.clone() ?? new BTree<string, ApplicationCredential>();
    this.#ofUser = state?.ofUser.clone() ?? new BTree<string, string>();
    this.#rules = state?.rules.clone() ?? new BTree<string, AccessRule>();
    this.#rulesOfUser = state?.rulesOfUser.clone() ?? new BTree<string, string>();
  }

  snapshot(): ApplicationCredentialsState {
    return {
      byId: this.#byId.clone(),
      ofUser: this.#ofUser.clone(),
      rules: this.#rules.clone(),
      rulesOfUser: this.#rulesOfUser.clone(),
    };
  }

  get(id: string): ApplicationCredential | undefined {
    return this.#byId.get(id);
  }

  named(userId: string, name: string): ApplicationCredential | undefined {
    const id = this.#ofUser.get(`${userId} ${name}`);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  of(userId: string): readonly ApplicationCredential[] {
    return this.#ofUser
      .getRange(`${userId} `, `${userId}!`)
      .map(([, id]) => this.#byId.get(id))
      .filter((credential) => credential !== undefined);
  }

  /** The rule that is wanted: one that is there by that id, whoever made it, else the user's own of these words, else a new one. */
  ruleFor(userId: string, wanted: WantedRule, makeId: (words: string) => string): AccessRule {
    const words = messageOf(wanted);
    const named = wanted.id === undefined ? undefined : this.#rules.get(wanted.id);
    if (named !== undefined) return named;
    const own = this.#rulesOfUser.get(`${userId} ${words}`);
    const id = own ?? wanted.id ?? makeId(words);
    return this.#rules.get(id) ?? { ...wanted, id };
  }

  put(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, credential);
    this.#byId.set(credential.id, credential);
    this.#ofUser.set(`${credential.userId} ${credential.name}`, credential.id);
    for (const rule of credential.accessRules ?? []) {
      if (this.#rules.get(rule.id) !== undefined) continue;
      this.#rules.set(rule.id, rule);
      this.#rulesOfUser.set(`${credential.userId} ${messageOf(rule)}`, rule.id);
    }
  }

  remove(credential: ApplicationCredential): void {
    this.#onChange?.(credential.id, null);
    this.#byId.delete(credential.id);
    this.#ofUser.delete(`${credential.userId} ${credential.name}`);
  }
}

export interface ApplicationCredentialsState {
  readonly byId: Tree;
  readonly ofUser: BTreeModule.default<string, string>;
  readonly rules: BTreeModule.default<string, AccessRule>;
  readonly rulesOfUser: BTreeModule.default<string, string>;
}
