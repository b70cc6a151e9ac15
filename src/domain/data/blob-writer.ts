import { dataFailure, type StorageFailure } from '../storage-failure.ts';
import type { ImageData } from './image-data.ts';
import { UploadFile } from './upload-file.ts';
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
  #file: UploadFile | undefined;

  constructor({ memoryLimitBytes, newPath, isSynced }: BlobWriterOptions) {
    this.#memoryLimitBytes = memoryLimitBytes;
    this.#newPath = newPath;
    this.#isSynced = isSynced;
  }

  /** Adds a chunk; resolves once there is room for the next one. @throws StorageFailure if it or an earlier one cannot be stored. */
  async write(chunk: Buffer): Promise<void> {
    try {
      await this.#store(chunk);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #store(chunk: Buffer): Promise<void> {
    if (this.#file !== undefined) return this.#file.append(chunk);
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
    const file = this.#file;
    try {
      await file.finish(this.#isSynced);
    } catch (error) {
      throw this.#failure(error);
    }
    return { kind: 'file', path: file.path, sizeBytes: file.sizeBytes, crc32: file.checksum };
  }

  #failure(error: unknown): StorageFailure {
    return dataFailure(this.#file?.path ?? 'the file of an upload', error);
  }

  /** Discards the data. */
  async discard(): Promise<void> {
    await this.#file?.discard();
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
    this.#file = await UploadFile.create(this.#newPath());
    for (const piece of before) await this.#file.append(piece);
    await this.#file.append(chunk);
  }
}
