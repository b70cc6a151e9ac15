import type { Readable } from 'node:stream';

/** Where an image's bytes are. Never changed once made, so worlds share it freely. */
export type ImageData =
  /** A few MiB at most, in memory. */
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** On disk; the file goes when nothing refers to this value any more (or stays, with `--state`). */
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  /** Made from a seed as it is read: reproducible bytes of any size from nothing. */
  | { readonly kind: 'virtual'; readonly sizeBytes: number; readonly seed: number };

/** What became known of data while it came in. */
export interface Received {
  readonly data: ImageData;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly md5: string;
  readonly sha512: string;
}

/** Keeps uploads: small ones in memory, large ones on disk, hashed as they come. */
export interface BlobStore {
  /**
   * Takes a stream in, no faster than it can be kept. What came in is dropped where the stream fails.
   * @param onBytes - is told how many bytes came so far; to give up, it throws. The stream is left open then.
   */
  receive(stream: Readable, onBytes?: (total: number) => void): Promise<Received>;
  /** Keeps bytes that are there already. */
  keep(bytes: Buffer): Received;
  /**
   * A digest of data that was received.
   * @param algorithm - `md5`, `sha256`, `sha512` and what else the platform knows.
   * @returns lower-case hexadecimal; `undefined` for an algorithm that nobody knows.
   */
  digest(received: Received, algorithm: string): Promise<string | undefined>;
  /** Reads from `start` to `end`, both included. */
  open(data: ImageData, start?: number, end?: number): Readable;
}
