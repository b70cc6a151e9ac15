import { renameSync, rmSync, statSync } from 'node:fs';
import type { Low } from 'lowdb';
import type { Image } from '../domain/image.ts';
import { reasonOf, StorageFailure } from '../domain/storage-failure.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Layer } from './document-layer.ts';
import { DocumentLog, type FsyncMode } from './document-log.ts';
import { toDocument } from './image-document.ts';
import type { LogRecord } from './log-record.ts';
import { mergeLayers } from './merge-layers.ts';
import { layersOf, outlineOf, type State, versionAfter } from './state.ts';
import type { StateFile } from './state-file.ts';
import type { StateLock } from './state-lock.ts';
import { logOf, newLogOf, oldLogOf } from './state-paths.ts';
import type { StateStorage } from './state-storage.ts';

/** Size in bytes from which a log is compacted, unless the state file is larger. */
const LOG_BYTES = 16 * 1024 * 1024;

/** How often the log and the lock are checked, and the log is written to the disk with `--fsync interval`. */
const WATCH_MILLISECONDS = 1000;

/** How long writes are rejected before the next attempt to write. */
const RETRY_MILLISECONDS = 250;

/** An open state file. */
export interface OpenStateFile {
  readonly low: Low<State>;
  readonly adapter: StateFile;
  /** Absolute path of the state file. */
  readonly file: string;
  readonly directory: DataDirectory;
  /** The log that continues the state file. */
  readonly log: DocumentLog;
  readonly lock: StateLock;
  readonly fsync: FsyncMode;
}

/** A state in a file. Each change is logged at once; lowdb rewrites the file as a whole when the log has grown. */
export class FileStorage implements StateStorage {
  readonly #low: Low<State>;
  readonly #adapter: StateFile;
  readonly #file: string;
  readonly #directory: DataDirectory;
  readonly #lock: StateLock;
  readonly #fsync: FsyncMode;
  readonly #watch: NodeJS.Timeout;
  #log: DocumentLog;
  /** Size of the log, in bytes, that starts a compaction. */
  #limitBytes = LOG_BYTES;
  #compaction: Promise<void> | undefined;
  #failure: { readonly error: StorageFailure; readonly retryAt: number } | undefined;
  #isClosed = false;
  /** Layers that the state file or its logs contain. */
  #logged: WeakSet<Layer>;

  constructor({ low, adapter, file, directory, log, lock, fsync }: OpenStateFile) {
    this.#low = low;
    this.#adapter = adapter;
    this.#file = file;
    this.#directory = directory;
    this.#log = log;
    this.#lock = lock;
    this.#fsync = fsync;
    this.#logged = new WeakSet(layersOf(low.data.worlds.values()));
    this.#watch = setInterval(() => this.#check(), WATCH_MILLISECONDS).unref();
    if (this.#hasOldLog || log.bytes >= this.#limitBytes) this.#scheduleCompaction();
  }

  /** The state in memory. */
  get state(): State {
    return this.#low.data;
  }

  /** Path of the directory for image data. */
  get dataDirectory(): string {
    return this.#directory.path;
  }

  /** Why changes cannot be saved; `undefined` while they can. Tries again now and then. */
  get failure(): StorageFailure | undefined {
    const failure = this.#failure;
    if (failure === undefined || Date.now() < failure.retryAt) return failure?.error;
    try {
      this.#lock.assertHeld();
      this.#log.makeRoom();
      this.#failure = undefined;
    } catch (error) {
      this.#fail(error);
    }
    return this.#failure?.error;
  }

  /** Returns the records that add images to a layer. Writes their data to the data directory. */
  imageRecords({ id }: Layer, images: Iterable<Image>): readonly LogRecord[] {
    const records: LogRecord[] = [];
    try {
      for (const image of images) records.push(['image', id, toDocument(image, this.#directory.toDocument)]);
    } catch (error) {
      throw new StorageFailure(this.#directory.path, error);
    }
    return records;
  }

  /** Writes records to the log, and starts a compaction if the log has grown too large. */
  append(records: readonly LogRecord[], layers: readonly Layer[] = []): void {
    if (this.#isClosed) throw new StorageFailure(this.#file, new Error('it is closed'));
    try {
      this.#lock.assertHeld();
      this.#log.append(records);
    } catch (error) {
      throw this.#fail(error);
    }
    for (const layer of layers) this.#logged.add(layer);
    this.#makeRoom();
    if (this.#log.bytes >= this.#limitBytes) this.#scheduleCompaction();
  }

  /** Returns whether the state file or its logs contain a layer. */
  contains(layer: Layer): boolean {
    return this.#logged.has(layer);
  }

  /** Whether the state file still lacks the changes of the old log. */
  get #hasOldLog(): boolean {
    return this.state.outline !== undefined;
  }

  /** Writes the whole state to the file and starts a new log. Changes may go on meanwhile. */
  async compact(): Promise<void> {
    if (!this.#isClosed) await this.#compactOnce(() => this.#low.write());
  }

  /**
   * Writes the whole state to the file, deletes the log and releases the file. If the file cannot be written, the log stays.
   * @throws StorageFailure if neither the file nor the log holds all changes.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    clearInterval(this.#watch);
    try {
      await this.#compaction?.catch(() => undefined);
      await this.#closeFile();
    } finally {
      this.#isClosed = true;
      this.#lock.release();
    }
  }

  async #closeFile(): Promise<void> {
    this.#lock.assertHeld();
    try {
      // Such a file lacks later changes, which are in the present log alone.
      if (this.#hasOldLog) await this.compact();
      await this.#compactOnce(() => this.#adapter.writeClosed(this.state));
    } catch (error) {
      await this.#closeLog(error);
      return;
    }
    this.#isClosed = true;
    // Changes that were made while the file was written may be in the log alone.
    if (this.#log.hasRecords) {
      await this.#log.seal();
      return;
    }
    await this.#log.close();
    rmSync(logOf(this.#file), { force: true });
  }

  /** Keeps the log in place of the file that could not be written. */
  async #closeLog(cause: unknown): Promise<void> {
    this.#isClosed = true;
    const isLinked = this.#log.isLinked;
    try {
      await this.#log.seal();
    } catch {
      // The changes are in the log; without the mark, the next start takes it for one that was not closed.
      await this.#log.close();
    }
    if (!isLinked) {
      const reason = `${reasonOf(cause)}, and its log was removed; changes since the last complete write are lost`;
      throw new StorageFailure(this.#file, new Error(reason));
    }
    warn(
      `${this.#file} cannot be written: ${reasonOf(cause)}. All changes are in ${logOf(this.#file)}; keep both files.`,
    );
  }

  #makeRoom(): void {
    try {
      this.#log.makeRoom();
    } catch (error) {
      // The change that was just logged is complete; requests after it are rejected until there is room again.
      this.#fail(error);
    }
  }

  #fail(cause: unknown): StorageFailure {
    const error = cause instanceof StorageFailure ? cause : new StorageFailure(logOf(this.#file), cause);
    this.#failure = { error, retryAt: Date.now() + RETRY_MILLISECONDS };
    return error;
  }

  /** Runs now and then: checks the lock and the log, and writes the log to the disk. */
  #check(): void {
    try {
      this.#lock.assertHeld();
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#fsync === 'interval') this.#log.sync().catch((error: unknown) => this.#fail(error));
    if (this.#compaction !== undefined || this.#log.isLinked) return;
    warn(`${logOf(this.#file)} was removed; its changes are written to ${this.#file}.`);
    this.#scheduleCompaction();
  }

  #scheduleCompaction(): void {
    // If this compaction fails, the next one starts after as many bytes again.
    this.#limitBytes = this.#log.bytes + LOG_BYTES;
    // Later, since the change that was just logged is not yet in the state that the compaction writes.
    setImmediate(() => {
      this.compact().catch((error: unknown) => {
        warn(`${this.#file} cannot be written; changes are still logged: ${reasonOf(error)}`);
      });
    });
  }

  /** Compacts, or waits for the compaction that runs already. */
  async #compactOnce(write: () => Promise<void>): Promise<void> {
    this.#compaction ??= this.#compact(write).finally(() => {
      this.#compaction = undefined;
    });
    await this.#compaction;
  }

  async #compact(write: () => Promise<void>): Promise<void> {
    this.#lock.assertHeld();
    // After a failed compaction the file still needs the old log, and the present log continues the state to write.
    const old = this.#hasOldLog ? undefined : this.#startNewLog();
    await Promise.all([write(), old?.close()]);
    rmSync(oldLogOf(this.#file), { force: true });
    this.state.outline = undefined;
    this.#limitBytes = Math.max(LOG_BYTES, statSync(this.#file).size);
  }

  /**
   * Starts the log that continues the version of the state file that is written next. If that fails, the present log goes on.
   * @returns the log before it, to close.
   */
  #startNewLog(): DocumentLog {
    const { state } = this;
    const version = versionAfter(state.version);
    const newPath = newLogOf(this.#file);
    let log: DocumentLog | undefined;
    try {
      log = DocumentLog.create(newPath, version, this.#fsync);
      swapLogs(this.#file);
    } catch (error) {
      log?.discard();
      rmSync(newPath, { force: true });
      throw error;
    }
    const old = this.#log;
    this.#log = log;
    state.outline = outlineOf(state);
    state.version = version;
    this.#logged = new WeakSet(mergeLayers(state.worlds.values()));
    return old;
  }
}

/** Makes the present log the old one, and the new log the present one; or leaves all as they are. */
function swapLogs(file: string): void {
  const hadLog = rename(logOf(file), oldLogOf(file));
  try {
    renameSync(newLogOf(file), logOf(file));
  } catch (error) {
    if (hadLog) renameSync(oldLogOf(file), logOf(file));
    throw error;
  }
}

/** Renames a file. Returns whether it exists: a user may have removed it. */
function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const warn = (message: string): void => process.emitWarning(message);
