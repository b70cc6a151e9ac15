import { type FileHandle, open, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Bytes to write at once: to start a write takes as long as to copy many KiB. */
const BATCH_BYTES = 512 * 1024;

/** The file of an upload. It writes a batch of chunks while those of the next one arrive, and holds no more than these. */
export class UploadFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #batch: Buffer[] = [];
  #batchBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #sizeBytes = 0;
  #checksum = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Creates the file. Rejects with the error of the system. */
  static async create(path: string): Promise<UploadFile> {
    return new UploadFile(path, await open(path, 'wx', 0o600));
  }

  /** Number of bytes so far. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** CRC-32 of the bytes so far. */
  get checksum(): number {
    return this.#checksum;
  }

  /** Adds a chunk; resolves once there is room for the next one. Rejects if an earlier chunk cannot be written. */
  async append(chunk: Buffer): Promise<void> {
    this.#sizeBytes += chunk.length;
    this.#checksum = crc32(chunk, this.#checksum);
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    if (this.#batchBytes >= BATCH_BYTES) await this.#flush();
  }

  /** Completes the file; resolves once all of it is written, and on the disk if `isSynced`. */
  async finish(isSynced: boolean): Promise<void> {
    await this.#flush();
    await this.#writing;
    if (isSynced) await this.#handle.sync();
    await this.#handle.close();
  }

  /** Deletes the file. */
  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  /** Starts to write what has arrived, once the batch before it is written. */
  async #flush(): Promise<void> {
    await this.#writing;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    this.#writing = writeAll(this.#handle, batch);
    // Whoever waits for it next gets the error.
    this.#writing.catch(() => undefined);
  }
}

async function writeAll(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  let rest = chunks.filter(({ length }) => length > 0);
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest);
    rest = after(rest, bytesWritten);
  }
}

/** Returns the chunks without their first bytes. */
function after(chunks: readonly Buffer[], count: number): Buffer[] {
  let skip = count;
  const rest: Buffer[] = [];
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}
