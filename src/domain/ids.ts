import { hash } from 'node:crypto';
import BTreeModule from 'sorted-btree';
import { v4 } from 'uuid';

const BTree = BTreeModule.default;
type Counters = BTreeModule.default<string, number>;

/** State of an `Ids`, from which another can start. */
export interface IdsState {
  readonly seed: string;
  readonly counters: Counters;
}

/** Restores the state of the ids of a seed from its counters. */
export function restoreIds(seed: string, counts: ReadonlyMap<string, number>): IdsState {
  const counters = new BTree<string, number>();
  for (const [key, count] of counts) counters.set(shortKey(key), count);
  return { seed, counters };
}

/** Number of descriptions of a world that have counters of their own. Further ones share counters. */
export const MAX_OWN_COUNTERS = 16_384;
/** Number of shared counters. */
export const SHARED_COUNTERS = 8_192;
/** Longer descriptions are counted by their digest, which limits the memory that one of them takes. */
const MAX_KEY = 128;

const digestOf = (key: string): string => hash('md5', key);

/** The key of a description without a length that clients choose. */
const shortKey = (key: string): string => (key.length > MAX_KEY ? digestOf(key) : key);

/** The key of the counter that a description shares with others. Descriptions do not begin with NUL. */
const sharedKey = (key: string): string => `\u0000${Number.parseInt(digestOf(key).slice(0, 8), 16) % SHARED_COUNTERS}`;

/** Maximum number of request-id sequences of a world; beyond it the oldest one starts over. */
const MAX_SEQUENCES = 4096;

/**
 * Generates the ids of one world. They depend on the world's seed, on their description, and on the number of earlier ids with
 * that description, but not on the order in which clients arrive.
 */
export class Ids {
  readonly seed: string;
  readonly #counters: Counters;
  readonly #sequences = new Map<string, Uint32Array>();
  readonly #bytes = new Uint8Array(16);
  readonly #onCount: ((key: string, count: number) => void) | undefined;

  /** @param onCount - called with each counter that rises, to save it for `restoreIds`. */
  constructor(state: IdsState | string, onCount?: (key: string, count: number) => void) {
    this.#onCount = onCount;
    this.seed = typeof state === 'string' ? state : state.seed;
    this.#counters = typeof state === 'string' ? new BTree<string, number>() : state.counters.clone();
  }

  /** The current state; costs the same for any number of ids. */
  snapshot(): IdsState {
    return { seed: this.seed, counters: this.#counters.clone() };
  }

  /** Returns a UUID for the next object with this description: `next('image', projectId, name)`. */
  next(...description: readonly string[]): string {
    return this.uuid(...description, String(this.ordinal(...description)));
  }

  /** Returns 32 hexadecimal digits for the next object with this description. */
  nextHex(...description: readonly string[]): string {
    return this.next(...description).replaceAll('-', '');
  }

  /** Returns the UUID of this description, the same each time. */
  uuid(...description: readonly string[]): string {
    return v4({ random: hash('md5', [this.seed, ...description].join('\u0000'), 'buffer') });
  }

  /**
   * Returns the next request id of a client: `req-` and a UUID. Each client has its own sequence, so that other clients do
   * not affect it.
   */
  requestId(client: string): string {
    let state = this.#sequences.get(client);
    if (state === undefined) {
      if (this.#sequences.size >= MAX_SEQUENCES) {
        this.#sequences.delete(this.#sequences.keys().next().value as string);
      }
      const start = hash('md5', `${this.seed}\u0000request\u0000${client}`, 'buffer');
      state = new Uint32Array([
        start.readUInt32LE(0),
        start.readUInt32LE(4),
        start.readUInt32LE(8),
        start.readUInt32LE(12),
      ]);
      this.#sequences.set(client, state);
    }
    for (let word = 0; word < 4; word += 1) {
      const value = xorshift128(state);
      this.#bytes[word * 4] = value;
      this.#bytes[word * 4 + 1] = value >>> 8;
      this.#bytes[word * 4 + 2] = value >>> 16;
      this.#bytes[word * 4 + 3] = value >>> 24;
    }
    return `req-${uuidOf(this.#bytes)}`;
  }

  /**
   * Counts the objects with this description: 1 for the first. A world with very many descriptions counts several together, so
   * that their numbers rise by more than 1.
   */
  ordinal(...description: readonly string[]): number {
    const own = shortKey(description.join('\u0000'));
    const isFull = this.#counters.size >= MAX_OWN_COUNTERS && !this.#counters.has(own);
    const key = isFull ? sharedKey(own) : own;
    const ordinal = (this.#counters.get(key) ?? 0) + 1;
    this.#onCount?.(key, ordinal);
    this.#counters.set(key, ordinal);
    return ordinal;
  }
}

/** Two hexadecimal digits of each byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Returns the UUID of version 4 from 16 random bytes. Each request needs one, and this takes half as long as `v4`. */
function uuidOf(bytes: Uint8Array): string {
  const hex = (at: number): string => HEX[bytes[at] as number] as string;
  const version = HEX[((bytes[6] as number) & 0x0f) | 0x40] as string;
  const variant = HEX[((bytes[8] as number) & 0x3f) | 0x80] as string;
  const first = `${hex(0)}${hex(1)}${hex(2)}${hex(3)}-${hex(4)}${hex(5)}-${version}${hex(7)}`;
  return `${first}-${variant}${hex(9)}-${hex(10)}${hex(11)}${hex(12)}${hex(13)}${hex(14)}${hex(15)}`;
}

/** Marsaglia's xorshift with 128 bits of state: advances the state and returns 32 bits. */
function xorshift128(state: Uint32Array): number {
  let t = state[3] as number;
  const s = state[0] as number;
  state[3] = state[2] as number;
  state[2] = state[1] as number;
  state[1] = s;
  t ^= t << 11;
  t ^= t >>> 8;
  state[0] = t ^ s ^ (s >>> 19);
  return state[0] as number;
}
