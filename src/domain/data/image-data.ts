import type { Readable } from 'node:stream';

/** Where the bytes of an image are. Immutable, so worlds share it. */
export type ImageData =
  /** In memory, up to a few MiB. */
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** On disk. The file is deleted once this value is garbage, or kept with `--state`. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly sizeBytes: number;
      /** CRC-32 of the bytes, if it is known. */
      readonly crc32?: number;
    }
  /** Generated from a seed as it is read: reproducible bytes of any size that use no space. */
  | { readonly kind: 'virtual'; readonly sizeBytes: number; readonly seed: number };

/** Algorithms of the digest that images show beside their MD5. */
export const HASH_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
/** Algorithm of the digest that images show beside their MD5. */
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** The default algorithm. */
export const HASH_ALGORITHM = 'sha512';

/** Digests of data, in lower-case hexadecimal. */
export interface Digests {
  readonly md5: string;
  readonly hash: { readonly algorithm: HashAlgorithm; readonly value: string };
}

/** Received data with its size and digests. */
export interface Received extends Digests {
  readonly data: ImageData;
  readonly sizeBytes: number;
}

/** Data with the digests that are known already. */
export interface Hashable extends Pick<Received, 'data'> {
  readonly md5: string | null;
  readonly hash: Digests['hash'] | null;
}

/** Stores uploads and hashes them as they arrive. */
export interface BlobStore {
  /**
   * Receives a stream with backpressure. If the stream fails, the data is discarded.
   * @param onBytes - called with the number of bytes received so far; throws to stop, which leaves the stream open.
   */
  receive(stream: Readable, onBytes?: (total: number) => void, algorithm?: HashAlgorithm): Promise<Received>;
  /** Stores bytes. */
  keep(bytes: Buffer, algorithm?: HashAlgorithm): Received;
  /**
   * Computes a digest of received data.
   * @param algorithm - `md5`, `sha256`, `sha512` or any other algorithm of the platform.
   * @returns lower-case hexadecimal; `undefined` for an unknown algorithm.
   */
  digest(received: Hashable, algorithm: string): Promise<string | undefined>;
  /** Reads the bytes from `start` to `end`, both inclusive. */
  open(data: ImageData, start?: number, end?: number): Readable;
}
