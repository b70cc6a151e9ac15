import BTreeModule from 'sorted-btree';
import type { Token } from './token.ts';
import { usualSpelling } from './token-spelling.ts';

const BTree = BTreeModule.default;
type Tree<V> = BTreeModule.default<string, V>;

/** The tokens of a world as persistent trees, which take the same time to copy for any number of tokens. */
export interface TokensState {
  readonly tokens: Tree<Token>;
  /** Token ids by expiry: 16 digits of milliseconds, a space and the id. */
  readonly expiries: Tree<string>;
}

/** Receives each token before it is stored, and `null` before it is dropped. */
export type TokenListener = (id: string, token: Token | null) => void;

/** Number of expired tokens that are dropped for each new one. */
const SWEEP_COUNT = 2;
/** Expired tokens are kept for two days, as in Keystone, for requests with `allow_expired`. */
const GRACE_MILLISECONDS = 172_800_000;
/** Maximum number of tokens in the cache. */
const MAX_RECENT = 4096;

/** The tokens of one world, by id. */
export class Tokens {
  readonly #tokens: Tree<Token>;
  readonly #expiries: Tree<string>;
  // A bounded cache, filled on use: a map is ten times faster than a tree whose keys are long texts.
  readonly #recent = new Map<string, Token>();
  readonly #onChange: TokenListener | undefined;

  constructor(state?: TokensState, onChange?: TokenListener) {
    this.#onChange = onChange;
    this.#tokens = state?.tokens.clone() ?? new BTree<string, Token>();
    this.#expiries = state?.expiries.clone() ?? new BTree<string, string>();
  }

  /** Returns the current state. */
  snapshot(): TokensState {
    return { tokens: this.#tokens.clone(), expiries: this.#expiries.clone() };
  }

  /** Returns the token with that id, in any spelling, even if it has expired or was revoked, until it is dropped. */
  get(id: string): Token | undefined {
    const token = this.#find(id);
    if (token !== undefined) return token;
    const usual = usualSpelling(id);
    return usual === id ? undefined : this.#find(usual);
  }

  #find(id: string): Token | undefined {
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const token = this.#tokens.get(id);
    if (token !== undefined) {
      if (this.#recent.size >= MAX_RECENT) this.#recent.clear();
      this.#recent.set(id, token);
    }
    return token;
  }

  /** Stores a token, and drops some expired ones. @param now - milliseconds since 1970. */
  put(token: Token, now: number): void {
    this.#onChange?.(token.id, token);
    this.#recent.delete(token.id);
    this.#tokens.set(token.id, token);
    this.#expiries.set(`${String(token.expiresAt).padStart(16, '0')} ${token.id}`, token.id);
    this.#sweep(now);
  }

  #sweep(now: number): void {
    for (let count = 0; count < SWEEP_COUNT; count += 1) {
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
