import BTreeModule from 'sorted-btree';
import type { Caller } from '../domain/caller.ts';
import type { Role } from './directory.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** What a token is good for. */
export type Scope =
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'domain'; readonly domainId: string }
  | { readonly kind: 'system' };

/** A token that was issued; a value. */
export interface Token {
  readonly id: string;
  readonly userId: string;
  readonly scope: Scope;
  readonly roles: readonly Role[];
  /** How the user proved who it is: `password`, `token`, `application_credential`, `apikey`. */
  readonly methods: readonly string[];
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Its own, then that of the first token of its chain. */
  readonly auditIds: readonly string[];
  readonly applicationCredentialId: string | null;
  /** Revoked tokens are kept until they expire: services tell them from tokens that never were. */
  readonly isRevoked: boolean;
  readonly caller: Caller;
}

/** State of the tokens of a world, to start others from; costs the same however many there are. */
export interface TokensState {
  readonly tokens: Tree<Token>;
  readonly expiries: Tree<string>;
}

/** How many tokens that are over their time are dropped with each new one. */
const SWEEP = 2;
/** Kept beyond their end, for those who may ask about tokens that are over: two days, as the service has it. */
const GRACE_MILLISECONDS = 172_800_000;

/** The tokens of one world, by id. */
export class Tokens {
  readonly #tokens: Tree<Token>;
  readonly #expiries: Tree<string>;
  // A plain map answers ten times faster than a tree of long texts; bounded, and filled by use.
  #recent = new Map<string, Token>();

  readonly #onChange: ((id: string, token: Token | null) => void) | undefined;

  /** @param onChange - is given each token before it is put in, and `null` for one that is dropped. */
  constructor(state?: TokensState, onChange?: (id: string, token: Token | null) => void) {
    this.#onChange = onChange;
    this.#tokens = state?.tokens.clone() ?? new BTree<string, Token>();
    this.#expiries = state?.expiries.clone() ?? new BTree<string, string>();
  }

  snapshot(): TokensState {
    return { tokens: this.#tokens.clone(), expiries: this.#expiries.clone() };
  }

  /** The token of that id, expired and revoked ones too while they are kept. */
  get(id: string): Token | undefined {
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const token = this.#tokens.get(id);
    if (token !== undefined) {
      if (this.#recent.size >= 4096) this.#recent.clear();
      this.#recent.set(id, token);
    }
    return token;
  }

  put(token: Token, now: number): void {
    this.#onChange?.(token.id, token);
    this.#recent.delete(token.id);
    this.#tokens.set(token.id, token);
    this.#expiries.set(`${String(token.expiresAt).padStart(16, '0')} ${token.id}`, token.id);
    this.#sweep(now);
  }

  #sweep(now: number): void {
    for (let count = 0; count < SWEEP; count += 1) {
      const first = this.#expiries.minKey();
      if (first === undefined || Number(first.slice(0, 16)) + GRACE_MILLISECONDS > now) return;
      const id = this.#expiries.get(first) as string;
      this.#onChange?.(id, null);
      this.#expiries.delete(first);
      this.#tokens.delete(id);
      this.#recent.delete(id);
    }
  }
}
