import { createHash, getHashes, hash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type BlobStore,
  type Digests,
  HASH_ALGORITHM,
  type HashAlgorithm,
  type ImageData,
  type Received,
} from './image-data.ts';
import { streamVirtual, VirtualFollower, virtualChunks } from './virtual-data.ts';

export interface BlobStoreOptions {
  /** Where large data goes, to stay there; a temporary directory that goes with the store when left out. */
  readonly directory?: string;
  /** Data up to this size stays in memory. */
  readonly memoryLimitBytes?: number;
}

/** A blob store with files of its own. */
export interface FileBlobStore extends BlobStore {
  /** Takes a file of the directory, known from an earlier run, in its charge: it goes when nothing refers to the value. Others' files stay. */
  adopt(data: ImageData): void;
  /** Removes the files of the directory that none of these refers to. */
  sweep(kept: Iterable<ImageData>): void;
  /** Removes the temporary directory, if there is one. */
  close(): void;
}

const DEFAULT_MEMORY_LIMIT = 4 * 1024 * 1024;

/** Names that the store gives; all else in its directory is somebody else's. */
const NAME = /^[0-9a-f-]{36}\.blob$/;

/** Keeps uploads: small ones in memory, large ones on disk, streamed and hashed as they come. */
export function createBlobStore(options: BlobStoreOptions = {}): FileBlobStore {
  return new Blobs(options);
}

class Blobs implements FileBlobStore {
  readonly #memoryLimitBytes: number;
  readonly #directory: string | undefined;
  #made: string | undefined;
  /** Worlds share data freely, so nobody counts who has it: the file goes when the value that names it is garbage. */
  readonly #files = new FinalizationRegistry<string>((path) => {
    rm(path, { force: true }).catch(() => undefined);
  });
  readonly #removeTemporary = (): void => {
    if (this.#made !== undefined) rmSync(this.#made, { recursive: true, force: true });
  };

  constructor({ directory, memoryLimitBytes = DEFAULT_MEMORY_LIMIT }: BlobStoreOptions) {
    this.#directory = directory;
    this.#memoryLimitBytes = memoryLimitBytes;
  }

  async receive(
    stream: Readable,
    onBytes?: (total: number) => void,
    algorithm: HashAlgorithm = HASH_ALGORITHM,
  ): Promise<Received> {
    const md5 = createHash('md5');
    const other = algorithm === 'md5' ? undefined : createHash(algorithm);
    const intake = new Intake(this.#memoryLimitBytes, () => this.#newPath());
    let sizeBytes = 0;
    try {
      // The caller has yet to answer on the connection that the stream reads from, so giving up must not close it.
      for await (const piece of stream.iterator({ destroyOnReturn: false })) {
        const chunk: Buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
        sizeBytes += chunk.length;
        onBytes?.(sizeBytes);
        md5.update(chunk);
        other?.update(chunk);
        // The next chunk is not asked for before this one is kept: the sender waits for the disk.
        await intake.take(chunk);
      }
      const data = await intake.finish();
      const checksum = md5.digest('hex');
      const value = other?.digest('hex') ?? checksum;
      return { data: this.#charge(data), sizeBytes, md5: checksum, hash: { algorithm, value } };
    } catch (error) {
      await intake.drop();
      throw error;
    }
  }

  keep(bytes: Buffer, algorithm: HashAlgorithm = HASH_ALGORITHM): Received {
    const sizeBytes = bytes.length;
    const digests: Digests = { md5: hash('md5', bytes), hash: { algorithm, value: hash(algorithm, bytes) } };
    if (sizeBytes <= this.#memoryLimitBytes) return { data: { kind: 'bytes', bytes }, sizeBytes, ...digests };
    const path = this.#newPath();
    writeFileSync(path, bytes, { flag: 'wx' });
    return { data: this.#charge({ kind: 'file', path, sizeBytes }), sizeBytes, ...digests };
  }

  async digest(received: Received, algorithm: string): Promise<string | undefined> {
    if (algorithm === 'md5') return received.md5;
    if (algorithm === received.hash.algorithm) return received.hash.value;
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
    const stream = createReadStream(data.path, { start, end: last });
    // A file is opened later than asked for; as long as it is read, the value that keeps it has to live.
    stream.once('close', () => data);
    return stream;
  }

  adopt(data: ImageData): void {
    // A fixture may name any file; such a one is its owner's.
    if (data.kind === 'file' && dirname(data.path) === this.#directory) this.#charge(data);
  }

  sweep(kept: Iterable<ImageData>): void {
    if (this.#directory === undefined) return;
    const paths = new Set<string>();
    for (const data of kept) if (data.kind === 'file') paths.add(data.path);
    for (const name of namesIn(this.#directory)) {
      const path = join(this.#directory, name);
      if (NAME.test(name) && !paths.has(path)) rmSync(path, { force: true });
    }
  }

  close(): void {
    if (this.#directory !== undefined) return;
    this.#removeTemporary();
    this.#made = undefined;
    process.off('exit', this.#removeTemporary);
  }

  #charge(data: ImageData): ImageData {
    if (data.kind === 'file') this.#files.register(data, data.path);
    return data;
  }

  #newPath(): string {
    this.#made ??= this.#makeDirectory();
    return join(this.#made, `${randomUUID()}.blob`);
  }

  #makeDirectory(): string {
    if (this.#directory !== undefined) {
      mkdirSync(this.#directory, { recursive: true });
      return this.#directory;
    }
    process.once('exit', this.#removeTemporary);
    return mkdtempSync(join(tmpdir(), 'sideglance-'));
  }
}

/**
 * Data on its way in: in memory while it is little, then in a file. What are the bytes of a virtual stream needs neither
 * for as long as it goes on so.
 */
class Intake {
  readonly #memoryLimitBytes: number;
  readonly #newPath: () => string;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #follower: VirtualFollower | undefined;
  #file: { readonly path: string; readonly handle: FileHandle; sizeBytes: number } | undefined;

  constructor(memoryLimitBytes: number, newPath: () => string) {
    this.#memoryLimitBytes = memoryLimitBytes;
    this.#newPath = newPath;
  }

  async take(chunk: Buffer): Promise<void> {
    if (this.#file !== undefined) return this.#write(this.#file, chunk);
    if (this.#follower !== undefined) {
      if (this.#follower.follows(chunk)) return;
      return this.#spill(virtualChunks(this.#follower.data), chunk);
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > this.#memoryLimitBytes) await this.#overflow();
  }

  async finish(): Promise<ImageData> {
    if (this.#follower !== undefined) return this.#follower.data;
    if (this.#file === undefined) return { kind: 'bytes', bytes: Buffer.concat(this.#held) };
    const { path, handle, sizeBytes } = this.#file;
    await handle.close();
    return { kind: 'file', path, sizeBytes };
  }

  async drop(): Promise<void> {
    if (this.#file === undefined) return;
    const { path, handle } = this.#file;
    await handle.close().catch(() => undefined);
    await rm(path, { force: true });
  }

  async #overflow(): Promise<void> {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    const follower = VirtualFollower.of(bytes);
    if (follower?.follows(bytes)) this.#follower = follower;
    else await this.#spill([], bytes);
  }

  async #spill(before: Iterable<Buffer>, chunk: Buffer): Promise<void> {
    this.#follower = undefined;
    const path = this.#newPath();
    this.#file = { path, handle: await openFile(path, 'wx'), sizeBytes: 0 };
    for (const piece of before) await this.#write(this.#file, piece);
    await this.#write(this.#file, chunk);
  }

  async #write(file: { readonly handle: FileHandle; sizeBytes: number }, chunk: Buffer): Promise<void> {
    await writeAll(file.handle, chunk);
    file.sizeBytes += chunk.length;
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
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
