import type { Image } from '../domain/image.ts';
import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import { setDocument } from './document-layer.ts';
import type { LayerStore } from './layer-store.ts';
import type { WorldEntry } from './state.ts';
import type { StateStorage } from './state-storage.ts';
import type { WorldDocuments } from './world-documents.ts';

/** Saves the changes of one world, until the world is dropped: logs each change, then applies it to the state. */
export class WorldWriter implements WorldDocuments {
  readonly #world: WorldEntry;
  readonly #storage: StateStorage;
  readonly #layers: LayerStore;

  constructor(world: WorldEntry, storage: StateStorage, layers: LayerStore) {
    this.#world = world;
    this.#storage = storage;
    this.#layers = layers;
  }

  /** Why changes cannot be saved; `undefined` while they can. */
  get failure(): StorageFailure | undefined {
    return this.#storage.failure;
  }

  /** Saves an image in place of one with the same id. */
  putImage(image: Image): void {
    const { isDropped, present } = this.#world;
    if (isDropped) return;
    this.#storage.append(this.#storage.imageRecords(present, [image]));
    const before = present.images.get(image.id);
    present.images.set(image.id, image);
    this.#storage.noteReplaced(before, image);
  }

  /** Saves a document in place of one with the same id; `null` deletes it. */
  putDocument(collection: string, id: string, document: unknown): void {
    const { isDropped, present } = this.#world;
    if (isDropped) return;
    this.#storage.append([['document', present.id, collection, id, document]]);
    setDocument(present, [collection, id], document);
  }

  /** Restores the origin of the world. */
  reset(): void {
    const { isDropped, origin } = this.#world;
    if (!isDropped) this.#layers.startPresent(this.#world, origin);
  }

  /** Saves a snapshot of the present state. */
  snapshot(name: string, images: ImageStoreState): void {
    const world = this.#world;
    if (world.isDropped) return;
    const layer = this.#layers.freeze(world, images);
    this.#storage.append([['snapshot', world.name, name, layer.id]]);
    world.snapshots.set(name, layer);
  }

  /** Restores a snapshot, if it exists. */
  restore(name: string): void {
    const layer = this.#world.snapshots.get(name);
    if (!this.#world.isDropped && layer !== undefined) this.#layers.startPresent(this.#world, layer);
  }

  /** Deletes a snapshot, if it exists. */
  deleteSnapshot(name: string): void {
    const world = this.#world;
    if (world.isDropped || !world.snapshots.has(name)) return;
    this.#storage.append([['forget', world.name, name]]);
    world.snapshots.delete(name);
  }
}
