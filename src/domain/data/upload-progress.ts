import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** What has arrived of an upload. */
export class UploadProgress {
  #sizeBytes = 0;
  readonly #hash: Hash = createHash('md5');
  #md5: string | undefined;

  /** Number of bytes that have arrived. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** MD5 of the bytes that have arrived, in lower-case hexadecimal. */
  get md5(): string {
    return this.#md5 ?? this.#hash.copy().digest('hex');
  }

  /** Adds a chunk. */
  add(chunk: Buffer): void {
    this.#sizeBytes += chunk.length;
    this.#hash.update(chunk);
  }

  /** Completes the upload. Returns its MD5. */
  finish(): string {
    this.#md5 ??= this.#hash.digest('hex');
    return this.#md5;
  }
}

const PROGRESS = new WeakMap<Readable, UploadProgress>();

/** Starts to measure an upload that is about to be read. */
export function trackUpload(stream: Readable): UploadProgress {
  const progress = new UploadProgress();
  PROGRESS.set(stream, progress);
  return progress;
}

/** Returns what has arrived of an upload; `undefined` if nobody has begun to read it. */
export const progressOf = (stream: Readable): UploadProgress | undefined => PROGRESS.get(stream);
