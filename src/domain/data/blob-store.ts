import { createHash, getHashes, hash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { dataFailure } from '../storage-failure.ts';
import { BlobWriter } from './blob-writer.ts';
import {
  type BlobStore,
  type Digests,
  HASH_ALGORITHM,
  type HashAlgorithm,
  type Hashable,
  type ImageData,
  type Received,
} from './image-data.ts';
import { trackUpload } from './upload-progress.ts';
import { streamVirtual } from './virtual-data.ts';

/** Options of `createBlobStore`. */
export interface BlobStoreOptions {
  /** Directory that keeps large data. Default: a temporary directory that is removed with the store. */
  readonly directory?: string;
  /** Largest data that stays in memory. Default: 4 MiB. */
  readonly memoryLimitBytes?: number;
  /** Whether files survive the end of the machine once they have been received. Default: false. */
  readonly isSynced?: boolean;
}

/** A blob store that owns files. */
export interface FileBlobStore extends BlobStore {
  /** Takes ownership of a file in the directory that an earlier run wrote: it is deleted once its value is garbage. Files elsewhere are ignored. */
  adopt(data: ImageData): void;
  /** Deletes the files of the directory that none of these values refers to. */
  sweep(used: Iterable<ImageData>): void;
  /** Deletes a file of the directory that nothing uses any more, once nobody reads it. */
  remove(path: string): void;
  /** Deletes the temporary directory, if there is one. */
  close(): void;
}

/** Bytes to read at once: to start a read takes as long as to copy many KiB. */
const READ_BYTES = 256 * 1024;

const DEFAULT_MEMORY_LIMIT = 4 * 1024 * 1024;

/** Names of the store's files; other files in the directory are not its own. */
const NAME = /^[0-9a-f-]{36}\.blob$/;

/** Creates a store that keeps small uploads in memory and large ones on disk, hashing them as they arrive. */
export function createBlobStore(options: BlobStoreOptions = {}): FileBlobStore {
  return new Blobs(options);
}

class Blobs implements FileBlobStore {
  readonly #memoryLimitBytes: number;
  readonly #directory: string | undefined;
  readonly #isSynced: boolean;
  #createdDirectory: string | undefined;
  /** Worlds share data without counting references, so a file is deleted when the value that names it is garbage. */
  readonly #files = new FinalizationRegistry<string>(deleteFile);
  /** Number of streams that read a file, by path. */
  readonly #readers = new Map<string, number>();
  /** Files to delete once nobody reads them. */
  readonly #removable = new Set<string>();
  readonly #removeTemporary = (): void => {
    if (this.#createdDirectory !== undefined) rmSync(this.#createdDirectory, { recursive: true, force: true });
  };

  constructor({ directory, memoryLimitBytes = DEFAULT_MEMORY_LIMIT, isSynced = false }: BlobStoreOptions) {
    this.#isSynced = isSynced;
    this.#directory = directory;
    this.#memoryLimitBytes = memoryLimitBytes;
  }

  async receive(
    stream: Readable,
    onBytes?: (total: number) => void,
    algorithm: HashAlgorithm = HASH_ALGORITHM,
  ): Promise<Received> {
    const progress = trackUpload(stream);
    const other = algorithm === 'md5' ? undefined : createHash(algorithm);
    const writer = new BlobWriter({
      memoryLimitBytes: this.#memoryLimitBytes,
      newPath: () => this.#newPath(),
      isSynced: this.#isSynced,
    });
    try {
      // The response still has to go over the connection of the stream, so an error here must not close it.
      for await (const piece of stream.iterator({ destroyOnReturn: false })) {
        const chunk: Buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
        progress.add(chunk);
        onBytes?.(progress.sizeBytes);
        other?.update(chunk);
        // Backpressure: the next chunk is read once this one is stored.
        await writer.write(chunk);
      }
      const data = await writer.finish();
      const md5 = progress.finish();
      const value = other?.digest('hex') ?? md5;
      return { data: this.#own(data), sizeBytes: progress.sizeBytes, md5, hash: { algorithm, value } };
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }

  keep(bytes: Buffer, algorithm: HashAlgorithm = HASH_ALGORITHM): Received {
    const sizeBytes = bytes.length;
    const digests: Digests = { md5: hash('md5', bytes), hash: { algorithm, value: hash(algorithm, bytes) } };
    if (sizeBytes <= this.#memoryLimitBytes) return { data: { kind: 'bytes', bytes }, sizeBytes, ...digests };
    const path = this.#newPath();
    try {
      writeFileSync(path, bytes, { flag: 'wx', mode: 0o600, flush: this.#isSynced });
    } catch (error) {
      rmSync(path, { force: true });
      throw dataFailure(path, error);
    }
    return { data: this.#own({ kind: 'file', path, sizeBytes, crc32: crc32(bytes) }), sizeBytes, ...digests };
  }

  async digest(received: Hashable, algorithm: string): Promise<string | undefined> {
    if (algorithm === 'md5' && received.md5 !== null) return received.md5;
    if (algorithm === received.hash?.algorithm) return received.hash.value;
    if (!getHashes().includes(algorithm)) return undefined;
    const digest = createHash(algorithm);
    for await (const chunk of this.open(received.data)) digest.update(chunk as Buffer);
    return digest.digest('hex');
  }

  open(data: ImageData, start = 0, end = Number.MAX_SAFE_INTEGER): Readable {
    if (data.kind === 'virtual') return streamVirtual(data, start, end);
    if (data.kind === 'bytes') return streamBytes(data.bytes.subarray(start, end + 1));
    const last = Math.min(end, data.sizeBytes - 1);
    if (start > last) return streamBytes(Buffer.alloc(0));
    const { path } = data;
    const stream = createReadStream(path, { start, end: last, highWaterMark: READ_BYTES });
    // The file must not be deleted before it is open, so its value stays referenced until the stream closes.
    this.#readers.set(path, (this.#readers.get(path) ?? 0) + 1);
    stream.once('close', () => this.#endRead(data));
    return stream;
  }

  adopt(data: ImageData): void {
    // A fixture may name any file; files elsewhere belong to the user.
    if (data.kind === 'file' && dirname(data.path) === this.#directory) this.#own(data);
  }

  remove(path: string): void {
    if (this.#readers.has(path)) this.#removable.add(path);
    else deleteFile(path);
  }

  #endRead({ path }: { readonly path: string }): void {
    const readers = (this.#readers.get(path) ?? 1) - 1;
    if (readers > 0) {
      this.#readers.set(path, readers);
      return;
    }
    this.#readers.delete(path);
    if (this.#removable.delete(path)) deleteFile(path);
  }

  sweep(used: Iterable<ImageData>): void {
    if (this.#directory === undefined) return;
    const paths = new Set<string>();
    for (const data of used) if (data.kind === 'file') paths.add(data.path);
    for (const name of namesIn(this.#directory)) {
      const path = join(this.#directory, name);
      if (NAME.test(name) && !paths.has(path)) rmSync(path, { force: true });
    }
  }

  close(): void {
    if (this.#directory !== undefined) return;
    this.#removeTemporary();
    this.#createdDirectory = undefined;
    process.off('exit', this.#removeTemporary);
  }

  #own(data: ImageData): ImageData {
    if (data.kind === 'file') this.#files.register(data, data.path);
    return data;
  }

  #newPath(): string {
    this.#createdDirectory ??= this.#makeDirectory();
    return join(this.#createdDirectory, `${randomUUID()}.blob`);
  }

  #makeDirectory(): string {
    if (this.#directory !== undefined) {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      return this.#directory;
    }
    process.once('exit', this.#removeTemporary);
    return mkdtempSync(join(tmpdir(), 'sideglance-'));
  }
}

/** Deletes a file later; it is no error if the file is gone. */
function deleteFile(path: string): void {
  rm(path, { force: true }).catch(() => undefined);
}

const streamBytes = (bytes: Buffer): Readable =>
  new Readable({
    read(): void {
      this.push(bytes);
      this.push(null);
    },
  });

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
