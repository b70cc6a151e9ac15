import { type FileHandle, open as openFile, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { dataFailure, type StorageFailure } from '../storage-failure.ts';
import type { ImageData } from './image-data.ts';
import { VirtualFollower, virtualChunks } from './virtual-data.ts';

/** Options of `BlobWriter`. */
export interface BlobWriterOptions {
  /** Largest data that stays in memory. */
  readonly memoryLimitBytes: number;
  /** Returns the path of a new file. */
  readonly newPath: () => string;
  /** Whether the file survives the end of the machine once `finish` has resolved. */
  readonly isSynced: boolean;
}

/** The file of an upload. */
interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  sizeBytes: number;
  /** CRC-32 of the bytes so far. */
  checksum: number;
}

/**
 * Receives one upload: small data is held in memory, larger data goes to a file. Bytes that a known seed generates need
 * neither.
 */
export class BlobWriter {
  readonly #memoryLimitBytes: number;
  readonly #newPath: () => string;
  readonly #isSynced: boolean;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #follower: VirtualFollower | undefined;
  #file: OpenFile | undefined;

  constructor({ memoryLimitBytes, newPath, isSynced }: BlobWriterOptions) {
    this.#memoryLimitBytes = memoryLimitBytes;
    this.#newPath = newPath;
    this.#isSynced = isSynced;
  }

  /** Adds a chunk; resolves once it is stored. @throws StorageFailure if it cannot be stored. */
  async write(chunk: Buffer): Promise<void> {
    try {
      await this.#store(chunk);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #store(chunk: Buffer): Promise<void> {
    if (this.#file !== undefined) return this.#append(this.#file, chunk);
    if (this.#follower !== undefined) {
      if (this.#follower.follows(chunk)) return;
      return this.#openFile(virtualChunks(this.#follower.data), chunk);
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > this.#memoryLimitBytes) await this.#leaveMemory();
  }

  /** Completes the data. @throws StorageFailure if it cannot be stored. */
  async finish(): Promise<ImageData> {
    if (this.#follower !== undefined) return this.#follower.data;
    if (this.#file === undefined) return { kind: 'bytes', bytes: Buffer.concat(this.#held) };
    const { path, handle, sizeBytes, checksum } = this.#file;
    try {
      if (this.#isSynced) await handle.sync();
      await handle.close();
    } catch (error) {
      throw this.#failure(error);
    }
    return { kind: 'file', path, sizeBytes, crc32: checksum };
  }

  #failure(error: unknown): StorageFailure {
    return dataFailure(this.#file?.path ?? 'the file of an upload', error);
  }

  /** Discards the data. */
  async discard(): Promise<void> {
    if (this.#file === undefined) return;
    const { path, handle } = this.#file;
    await handle.close().catch(() => undefined);
    await rm(path, { force: true });
  }

  async #leaveMemory(): Promise<void> {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    const follower = VirtualFollower.of(bytes);
    if (follower?.follows(bytes)) this.#follower = follower;
    else await this.#openFile([], bytes);
  }

  async #openFile(before: Iterable<Buffer>, chunk: Buffer): Promise<void> {
    this.#follower = undefined;
    const path = this.#newPath();
    this.#file = { path, handle: await openFile(path, 'wx', 0o600), sizeBytes: 0, checksum: 0 };
    for (const piece of before) await this.#append(this.#file, piece);
    await this.#append(this.#file, chunk);
  }

  async #append(file: OpenFile, chunk: Buffer): Promise<void> {
    await writeAll(file.handle, chunk);
    file.sizeBytes += chunk.length;
    file.checksum = crc32(chunk, file.checksum);
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}
