import type { ImageStoreState } from '../domain/image-store/image-store.ts';
import { Batch } from './batch.ts';
import { imagesOf, isEmpty, type Layer } from './document-layer.ts';
import type { WorldEntry } from './state.ts';
import type { StateStorage } from './state-storage.ts';

/** Finds or creates the layer that new worlds and snapshots stand on, so that they share what already exists. */
export class LayerStore {
  readonly #storage: StateStorage;
  /** Layers by the images that a world on them sees. */
  readonly #byImages = new WeakMap<ImageStoreState['base'], Layer>();

  constructor(storage: StateStorage) {
    this.#storage = storage;
  }

  /** Registers the layer that shows these images. */
  register(images: ImageStoreState, layer: Layer): void {
    this.#byImages.set(images.base, layer);
  }

  /** Returns a layer that shows these images. Creates it in the batch if there is none. */
  layerFor(images: ImageStoreState, batch: Batch): Layer {
    const known = this.#byImages.get(images.base);
    if (known !== undefined && this.#storage.contains(known)) return known;
    const layer = batch.createLayer(null);
    layer.base = images;
    batch.add(this.#storage.imageRecords(layer, imagesOf(layer)));
    this.register(images, layer);
    return layer;
  }

  /**
   * Returns a layer with the present state of a world. The world puts its later changes into a new layer.
   * @param images - the present images of the world.
   */
  freeze(world: WorldEntry, images: ImageStoreState): Layer {
    const { present } = world;
    if (isEmpty(present) && present.parent !== null) return present.parent;
    this.startPresent(world, present);
    this.register(images, present);
    return present;
  }

  /** Gives a world a new, empty present layer on top of another layer. */
  startPresent(world: WorldEntry, parent: Layer): void {
    const batch = new Batch(this.#storage.state);
    const layer = batch.createLayer(parent);
    batch.records.push(['world', world.name, world.origin.id, layer.id]);
    this.#storage.append(batch.records, batch.layers);
    world.present = layer;
  }
}
