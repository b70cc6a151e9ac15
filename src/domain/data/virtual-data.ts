import { createCipheriv, createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { type Digests, HASH_ALGORITHM, type HashAlgorithm, type ImageData } from './image-data.ts';

/** Data that is generated from a seed as it is read. */
export type VirtualData = Extract<ImageData, { readonly kind: 'virtual' }>;

const BLOCK = 16;
const CHUNK = 256 * 1024;
const ZEROES = Buffer.alloc(CHUNK);

/**
 * Generates the bytes from `start` to `end`, both inclusive, in chunks. They are AES-128 in counter mode over zeros, with a
 * key derived from the seed: the counter of each block is known, so reading may start anywhere.
 */
export function* virtualChunks(data: VirtualData, start = 0, end = data.sizeBytes - 1): Generator<Buffer, void, void> {
  const past = Math.min(end + 1, data.sizeBytes);
  if (start >= past) return;
  const bytes = new VirtualBytes(data.seed, start);
  for (let at = start; at < past; at += CHUNK) yield bytes.next(Math.min(past - at, CHUNK));
}

/** The endless bytes of one seed, from any position. */
class VirtualBytes {
  readonly #cipher: ReturnType<typeof createCipheriv>;

  constructor(seed: number, start = 0) {
    const counter = Buffer.alloc(BLOCK);
    counter.writeBigUInt64BE(BigInt(Math.floor(start / BLOCK)), BLOCK - 8);
    this.#cipher = createCipheriv('aes-128-ctr', hash('md5', `virtual data ${seed}`, 'buffer'), counter);
    this.#cipher.update(ZEROES.subarray(0, start % BLOCK));
  }

  /** Returns the next bytes. @param length - at most one chunk. */
  next(length: number): Buffer {
    return this.#cipher.update(length < CHUNK ? ZEROES.subarray(0, length) : ZEROES);
  }
}

/** Streams the bytes from `start` to `end`, both inclusive; buffers one or two chunks. */
export function streamVirtual(data: VirtualData, start?: number, end?: number): Readable {
  remember(data.seed);
  const chunks = virtualChunks(data, start, end);
  return new Readable({
    highWaterMark: CHUNK,
    read(): void {
      const { value } = chunks.next();
      this.push(value ?? null);
    },
  });
}

/** Computes the digests synchronously. For data of a few MiB. */
export function digestVirtualNow(data: VirtualData, algorithm: HashAlgorithm = HASH_ALGORITHM): Digests {
  const hashes = hashesOf(['md5', algorithm]);
  for (const chunk of virtualChunks(data)) for (const each of hashes.values()) each.update(chunk);
  const values = valuesOf(hashes);
  return { md5: values['md5'] as string, hash: { algorithm, value: values[algorithm] as string } };
}

/**
 * Computes digests by algorithm, in lower-case hexadecimal, without blocking the event loop. Takes seconds for each GiB.
 * @param onBytes - called with the number of bytes processed so far.
 */
export async function digestVirtual(
  data: VirtualData,
  algorithms: readonly HashAlgorithm[],
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: (bytes: number) => void } = {},
): Promise<Readonly<Record<string, string>>> {
  const hashes = hashesOf(algorithms);
  let done = 0;
  for (const chunk of virtualChunks(data)) {
    for (const each of hashes.values()) each.update(chunk);
    done += chunk.length;
    onBytes?.(done);
    await turn();
    signal?.throwIfAborted();
  }
  return valuesOf(hashes);
}

const hashesOf = (algorithms: readonly HashAlgorithm[]): ReadonlyMap<HashAlgorithm, ReturnType<typeof createHash>> =>
  new Map(algorithms.map((algorithm) => [algorithm, createHash(algorithm)]));

const valuesOf = (hashes: ReturnType<typeof hashesOf>): Readonly<Record<string, string>> =>
  Object.fromEntries([...hashes].map(([algorithm, each]) => [algorithm, each.digest('hex')]));

/** Number of seeds, from 0, whose data is always recognized. */
const KNOWN_SEEDS = 1024;
/** Maximum number of further seeds that are remembered. */
const MAX_REMEMBERED = 4096;

/** Known seeds by the first block of their bytes. */
const seeds = new Map<string, number>();

const firstBlock = (seed: number): string => new VirtualBytes(seed).next(BLOCK).toString('latin1');

let isFilled = false;

/** The known seeds; the first call takes some milliseconds. */
function knownSeeds(): ReadonlyMap<string, number> {
  for (let seed = 0; !isFilled && seed < KNOWN_SEEDS; seed += 1) seeds.set(firstBlock(seed), seed);
  isFilled = true;
  return seeds;
}

/** Recognizes data of this seed from now on. */
function remember(seed: number): void {
  if (seed < KNOWN_SEEDS || seeds.size >= KNOWN_SEEDS + MAX_REMEMBERED) return;
  seeds.set(firstBlock(seed), seed);
}

/** Compares arriving bytes with those of a seed. */
export class VirtualFollower {
  readonly seed: number;
  readonly #bytes: VirtualBytes;
  #sizeBytes = 0;

  private constructor(seed: number) {
    this.seed = seed;
    this.#bytes = new VirtualBytes(seed);
  }

  /** A follower for data that begins with these bytes; `undefined` if no known seed generates them. */
  static of(beginning: Buffer): VirtualFollower | undefined {
    const seed = knownSeeds().get(beginning.toString('latin1', 0, BLOCK));
    return seed === undefined ? undefined : new VirtualFollower(seed);
  }

  /** The data that has been recognized so far. */
  get data(): VirtualData {
    return { kind: 'virtual', sizeBytes: this.#sizeBytes, seed: this.seed };
  }

  /** Whether these are the next bytes of the seed. After `false` the follower must not be used again. */
  follows(bytes: Buffer): boolean {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const piece = bytes.subarray(at, at + CHUNK);
      if (!this.#bytes.next(piece.length).equals(piece)) return false;
    }
    this.#sizeBytes += bytes.length;
    return true;
  }
}
