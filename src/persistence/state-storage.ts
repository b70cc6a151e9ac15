import { Low, Memory } from 'lowdb';
import type { Image } from '../domain/image.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import type { Layer } from './document-layer.ts';
import type { LogRecord } from './log-record.ts';
import { createState, type State } from './state.ts';

/** Stores a state: in a file with its log, or in memory alone. */
export interface StateStorage {
  readonly state: State;
  /** Path of the directory for image data; `undefined` if the state is not saved. */
  readonly dataDirectory: string | undefined;
  /** What the user should know about the file, although it can be used. */
  readonly notices: readonly string[];
  /** Why changes cannot be saved; `undefined` while they can. */
  readonly failure: StorageFailure | undefined;
  /** Returns the records that add images to a layer. Writes their data to the data directory. */
  imageRecords(layer: Layer, images: Iterable<Image>): readonly LogRecord[];
  /**
   * Logs changes. Call it before the state in memory changes.
   * @param layers - the layers that the records create.
   */
  append(records: readonly LogRecord[], layers?: readonly Layer[]): void;
  /** Notes that an image took the place of another one in a layer, whose data may be unused then. */
  noteReplaced(before: Image | undefined, image: Image): void;
  /** Sets what happens to files with image data that no image needs any more. */
  onUnusedFile(listener: (path: string) => void): void;
  /** Returns whether records may refer to a layer: whether it was logged, and still exists after merges. */
  contains(layer: Layer): boolean;
  /** Writes the whole state to the file and starts a new log. Changes may go on meanwhile. */
  compact(): Promise<void>;
  /** Writes the whole state to the file for the last time and releases the file. */
  close(): Promise<void>;
}

/** A state in memory that nothing saves. */
export class MemoryStorage implements StateStorage {
  readonly #low = new Low<State>(new Memory<State>(), createState());
  readonly dataDirectory = undefined;
  readonly failure = undefined;
  readonly notices: readonly string[] = [];

  /** The state. */
  get state(): State {
    return this.#low.data;
  }

  /** Returns no records, since there is no log. */
  imageRecords(): readonly LogRecord[] {
    return [];
  }

  /** Does nothing. */
  append(): void {}

  /** Does nothing. */
  noteReplaced(): void {}

  /** Does nothing: there are no files. */
  onUnusedFile(): void {}

  /** Returns `true`: nothing merges layers in memory. */
  contains(): boolean {
    return true;
  }

  /** Does nothing. */
  async compact(): Promise<void> {}

  /** Does nothing. */
  async close(): Promise<void> {}
}
