import { rmSync, statSync } from 'node:fs';
import type { Low } from 'lowdb';
import { contained } from '../base/internal-errors.ts';
import type { Image } from '../domain/image.ts';
import { dataFailure, reasonOf, StorageFailure } from '../domain/storage-failure.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Layer } from './document-layer.ts';
import type { DocumentLog, FsyncMode } from './document-log.ts';
import { forgetDeleted } from './forget-deleted.ts';
import { toDocument } from './image-document.ts';
import { KeptFiles } from './kept-files.ts';
import { keepLog, startLog, warn } from './log-files.ts';
import type { LogRecord } from './log-record.ts';
import { mergeLayers } from './merge-layers.ts';
import { layersOf, outlineOf, type State, versionAfter } from './state.ts';
import type { StateFile } from './state-file.ts';
import type { StateLock } from './state-lock.ts';
import { logOf, oldLogOf } from './state-paths.ts';
import type { StateStorage } from './state-storage.ts';
import { StorageHealth } from './storage-health.ts';

/** Size in bytes from which a log is compacted, unless the state file is larger. */
const LOG_BYTES = 16 * 1024 * 1024;

/** How often the log and the lock are checked, and the log is written to the disk with `--fsync interval`. */
const WATCH_MILLISECONDS = 1000;

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
  /** What the user should know about the file, although it can be used. */
  readonly notices: readonly string[];
}

/** A state in a file. Each change is logged at once; lowdb rewrites the file as a whole when the log has grown. */
export class FileStorage implements StateStorage {
  /** What the user should know about the file, although it can be used. */
  readonly notices: readonly string[];
  readonly #low: Low<State>;
  readonly #adapter: StateFile;
  readonly #file: string;
  readonly #directory: DataDirectory;
  readonly #lock: StateLock;
  readonly #fsync: FsyncMode;
  readonly #watch: NodeJS.Timeout;
  readonly #health: StorageHealth;
  readonly #keptFiles: KeptFiles;
  #log: DocumentLog;
  #deleteFile: (path: string) => void = () => undefined;
  /** Whether the log before this one still existed when this one was started. */
  #hadLog = true;
  /** Size of the log, in bytes, that starts a compaction. */
  #limitBytes = LOG_BYTES;
  #compaction: Promise<void> | undefined;
  #isClosed = false;
  /** Layers that the state file or its logs contain. */
  #logged: WeakSet<Layer>;

  constructor({ low, adapter, file, directory, log, lock, fsync, notices }: OpenStateFile) {
    this.notices = notices;
    this.#low = low;
    this.#adapter = adapter;
    this.#file = file;
    this.#directory = directory;
    this.#log = log;
    this.#lock = lock;
    this.#fsync = fsync;
    const layers = layersOf(low.data.worlds.values());
    this.#logged = new WeakSet(layers);
    this.#keptFiles = new KeptFiles(directory, layers);
    this.#health = new StorageHealth(logOf(file), () => {
      lock.assertHeld();
      this.#log.makeRoom();
    });
    this.#watch = setInterval(
      contained(`a check of ${file}`, () => this.#check()),
      WATCH_MILLISECONDS,
    ).unref();
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
    return this.#health.failure;
  }

  /** Returns the records that add images to a layer. Writes their data to the data directory. */
  imageRecords({ id }: Layer, images: Iterable<Image>): readonly LogRecord[] {
    const records: LogRecord[] = [];
    try {
      for (const image of images) records.push(['image', id, toDocument(image, this.#directory.toDocument)]);
    } catch (error) {
      throw dataFailure(this.#directory.path, error);
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
      throw this.#health.fail(error);
    }
    for (const layer of layers) this.#logged.add(layer);
    this.#keptFiles.addLayers(layers);
    if (records.some(isStructural)) this.#keptFiles.noteDroppedLayers();
    // The change that was just logged is complete; requests after it are rejected until there is room again.
    if (!this.#log.hasRoom) this.#health.check();
    if (this.#log.bytes >= this.#limitBytes) this.#scheduleCompaction();
  }

  /** Notes that an image took the place of another one in a layer. */
  noteReplaced(before: Image | undefined, image: Image): void {
    this.#keptFiles.replace(before, image);
  }

  /** Sets what happens to files with image data that no image needs any more. */
  onUnusedFile(listener: (path: string) => void): void {
    this.#deleteFile = listener;
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
      this.#isClosed = true;
      await keepLog({ log: this.#log, hadLog: this.#hadLog }, this.#file, error);
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

  /** Runs now and then: checks the lock and the log, and writes the log to the disk. */
  #check(): void {
    if (!this.#health.check()) return;
    this.#syncAndClean().catch((error: unknown) => this.#health.fail(error));
    if (this.#compaction !== undefined || this.#log.isLinked) return;
    warn(`${logOf(this.#file)} was removed; its changes are written to ${this.#file}.`);
    this.#scheduleCompaction();
  }

  /** Writes the log to the disk, and then deletes the files that no image needs, since a log that is lost would need them. */
  async #syncAndClean(): Promise<void> {
    if (this.#keptFiles.hasDroppedLayers && this.#compaction === undefined) this.#mergeLayers();
    const unused = this.#keptFiles.takeUnused(this.state.worlds.values());
    if (this.#fsync === 'interval') await this.#log.sync();
    for (const path of unused) {
      this.#directory.noteDeleted(path);
      this.#deleteFile(path);
    }
  }

  #mergeLayers(): void {
    this.#logged = new WeakSet(mergeLayers(this.state.worlds.values(), this.#keptFiles));
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
    this.#hadLog = true;
    this.#limitBytes = Math.max(LOG_BYTES, statSync(this.#file).size);
  }

  /**
   * Starts the log that continues the version of the state file that is written next. If that fails, the present log goes on.
   * @returns the log before it, to close.
   */
  #startNewLog(): DocumentLog {
    const { state } = this;
    const version = versionAfter(state.version);
    const { log, hadLog } = startLog(this.#file, version, this.#fsync);
    const old = this.#log;
    this.#log = log;
    this.#hadLog = hadLog;
    this.#mergeLayers();
    forgetDeleted(layersOf(state.worlds.values()));
    state.outline = outlineOf(state);
    state.version = version;
    return old;
  }
}

/** Whether a record may leave layers without a world. */
const isStructural = ([kind]: LogRecord): boolean => kind !== 'image' && kind !== 'document' && kind !== 'layer';
