import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { LogRecord, StateVersion } from './log-record.ts';
import { checksumSeed, encodeLine } from './record-line.ts';

/** Size of the filler that follows the records, in bytes: it shows that no record is missing, and has room for the next ones. */
const FILLER_BYTES = 256 * 1024;

/** When changes are written from the memory of the operating system to the disk: after each change, each second, or never. */
export const FSYNC_MODES = ['always', 'interval', 'never'] as const;
/** One of `FSYNC_MODES`. */
export type FsyncMode = (typeof FSYNC_MODES)[number];

/** The end of a log that is opened again. */
export interface LogEnd {
  /** Sequence number of the next record. */
  readonly sequence: number;
  /** Position behind the last valid record, in bytes. */
  readonly bytes: number;
}

/** A log that was read. */
interface ReadLog {
  readonly version: StateVersion;
  readonly end: LogEnd;
}

const syncDescriptor = promisify(fdatasync);

/**
 * A log that is open for writing: one line for each change, in the order of the changes, then spaces as a filler. A log that
 * lacks the filler was cut off, unless it ends with the mark that it was closed.
 */
export class DocumentLog {
  readonly #descriptor: number;
  readonly #seed: number;
  readonly #mode: FsyncMode;
  #sequence: number;
  #bytes: number;
  #sizeBytes: number;
  #isDirty = false;
  #syncing: Promise<void> | undefined;

  private constructor(descriptor: number, seed: number, mode: FsyncMode, end: LogEnd) {
    this.#descriptor = descriptor;
    this.#seed = seed;
    this.#mode = mode;
    this.#sequence = end.sequence;
    this.#bytes = end.bytes;
    this.#sizeBytes = end.bytes;
  }

  /** Creates the log; replaces a file of that path. */
  static create(path: string, version: StateVersion, mode: FsyncMode): DocumentLog {
    const descriptor = openSync(path, 'w', 0o600);
    return DocumentLog.#started(descriptor, () => {
      const head = encodeLine(['log', { format: 2, ...version }], { sequence: 0, more: 0 }, 0);
      const bytes = Buffer.from(head);
      writeAll(descriptor, bytes, 0);
      return new DocumentLog(descriptor, checksumSeed(version.id), mode, { sequence: 1, bytes: bytes.length });
    });
  }

  /** Opens a log to continue it. */
  static reopen(path: string, { version, end }: ReadLog, mode: FsyncMode): DocumentLog {
    const descriptor = openSync(path, 'r+');
    return DocumentLog.#started(descriptor, () => {
      ftruncateSync(descriptor, end.bytes);
      return new DocumentLog(descriptor, checksumSeed(version.id), mode, end);
    });
  }

  static #started(descriptor: number, start: () => DocumentLog): DocumentLog {
    try {
      const log = start();
      log.#fill(FILLER_BYTES);
      if (log.#mode !== 'never') fdatasyncSync(descriptor);
      return log;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** Size of the records in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the log has records besides its head. */
  get hasRecords(): boolean {
    return this.#sequence > 1;
  }

  /** Whether the log has room for the next records, so that they can be written even if the disk is full. */
  get hasRoom(): boolean {
    return this.#sizeBytes - this.#bytes >= FILLER_BYTES / 2;
  }

  /** Whether the file still has a name. */
  get isLinked(): boolean {
    return fstatSync(this.#descriptor).nlink > 0;
  }

  /**
   * Writes the records of one change. They survive the end of the process, also a kill, once this has returned. With the
   * mode `always` they survive the end of the machine too. If it throws, the log is as before.
   */
  append(records: readonly LogRecord[]): void {
    let text = '';
    let more = records.length;
    for (const record of records) {
      more -= 1;
      text += encodeLine(record, { sequence: this.#sequence + records.length - 1 - more, more }, this.#seed);
    }
    this.#write(text, records.length);
    this.#isDirty = true;
  }

  /** Makes room for the next records. Throws if the disk is full. */
  makeRoom(): void {
    if (!this.hasRoom) this.#fill(FILLER_BYTES);
  }

  /** Writes changes from the memory of the operating system to the disk, if there are any. */
  async sync(): Promise<void> {
    await this.#syncing;
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#syncing = syncDescriptor(this.#descriptor).finally(() => {
      this.#syncing = undefined;
    });
    await this.#syncing;
  }

  /** Marks the log as complete, removes the filler and closes the file. */
  async seal(): Promise<void> {
    this.#write(encodeLine(['closed'], { sequence: this.#sequence, more: 0 }, this.#seed), 1);
    ftruncateSync(this.#descriptor, this.#bytes);
    if (this.#mode !== 'never') fdatasyncSync(this.#descriptor);
    await this.close();
  }

  /** Closes a log that is not going to be used. */
  discard(): void {
    closeSync(this.#descriptor);
  }

  /** Closes the file, once it has been written to the disk. */
  async close(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    closeSync(this.#descriptor);
  }

  #write(text: string, records: number): void {
    const bytes = Buffer.from(text);
    // One byte of the filler stays, or the log would look cut off.
    if (this.#bytes + bytes.length >= this.#sizeBytes) this.#fill(bytes.length + FILLER_BYTES);
    try {
      writeAll(this.#descriptor, bytes, this.#bytes);
      if (this.#mode === 'always') fdatasyncSync(this.#descriptor);
    } catch (error) {
      this.#restoreFiller(bytes.length);
      throw error;
    }
    this.#bytes += bytes.length;
    this.#sequence += records;
  }

  /** Extends the filler to a size. If that fails, the file is as before. */
  #fill(bytes: number): void {
    const sizeBytes = this.#bytes + bytes;
    try {
      writeAll(this.#descriptor, Buffer.alloc(sizeBytes - this.#sizeBytes, ' '), this.#sizeBytes);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#sizeBytes);
      throw error;
    }
    this.#sizeBytes = sizeBytes;
  }

  /** Overwrites half a record with filler: the next record must not follow on it. */
  #restoreFiller(bytes: number): void {
    try {
      writeAll(this.#descriptor, Buffer.alloc(bytes, ' '), this.#bytes);
    } catch {
      // The reader drops the half record, which has no line end, with the rest of the filler.
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
  }
}
