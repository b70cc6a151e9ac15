import { Collection, type CollectionState } from '../collection.ts';

/** A public key under a name. Immutable. */
export interface Keypair {
  /** Number in the database of Nova. */
  readonly id: number;
  readonly userId: string;
  /** Unique among the key pairs of the user. */
  readonly name: string;
  readonly type: 'ssh' | 'x509';
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** State of the key pairs of a world. */
export interface KeypairsState {
  /** Key pairs by user and name. */
  readonly keypairs: CollectionState<Keypair>;
  /** Keys of key pairs by number, the highest first. */
  readonly byNumber: CollectionState<string>;
}

const MAX_NUMBER = 2 ** 31 - 1;

const keyOf = (userId: string, name: string): string => `${userId}\u0000${name}`;
const numberKey = (id: number): string => String(MAX_NUMBER - id).padStart(10, '0');

/** Restores the state of the key pairs of a world. */
export function restoreKeypairs(saved: Iterable<Keypair>): KeypairsState {
  const keypairs = new Collection<Keypair>();
  const byNumber = new Collection<string>();
  for (const keypair of saved) {
    keypairs.set(keyOf(keypair.userId, keypair.name), keypair);
    byNumber.set(numberKey(keypair.id), keyOf(keypair.userId, keypair.name));
  }
  return { keypairs: keypairs.snapshot(), byNumber: byNumber.snapshot() };
}

/** The key pairs of one world. */
export class Keypairs {
  readonly #keypairs: Collection<Keypair>;
  readonly #byNumber: Collection<string>;

  /** @param onChange - called with each key pair before it is stored, and with `null` for one that is removed. */
  constructor(state: KeypairsState, onChange?: (key: string, keypair: Keypair | null) => void) {
    this.#keypairs = new Collection(state.keypairs, onChange);
    this.#byNumber = new Collection(state.byNumber);
  }

  /** The current state; costs the same for any number of key pairs. */
  snapshot(): KeypairsState {
    return { keypairs: this.#keypairs.snapshot(), byNumber: this.#byNumber.snapshot() };
  }

  /** Returns a key pair of a user. */
  find(userId: string, name: string): Keypair | undefined {
    return this.#keypairs.get(keyOf(userId, name));
  }

  /** Lists the key pairs of a user by name. */
  list(userId: string): readonly Keypair[] {
    return [...this.#keypairs.under(keyOf(userId, ''))];
  }

  /** Stores a new key pair under the next number. */
  add(keypair: Omit<Keypair, 'id'>): Keypair {
    const key = keyOf(keypair.userId, keypair.name);
    const highest = this.#keypairs.get(this.#byNumber.first()?.[1] ?? '');
    const added = { ...keypair, id: (highest?.id ?? 0) + 1 };
    this.#keypairs.set(key, added);
    this.#byNumber.set(numberKey(added.id), key);
    return added;
  }

  /** Removes a key pair. */
  remove({ userId, name, id }: Keypair): void {
    this.#keypairs.delete(keyOf(userId, name));
    this.#byNumber.delete(numberKey(id));
  }
}
