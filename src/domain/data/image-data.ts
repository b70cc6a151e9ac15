import type { Readable } from 'node:stream';

/** Where an image's bytes are. Never changed once made, so worlds share it freely. */
export type ImageData =
  /** A few MiB at most, in memory. */
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** On disk; the file goes when nothing refers to this value any more (or stays, with `--state`). */
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  /** Made from a seed as it is read: reproducible bytes of any size from nothing. */
  | { readonly kind: 'virtual'; readonly sizeBytes: number; readonly seed: number };

/** Ways to take the digest that images show beside their MD5. */
export const HASH_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** The one that is taken where nothing is said. */
export const HASH_ALGORITHM = 'sha512';

/** Digests of some bytes, in lower-case hexadecimal. */
export interface Digests {
  readonly md5: string;
  readonly hash: { readonly algorithm: HashAlgorithm; readonly value: string };
}

/** What became known of data while it came in. */
export interface Received extends Digests {
  readonly data: ImageData;
  readonly sizeBytes: number;
}

/** Keeps uploads: small ones in memory, large ones on disk, hashed as they come. */
export interface BlobStore {
  /**
   * Takes a stream in, no faster than it can be kept. What came in is dropped where the stream fails.
   * @param onBytes - is told how many bytes came so far; to give up, it throws. The stream is left open then.
   */
  receive(stream: Readable, onBytes?: (total: number) => void, algorithm?: HashAlgorithm): Promise<Received>;
  /** Keeps bytes that are there already. */
  keep(bytes: Buffer, algorithm?: HashAlgorithm): Received;
  /**
   * A digest of data that was received.
   * @param algorithm - `md5`, `sha256`, `sha512` and what else the platform knows.
   * @returns lower-case hexadecimal; `undefined` for an algorithm that nobody knows.
   */
  digest(received: Received, algorithm: string): Promise<string | undefined>;
  /** Reads from `start` to `end`, both included. */
  open(data: ImageData, start?: number, end?: number): Readable;
}
