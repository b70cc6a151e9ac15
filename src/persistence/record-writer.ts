import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FsyncMode, LogEnd } from './document-log.ts';
import { checksumSeed, encodeLine } from './record-line.ts';

/** How long records are converted before other work of the process may run, in milliseconds. */
const TURN_MILLISECONDS = 4;
/** Size from which converted records are written, in characters. */
const PIECE_LENGTH = 512 * 1024;

/** Writes a whole file of records, in turns so short that other work of the process goes on. */
export class RecordWriter {
  readonly #handle: FileHandle;
  readonly #mode: FsyncMode;
  #seed = 0;
  #sequence = 0;
  #text = '';
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
    return { bytes: this.#bytes + Buffer.byteLength(this.#text), sequence: this.#sequence };
  }

  /** Adds a record. Await the result, if there is one, before you add the next one. */
  add(record: readonly unknown[]): Promise<void> | undefined {
    this.#text += encodeLine(record, { sequence: this.#sequence, more: 0 }, this.#seed);
    this.#sequence += 1;
    if (this.#text.length >= PIECE_LENGTH) return this.#flush();
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

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    this.#bytes += bytes.length;
    this.#turnStart = performance.now();
  }

  async #takeTurn(): Promise<void> {
    await nextTurn();
    this.#turnStart = performance.now();
  }
}
