import { renameSync, rmSync, statSync } from 'node:fs';
import type { Low } from 'lowdb';
import type { Image } from '../domain/image.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Layer } from './document-layer.ts';
import { DocumentLog, type LogRecord } from './document-log.ts';
import { toDocument } from './image-document.ts';
import { mergeLayers } from './merge-layers.ts';
import { layersOf, type State } from './state.ts';
import type { StateStorage } from './state-storage.ts';

/** Size in bytes from which a log is compacted, unless the state file is larger. */
const LOG_BYTES = 16 * 1024 * 1024;

/** Path of the log with the changes since the last compaction. */
export const logOf = (file: string): string => `${file}.log`;

/** Path of the log before that one; it exists while a compaction writes its changes to the state file. */
export const oldLogOf = (file: string): string => `${file}.log.old`;

/** An open state file. */
export interface OpenStateFile {
  readonly low: Low<State>;
  /** Absolute path of the state file. */
  readonly file: string;
  readonly directory: DataDirectory;
  /** The log that continues the state file. */
  readonly log: DocumentLog;
  /** Releases the lock on the state file. */
  readonly unlock: () => void;
}

/** A state in a file. Each change is logged at once; lowdb rewrites the file as a whole when the log has grown. */
export class FileStorage implements StateStorage {
  readonly #low: Low<State>;
  readonly #file: string;
  readonly #directory: DataDirectory;
  readonly #unlock: () => void;
  #log: DocumentLog;
  /** Whether the state file still lacks the changes of the old log. */
  #hasOldLog = false;
  /** Size of the log, in bytes, that starts a compaction. */
  #limitBytes = LOG_BYTES;
  #compaction: Promise<void> | undefined;
  #isClosed = false;
  /** Layers that the state file or its logs contain. */
  #logged: WeakSet<Layer>;

  constructor({ low, file, directory, log, unlock }: OpenStateFile) {
    this.#low = low;
    this.#file = file;
    this.#directory = directory;
    this.#log = log;
    this.#unlock = unlock;
    this.#logged = new WeakSet(layersOf(low.data.worlds.values()));
  }

  /** The state in memory. */
  get state(): State {
    return this.#low.data;
  }

  /** Path of the directory for image data. */
  get dataDirectory(): string {
    return this.#directory.path;
  }

  /** Returns the records that add images to a layer. Writes their data to the data directory. */
  imageRecords({ id }: Layer, images: Iterable<Image>): readonly LogRecord[] {
    const records: LogRecord[] = [];
    for (const image of images) records.push(['image', id, toDocument(image, this.#directory.toDocument)]);
    return records;
  }

  /** Writes records to the log, and starts a compaction if the log has grown too large. */
  append(records: readonly LogRecord[], layers: readonly Layer[] = []): void {
    this.#log.append(records);
    for (const layer of layers) this.#logged.add(layer);
    if (this.#log.bytes >= this.#limitBytes) this.#scheduleCompaction();
  }

  /** Returns whether the state file or its logs contain a layer. */
  contains(layer: Layer): boolean {
    return this.#logged.has(layer);
  }

  /** Writes the whole state to the file and starts a new log. Changes may go on meanwhile. */
  async compact(): Promise<void> {
    if (this.#isClosed) return;
    this.#compaction ??= this.#compact().finally(() => {
      this.#compaction = undefined;
    });
    await this.#compaction;
  }

  /** Writes the whole state to the file, deletes the log and releases the file. */
  async close(): Promise<void> {
    try {
      await this.#compaction;
      await this.compact();
      this.#isClosed = true;
      this.#log.close();
      rmSync(logOf(this.#file), { force: true });
    } finally {
      this.#unlock();
    }
  }

  #scheduleCompaction(): void {
    // If this compaction fails, the next one starts after as many bytes again.
    this.#limitBytes = this.#log.bytes + LOG_BYTES;
    // Later, since the change that was just logged is not yet in the state that the compaction writes.
    setImmediate(() => {
      this.compact().catch((error: Error) => {
        process.emitWarning(`${this.#file} cannot be written; changes are still logged: ${error.message}`);
      });
    });
  }

  async #compact(): Promise<void> {
    // After a failed compaction the file still needs the old log, and the present log continues the state to write.
    if (!this.#hasOldLog) this.#startNewLog();
    await this.#low.write();
    rmSync(oldLogOf(this.#file), { force: true });
    this.#hasOldLog = false;
    this.#limitBytes = Math.max(LOG_BYTES, statSync(this.#file).size);
  }

  #startNewLog(): void {
    const { state } = this;
    const path = logOf(this.#file);
    this.#log.close();
    renameSync(path, oldLogOf(this.#file));
    state.generation += 1;
    this.#hasOldLog = true;
    this.#log = new DocumentLog(path, state.generation);
    this.#logged = new WeakSet(mergeLayers(state.worlds.values()));
  }
}
