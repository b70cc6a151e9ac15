import type { ImageData } from '../domain/data/image-data.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import { Batch } from './batch.ts';
import { type Collections, documentsOf, type Layer, storeStateOf } from './document-layer.ts';
import type { FsyncMode } from './document-log.ts';
import { dataOf } from './inspect-state.ts';
import { LayerStore } from './layer-store.ts';
import { openState } from './open-state.ts';
import { createWorldEntry } from './state.ts';
import { MemoryStorage, type StateStorage } from './state-storage.ts';
import { type SavedState, type SavedWorld, UNSAVED, type WorldDocuments } from './world-documents.ts';
import { WorldWriter } from './world-writer.ts';

/** When changes are written to the disk by default. */
export const DEFAULT_FSYNC: FsyncMode = 'interval';

/**
 * The documents of all worlds. With a state file, each change is in `FILE.log` when the method returns and so survives
 * a kill; lowdb rewrites FILE as a whole at the start, at the end and whenever the log has grown. Without a file,
 * documents are held by reference and vanish with the process.
 */
export class Documents {
  readonly #storage: StateStorage;
  readonly #layers: LayerStore;

  private constructor(storage: StateStorage) {
    this.#storage = storage;
    this.#layers = new LayerStore(storage);
  }

  /** Creates documents in memory. */
  static inMemory(): Documents {
    return new Documents(new MemoryStorage());
  }

  /**
   * Opens a state file; creates it if it does not exist.
   * @throws InputError if the file, its log or its data is missing, damaged or cannot be used, or if another process has the
   *   file open.
   */
  static async open(file: string, fsync: FsyncMode = DEFAULT_FSYNC): Promise<Documents> {
    return new Documents(await openState(file, fsync));
  }

  /** Path of the directory for image data that must survive a restart; `undefined` in memory. */
  get dataDirectory(): string | undefined {
    return this.#storage.dataDirectory;
  }

  /** What the user should know about the state file, although it can be used. */
  get notices(): readonly string[] {
    return this.#storage.notices;
  }

  /** Why changes cannot be saved; `undefined` while they can. */
  get failure(): StorageFailure | undefined {
    return this.#storage.failure;
  }

  /** Returns all worlds as they are saved. Call it only at the start: it reads every image. */
  saved(): readonly SavedWorld[] {
    const known = new Map<Layer, ImageStoreState>();
    const stateOf = (layer: Layer): SavedState => ({
      images: storeStateOf(layer, known),
      documents: documentsOf(layer),
    });
    const saved = [...this.#storage.state.worlds.values()].map(({ name, origin, present, snapshots }) => ({
      name,
      origin: stateOf(origin),
      present: stateOf(present),
      snapshots: new Map([...snapshots].map(([key, layer]) => [key, stateOf(layer)] as const)),
    }));
    for (const [layer, images] of known) this.#shareImages(layer, images);
    return saved;
  }

  /** Sets what happens to files with image data that no image of any world needs any more. */
  onUnusedFile(listener: (path: string) => void): void {
    this.#storage.onUnusedFile(listener);
  }

  /** Lists the data of all images. */
  data(): Iterable<ImageData> {
    return dataOf(this.#storage.state);
  }

  /**
   * Creates a world.
   * @param from - the world that these are the present images of. A fork then costs the same for any number of images.
   */
  create(name: string, origin: SavedState, from?: string): WorldDocuments {
    const { state } = this.#storage;
    const batch = new Batch(state);
    const source = from === undefined ? undefined : state.worlds.get(from);
    const parent =
      source === undefined ? this.#layers.layerFor(origin.images, batch) : this.#layers.freeze(source, origin.images);
    const layer = batch.createLayer(parent);
    batch.putDocuments(layer, origin.documents);
    // A layer that was found by its images may hold documents of another state.
    if (from === undefined) batch.putDocuments(layer, deletions(documentsOf(parent), origin.documents));
    const present = batch.createLayer(layer);
    batch.records.push(['world', name, layer.id, present.id]);
    this.#storage.append(batch.records, batch.layers);
    const world = createWorldEntry(name, layer, present);
    state.worlds.set(name, world);
    return new WorldWriter(world, this.#storage, this.#layers);
  }

  /** Returns the documents of a world; those of an unknown world are not saved. */
  of(name: string): WorldDocuments {
    const world = this.#storage.state.worlds.get(name);
    return world === undefined ? UNSAVED : new WorldWriter(world, this.#storage, this.#layers);
  }

  /** Drops a world, if it exists. Later changes to it are ignored. */
  drop(name: string): void {
    const { worlds } = this.#storage.state;
    const world = worlds.get(name);
    if (world === undefined) return;
    this.#storage.append([['drop', name]]);
    world.isDropped = true;
    worlds.delete(name);
  }

  /** Writes the whole state to the file and starts a new log. Changes may go on meanwhile. */
  async compact(): Promise<void> {
    await this.#storage.compact();
  }

  /** Writes the whole state to the file for the last time and releases the file. */
  async close(): Promise<void> {
    await this.#storage.close();
  }

  /** Registers a layer by the images of its world. Saves memory: a lowest layer refers to the store instead. */
  #shareImages(layer: Layer, images: ImageStoreState): void {
    this.#layers.register(images, layer);
    if (layer.parent !== null) return;
    layer.base = images;
    layer.images.clear();
  }
}

/** Returns a deletion for each document that exists and that is not wanted. */
const deletions = (existing: Collections, wanted: Collections): Collections =>
  new Map(
    [...existing].map(([name, documents]) => {
      const ids = [...documents.keys()].filter((id) => wanted.get(name)?.has(id) !== true);
      return [name, new Map(ids.map((id) => [id, null]))] as const;
    }),
  );
