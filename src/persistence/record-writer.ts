import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FsyncMode, LogEnd } from './document-log.ts';
import { checksumSeed, contentOf, maxBytesOf, writeLine } from './record-line.ts';

/** How long records are converted before other work of the process may run, in milliseconds. */
const TURN_MILLISECONDS = 4;
/** Size of the records that are written at once, in bytes. */
const PIECE_BYTES = 256 * 1024;
/** Size of the buffer for converted records, in bytes: a piece and a record that goes beyond it. */
const BUFFER_BYTES = 2 * PIECE_BYTES;

/** Writes a whole file of records, in turns so short that other work of the process goes on. */
export class RecordWriter {
  readonly #handle: FileHandle;
  readonly #mode: FsyncMode;
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #seed = 0;
  #sequence = 0;
  /** Bytes of the buffer that have not been written yet. */
  #used = 0;
  #bytes = 0;
  #turnStart = performance.now();

  private constructor(handle: FileHandle, mode: FsyncMode) {
    this.#handle = handle;
    this.#mode = mode;
  }

  /** Creates a file, in place of one of that path. */
  static async create(path: string, mode: FsyncMode): Promise<RecordWriter> {
    return new RecordWriter(await open(path, 'w', 0o600), mode);
  }

  /** Sets the id of the file, on which the checksums of the records after the first one depend. */
  setId(id: string): void {
    this.#seed = checksumSeed(id);
  }

  /** Where the next record goes. */
  get end(): LogEnd {
    return { bytes: this.#bytes + this.#used, sequence: this.#sequence };
  }

  /** Adds a record. Await the result, if there is one, before you add the next one. */
  add(record: readonly unknown[]): Promise<void> | undefined {
    const content = contentOf(record, { sequence: this.#sequence, more: 0 });
    this.#sequence += 1;
    if (this.#used + maxBytesOf(content) > BUFFER_BYTES) return this.#addLarge(content);
    this.#used = writeLine(this.#buffer, this.#used, content, this.#seed);
    if (this.#used >= PIECE_BYTES) return this.#flush();
    return performance.now() - this.#turnStart >= TURN_MILLISECONDS ? this.#takeTurn() : undefined;
  }

  /** Writes the rest and closes the file. With a mode other than `never`, the file survives the end of the machine then. */
  async finish(): Promise<void> {
    await this.#flush();
    if (this.#mode !== 'never') await this.#handle.sync();
    await this.#handle.close();
  }

  /** Closes the file, which stays incomplete. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  /** Adds a record that the buffer has no room for. */
  async #addLarge(content: string): Promise<void> {
    await this.#flush();
    const line = Buffer.allocUnsafeSlow(maxBytesOf(content));
    await this.#write(line.subarray(0, writeLine(line, 0, content, this.#seed)));
  }

  async #flush(): Promise<void> {
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    await this.#write(bytes);
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    this.#bytes += bytes.length;
    this.#turnStart = performance.now();
  }

  async #takeTurn(): Promise<void> {
    await nextTurn();
    this.#turnStart = performance.now();
  }
}
