import { type FileHandle, open as openFile, rm } from 'node:fs/promises';
import type { ImageData } from './image-data.ts';
import { VirtualFollower, virtualChunks } from './virtual-data.ts';

/**
 * Receives one upload: small data is held in memory, larger data goes to a file. Bytes that a known seed generates need
 * neither.
 */
export class BlobWriter {
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

  /** Adds a chunk; resolves once it is stored. */
  async write(chunk: Buffer): Promise<void> {
    if (this.#file !== undefined) return this.#append(this.#file, chunk);
    if (this.#follower !== undefined) {
      if (this.#follower.follows(chunk)) return;
      return this.#openFile(virtualChunks(this.#follower.data), chunk);
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > this.#memoryLimitBytes) await this.#leaveMemory();
  }

  /** Completes the data. */
  async finish(): Promise<ImageData> {
    if (this.#follower !== undefined) return this.#follower.data;
    if (this.#file === undefined) return { kind: 'bytes', bytes: Buffer.concat(this.#held) };
    const { path, handle, sizeBytes } = this.#file;
    await handle.close();
    return { kind: 'file', path, sizeBytes };
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
    this.#file = { path, handle: await openFile(path, 'wx'), sizeBytes: 0 };
    for (const piece of before) await this.#append(this.#file, piece);
    await this.#append(this.#file, chunk);
  }

  async #append(file: { readonly handle: FileHandle; sizeBytes: number }, chunk: Buffer): Promise<void> {
    await writeAll(file.handle, chunk);
    file.sizeBytes += chunk.length;
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}
