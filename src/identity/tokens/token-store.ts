import BTreeModule from 'sorted-btree';
import type { Token } from './token.ts';
import { usualSpelling } from './token-spelling.ts';

const BTree = BTreeModule.default;
type Tree<K, V> = BTreeModule.default<K, V>;

/** The tokens of a world as persistent trees, which take the same time to copy for any number of tokens. */
export interface TokensState {
  readonly tokens: Tree<string, Token>;
  /** Token ids by rank. The token with the lowest rank is dropped first. */
  readonly ranks: Tree<number, string>;
}

/** Receives each token before it is stored, and `null` before it is dropped. */
export type TokenListener = (id: string, token: Token | null) => void;

/** How many tokens a world keeps, expired and revoked ones included. */
export const MAX_TOKENS = 10_000;
/** Number of tokens that are checked for their end with each new one. */
const SWEEP_COUNT = 2;
/** Number of tokens in use that each new token can pass over while one to drop is looked for. */
const MAX_PASSED = 16;
/** Expired tokens are kept for two days, as in Keystone, for requests with `allow_expired`. */
const GRACE_MILLISECONDS = 172_800_000;
/** Maximum number of tokens in the cache. */
const MAX_RECENT = 4096;

/**
 * The tokens of one world, by id. Those that expired two days ago are dropped. Beyond `MAX_TOKENS`, so are those that were issued
 * first and have not been used since others were dropped.
 */
export class Tokens {
  readonly #tokens: Tree<string, Token>;
  readonly #ranks: Tree<number, string>;
  // A bounded cache, filled on use: a map is ten times faster than a tree whose keys are long texts.
  readonly #recent = new Map<string, Token>();
  readonly #onChange: TokenListener | undefined;
  /** The rank that was checked for its end last. */
  #swept: number | undefined;

  constructor(state?: TokensState, onChange?: TokenListener) {
    this.#onChange = onChange;
    this.#tokens = state?.tokens.clone() ?? new BTree<string, Token>();
    this.#ranks = state?.ranks.clone() ?? new BTree<number, string>();
  }

  /** Returns the current state. */
  snapshot(): TokensState {
    return { tokens: this.#tokens.clone(), ranks: this.#ranks.clone() };
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

  /** Stores a token, and drops some that have ended or are too many. @param now - milliseconds since 1970. */
  put(token: Token, now: number): void {
    const { id } = token;
    this.#onChange?.(id, token);
    this.#recent.delete(id);
    if (this.#tokens.set(id, token)) this.#rank(id);
    this.#sweep(now);
    if (this.#tokens.size > MAX_TOKENS) this.#makeRoom();
  }

  #rank(id: string): void {
    this.#ranks.set((this.#ranks.maxKey() ?? 0) + 1, id);
  }

  /** Drops tokens that ended long ago. Looks at all tokens in turn, a few at a time. */
  #sweep(now: number): void {
    for (let count = 0; count < SWEEP_COUNT; count += 1) {
      const [rank, id] = this.#ranks.nextHigherPair(this.#swept) ?? [];
      this.#swept = rank;
      if (rank === undefined || id === undefined) return;
      const { expiresAt } = this.#tokens.get(id) as Token;
      if (expiresAt + GRACE_MILLISECONDS <= now) this.#drop(rank, id);
    }
  }

  /** Drops the token with the lowest rank that is not in use. Those in use get the highest rank. */
  #makeRoom(): void {
    for (let passed = 0; passed < MAX_PASSED; passed += 1) {
      const rank = this.#ranks.minKey() as number;
      const id = this.#ranks.get(rank) as string;
      if (!this.#recent.delete(id)) {
        this.#drop(rank, id);
        return;
      }
      this.#ranks.delete(rank);
      this.#rank(id);
    }
  }

  #drop(rank: number, id: string): void {
    this.#onChange?.(id, null);
    this.#ranks.delete(rank);
    this.#tokens.delete(id);
    this.#recent.delete(id);
  }
}
