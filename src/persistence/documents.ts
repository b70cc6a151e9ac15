import { renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Low, Memory } from 'lowdb';
import type { ImageData } from '../domain/data/image-data.ts';
import type { Image } from '../domain/image.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import {
  type Collections,
  createEntry,
  createLayer,
  createState,
  documentsOf,
  imagesOf,
  isEmpty,
  joinLayers,
  type Layer,
  layersOf,
  type State,
  setDocument,
  storeStateOf,
  type WorldEntry,
} from './document-layer.ts';
import { DocumentLog, type LogRecord } from './document-log.ts';
import { toDocument } from './image-document.ts';
import { dataOf, LOG_BYTES, logOf, type OpenStateFile, oldLogOf, openState } from './open-state.ts';

export type { Collections };

/** Where a world writes down what changes; when a call returns, the change is kept. */
export interface WorldDocuments {
  putImage(image: Image): void;
  /**
   * Keeps a JSON value, never changed from then on, in place of the one of its id.
   * @param document - `null` takes it away.
   */
  putDocument(collection: string, id: string, document: unknown): void;
  /** Goes back to what the world was made of. */
  reset(): void;
  /**
   * Keeps what the world is now under a name, in place of anything kept under it.
   * @param images - the same images, for worlds that start from there.
   */
  snapshot(name: string, images: ImageStoreState): void;
  /** Goes back to what was kept under that name. */
  restore(name: string): void;
  /** Keeps it no longer. */
  deleteSnapshot(name: string): void;
}

/** The documents of a world that is not saved. */
export const UNSAVED: WorldDocuments = {
  putImage: () => undefined,
  putDocument: () => undefined,
  reset: () => undefined,
  snapshot: () => undefined,
  restore: () => undefined,
  deleteSnapshot: () => undefined,
};

/** What a world is made of, or was when it was last written to. */
export interface SavedState {
  readonly images: ImageStoreState;
  readonly documents: Collections;
}

/** A world that was found in a state file. */
export interface SavedWorld {
  readonly name: string;
  /** What `reset` goes back to. */
  readonly origin: SavedState;
  readonly present: SavedState;
  readonly snapshots: ReadonlyMap<string, SavedState>;
}

/** Changes that are written down together, and the layers that are known from then on. */
interface Batch {
  readonly records: LogRecord[];
  readonly layers: Layer[];
}

const createBatch = (): Batch => ({ records: [], layers: [] });

/**
 * The documents of all worlds, in lowdb. In memory they only go along, by reference. With a file, each change is in
 * `FILE.log` before the call returns, so it outlives the process however that ends; lowdb replaces FILE as a whole from
 * time to time, and at the start and the end.
 */
export class Documents {
  readonly #low: Low<State>;
  readonly #keeping: OpenStateFile | undefined;
  /** Layers that show the images of a store's state, to stand further worlds on. */
  readonly #layers = new WeakMap<ImageStoreState['base'], Layer>();
  /** Layers that the file or its log knows of. */
  #written: WeakSet<Layer>;

  private constructor(low: Low<State>, keeping?: OpenStateFile) {
    this.#low = low;
    this.#keeping = keeping;
    this.#written = new WeakSet(layersOf(low.data.worlds.values()));
  }

  /** Documents in memory, gone with the process. */
  static inMemory(): Documents {
    return new Documents(new Low<State>(new Memory<State>(), createState()));
  }

  /**
   * Documents that a file keeps; what is in it already is taken up.
   * @throws InputError for a file or log that holds anything else, or that another process has.
   */
  static async keptIn(file: string): Promise<Documents> {
    const { low, keeping } = await openState(resolve(file));
    return new Documents(low, keeping);
  }

  /** Where data belongs that is to stay; `undefined` in memory. */
  get dataDirectory(): string | undefined {
    return this.#keeping?.directory.path;
  }

  /** The worlds there are, as their documents tell; dear, so for the start only. */
  saved(): readonly SavedWorld[] {
    const known = new Map<Layer, ImageStoreState>();
    const worlds = [...this.#low.data.worlds.values()];
    const stateOf = (layer: Layer): SavedState => ({
      images: storeStateOf(layer, known),
      documents: documentsOf(layer),
    });
    const saved = worlds.map(({ name, origin, present, snapshots }) => ({
      name,
      origin: stateOf(origin),
      present: stateOf(present),
      snapshots: new Map([...snapshots].map(([key, layer]) => [key, stateOf(layer)] as const)),
    }));
    for (const [layer, state] of known) {
      this.#layers.set(state.base, layer);
      // The store has them all; by reference once is enough.
      if (layer.parent !== null) continue;
      layer.base = state;
      layer.images.clear();
    }
    return saved;
  }

  /** All data that images refer to. */
  *data(): Iterable<ImageData> {
    yield* dataOf(this.#low.data);
  }

  /**
   * Takes up a world that is made.
   * @param from - name of the world whose present images these are: a fork, which costs the same however many they are.
   */
  make(name: string, origin: SavedState, from?: string): WorldDocuments {
    const batch = createBatch();
    const ground = this.#ground(origin.images, from, batch);
    const layer = this.#newLayer(ground, batch);
    const put = (collection: string, id: string, document: unknown): void => {
      setDocument(layer, collection, id, document);
      batch.records.push(['document', layer.id, collection, id, document]);
    };
    for (const [collection, documents] of origin.documents) {
      for (const [id, document] of documents) put(collection, id, document);
    }
    // Found by its images alone, the ground may hold documents of another time.
    for (const [collection, documents] of from === undefined ? documentsOf(ground) : []) {
      for (const id of documents.keys())
        if (origin.documents.get(collection)?.has(id) !== true) put(collection, id, null);
    }
    const present = this.#newLayer(layer, batch);
    batch.records.push(['world', name, layer.id, present.id]);
    this.#append(batch);
    const entry = createEntry(name, layer, present);
    this.#low.data.worlds.set(name, entry);
    return this.#documentsOf(entry);
  }

  /** The documents of a world that was found. */
  of(name: string): WorldDocuments {
    const entry = this.#low.data.worlds.get(name);
    return entry === undefined ? UNSAVED : this.#documentsOf(entry);
  }

  drop(name: string): void {
    const entry = this.#low.data.worlds.get(name);
    if (entry === undefined) return;
    this.#append({ records: [['drop', name]], layers: [] });
    entry.isDropped = true;
    this.#low.data.worlds.delete(name);
  }

  /** Writes the file anew and starts another log; changes go on meanwhile. */
  async compact(): Promise<void> {
    const keeping = this.#keeping;
    if (keeping === undefined || keeping.isClosed) return;
    keeping.writing ??= this.#compact(keeping).finally(() => {
      keeping.writing = undefined;
    });
    await keeping.writing;
  }

  /** Writes all down for the last time and gives the file back. */
  async close(): Promise<void> {
    const keeping = this.#keeping;
    if (keeping === undefined) return;
    try {
      await keeping.writing;
      await this.compact();
      keeping.isClosed = true;
      keeping.log.close();
      // Everything is in the file now.
      rmSync(logOf(keeping.file), { force: true });
    } finally {
      keeping.unlock();
    }
  }

  async #compact(keeping: OpenStateFile): Promise<void> {
    const { file } = keeping;
    const state = this.#low.data;
    // After a failure the file still needs both logs, and the present one already goes on from what is written next.
    if (!keeping.hasOldLog) {
      const log = logOf(file);
      keeping.log.close();
      renameSync(log, oldLogOf(file));
      state.generation += 1;
      keeping.hasOldLog = true;
      keeping.log = new DocumentLog(log, state.generation);
      this.#written = new WeakSet(joinLayers(state.worlds.values()));
    }
    await this.#low.write();
    rmSync(oldLogOf(file), { force: true });
    keeping.hasOldLog = false;
    keeping.limitBytes = Math.max(LOG_BYTES, statSync(file).size);
  }

  #documentsOf(entry: WorldEntry): WorldDocuments {
    return {
      putImage: (image) => {
        if (entry.isDropped) return;
        const { present } = entry;
        const directory = this.#keeping?.directory;
        if (directory !== undefined) {
          const record = ['image', present.id, toDocument(image, directory.toDocument)] as const;
          this.#append({ records: [record], layers: [] });
        }
        present.images.set(image.id, image);
      },
      putDocument: (collection, id, document) => {
        if (entry.isDropped) return;
        this.#append({ records: [['document', entry.present.id, collection, id, document]], layers: [] });
        setDocument(entry.present, collection, id, document);
      },
      reset: () => {
        if (!entry.isDropped) this.#newPresent(entry, entry.origin);
      },
      snapshot: (name, images) => {
        if (entry.isDropped) return;
        const layer = this.#freeze(entry, images);
        this.#append({ records: [['snapshot', entry.name, name, layer.id]], layers: [] });
        entry.snapshots.set(name, layer);
      },
      restore: (name) => {
        const layer = entry.snapshots.get(name);
        if (!entry.isDropped && layer !== undefined) this.#newPresent(entry, layer);
      },
      deleteSnapshot: (name) => {
        if (entry.isDropped || !entry.snapshots.has(name)) return;
        this.#append({ records: [['forget', entry.name, name]], layers: [] });
        entry.snapshots.delete(name);
      },
    };
  }

  /** The layer that shows these images. */
  #ground(images: ImageStoreState, from: string | undefined, batch: Batch): Layer {
    const source = from === undefined ? undefined : this.#low.data.worlds.get(from);
    if (source !== undefined) return this.#freeze(source, images);
    const known = this.#layers.get(images.base);
    if (known !== undefined && this.#written.has(known)) return known;
    const layer = this.#newLayer(null, batch);
    layer.base = images;
    this.#layers.set(images.base, layer);
    const directory = this.#keeping?.directory;
    if (directory !== undefined) {
      for (const image of imagesOf(layer)) {
        batch.records.push(['image', layer.id, toDocument(image, directory.toDocument)]);
      }
    }
    return layer;
  }

  /** The layer that shows a world as it is now, whatever the world changes from now on. */
  #freeze(world: WorldEntry, images: ImageStoreState): Layer {
    const { present } = world;
    if (isEmpty(present) && present.parent !== null) return present.parent;
    this.#newPresent(world, present);
    this.#layers.set(images.base, present);
    return present;
  }

  #newPresent(entry: WorldEntry, parent: Layer): void {
    const batch = createBatch();
    const layer = this.#newLayer(parent, batch);
    batch.records.push(['world', entry.name, entry.origin.id, layer.id]);
    this.#append(batch);
    entry.present = layer;
  }

  #newLayer(parent: Layer | null, batch: Batch): Layer {
    const state = this.#low.data;
    const layer = createLayer(state.nextLayer, parent);
    state.nextLayer += 1;
    batch.records.push(['layer', layer.id, parent?.id ?? null]);
    batch.layers.push(layer);
    return layer;
  }

  #append({ records, layers }: Readonly<Batch>): void {
    const keeping = this.#keeping;
    keeping?.log.append(records);
    for (const layer of layers) this.#written.add(layer);
    if (keeping === undefined || keeping.log.bytes < keeping.limitBytes) return;
    // If this one fails, the next is tried after as many bytes again.
    keeping.limitBytes = keeping.log.bytes + LOG_BYTES;
    // Not at once: what was just written to the old log has yet to be in the state that the file is written from.
    setImmediate(() => {
      this.compact().catch((error: Error) => {
        process.emitWarning(`${keeping.file} could not be written, the log goes on: ${error.message}`);
      });
    });
  }
}
