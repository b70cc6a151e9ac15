import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { InputError } from '../input/input-error.ts';
import { imagesOf, type Layer } from './document-layer.ts';
import type { FsyncMode } from './document-log.ts';
import { type DataReferences, toDocument } from './image-document.ts';
import { type FileReading, FORMAT, readStateFile } from './read-state-file.ts';
import { checksumSeed, encodeLine } from './record-line.ts';
import { RecordWriter } from './record-writer.ts';
import { outlineOf, type State } from './state.ts';
import { newFileOf } from './state-paths.ts';

/** The last record of a state file: 1 if it was closed, and so needs no log; 0 while a log continues it. */
type EndRecord = readonly ['end', isClosed: 0 | 1];

/** Options of `StateFile`. */
export interface StateFileOptions {
  readonly references: DataReferences;
  readonly fsync: FsyncMode;
  /** Called before the file is replaced; throws if another process has it open. */
  readonly assertHeld: () => void;
}

/** The lowdb adapter that reads and writes a state as a file. A write replaces the whole file, or fails and leaves it. */
export class StateFile implements Adapter<State> {
  readonly #path: string;
  readonly #references: DataReferences;
  readonly #fsync: FsyncMode;
  readonly #assertHeld: () => void;
  #reading: FileReading | undefined;

  constructor(path: string, { references, fsync, assertHeld }: StateFileOptions) {
    this.#assertHeld = assertHeld;
    this.#path = path;
    this.#references = references;
    this.#fsync = fsync;
  }

  /** What the file holds besides the state; `undefined` if there is no file. */
  get reading(): FileReading | undefined {
    return this.#reading;
  }

  /**
   * Reads the state; `null` if the file does not exist.
   * @throws InputError if the file is not a state file or is invalid.
   */
  async read(): Promise<State | null> {
    if (!existsSync(this.#path)) return null;
    const { state, reading } = readStateFile(this.#path, {
      references: this.#references,
      report: (issue) => {
        throw new InputError(this.#path, [issue]);
      },
    });
    this.#reading = reading;
    return state;
  }

  /**
   * Writes the state in turns. A change made meanwhile may be in the file or not; the log of the same version has it either
   * way.
   */
  async write(state: State): Promise<void> {
    await this.#write(state, ['end', 0]);
  }

  /** Writes the state as `write` does, with the mark that no log is needed. */
  async writeClosed(state: State): Promise<void> {
    await this.#write(state, ['end', 1]);
  }

  /** Removes the mark that no log is needed: from now on a log continues the file. */
  markOpen({ version }: State): void {
    if (this.#reading?.isClosed !== true) return;
    const { bytes, sequence } = this.#reading.last;
    const line = encodeLine(['end', 0] satisfies EndRecord, { sequence, more: 0 }, checksumSeed(version.id));
    const descriptor = openSync(this.#path, 'r+');
    try {
      writeSync(descriptor, line, bytes);
      if (this.#fsync !== 'never') fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  async #write(state: State, end: EndRecord): Promise<void> {
    const path = newFileOf(this.#path);
    const { version, nextLayer, outline = outlineOf(state) } = state;
    const writer = await RecordWriter.create(path, this.#fsync);
    try {
      await writer.add(['state', { format: FORMAT, ...version, nextLayer }]);
      writer.setId(version.id);
      await addAll(writer, this.#layerRecords(outline.layers));
      await addAll(writer, outline.worlds);
      const last = writer.end;
      await writer.add(end);
      await writer.finish();
      this.#assertHeld();
      renameSync(path, this.#path);
      this.#reading = { format: FORMAT, isClosed: end[1] === 1, last };
    } catch (error) {
      await writer.abandon();
      rmSync(path, { force: true });
      throw error;
    }
    if (this.#fsync !== 'never') syncDirectory(dirname(this.#path));
  }

  *#layerRecords(layers: Iterable<Layer>): Generator<readonly unknown[]> {
    for (const layer of layers) {
      const { id, parent } = layer;
      yield ['layer', id, parent?.id ?? null];
      for (const [name, documents] of layer.documents) {
        for (const [key, document] of documents) yield ['document', id, name, key, document];
      }
      for (const image of imagesOf(layer)) yield ['image', id, toDocument(image, this.#references.toDocument)];
    }
  }
}

async function addAll(writer: RecordWriter, records: Iterable<readonly unknown[]>): Promise<void> {
  for (const record of records) {
    const turn = writer.add(record);
    // Awaited only where there is something to wait for: a wait for each record would double the time.
    if (turn !== undefined) await turn;
  }
}

/** Makes new names in a directory survive the end of the machine. */
function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
