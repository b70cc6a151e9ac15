import type { Image } from '../domain/image.ts';
import type { DataDirectory } from './data-directory.ts';
import { imagesOf, type Layer } from './document-layer.ts';
import { layersOf, type WorldEntry } from './state.ts';

/** Counts the images that use each data file of a state, so that a file is deleted once no image of any world needs it. */
export class KeptFiles {
  readonly #directory: DataDirectory;
  /** Number of images in layers that use a file, by path. */
  readonly #uses = new Map<string, number>();
  /** The layers whose images are counted. */
  readonly #layers = new Set<Layer>();
  #unused = new Set<string>();
  #hasDroppedLayers = false;

  constructor(directory: DataDirectory, layers: Iterable<Layer>) {
    this.#directory = directory;
    this.addLayers(layers);
  }

  /** Counts the images of layers. */
  addLayers(layers: Iterable<Layer>): void {
    for (const layer of layers) {
      this.#layers.add(layer);
      for (const image of imagesOf(layer)) this.#count(image, 1);
    }
  }

  /** Counts an image in place of the one that it replaces in its layer. */
  replace(before: Image | undefined, image: Image): void {
    this.#count(image, 1);
    if (before !== undefined) this.#count(before, -1);
  }

  /** Forgets a layer whose images moved to another one, except those that were hidden there. */
  merge(layer: Layer, hidden: readonly Image[]): void {
    this.#layers.delete(layer);
    for (const image of hidden) this.#count(image, -1);
  }

  /** Notes that worlds may no longer stand on some of the layers. */
  noteDroppedLayers(): void {
    this.#hasDroppedLayers = true;
  }

  /** Whether worlds may no longer stand on some of the layers. */
  get hasDroppedLayers(): boolean {
    return this.#hasDroppedLayers;
  }

  /** Returns the paths of the files that no image needs any more, each once. */
  takeUnused(worlds: Iterable<WorldEntry>): readonly string[] {
    if (this.#hasDroppedLayers) this.#forgetDropped(layersOf(worlds));
    this.#hasDroppedLayers = false;
    const unused = [...this.#unused].filter((path) => !this.#uses.has(path));
    this.#unused = new Set();
    return unused;
  }

  #forgetDropped(live: ReadonlySet<Layer>): void {
    for (const layer of this.#layers) {
      if (live.has(layer)) continue;
      this.#layers.delete(layer);
      for (const image of imagesOf(layer)) this.#count(image, -1);
    }
  }

  #count({ data, staged }: Image, change: 1 | -1): void {
    for (const each of [data, staged?.data]) {
      const path = each === null || each === undefined ? undefined : this.#directory.pathOf(each);
      if (path !== undefined) this.#countPath(path, change);
    }
  }

  #countPath(path: string, change: 1 | -1): void {
    const uses = (this.#uses.get(path) ?? 0) + change;
    if (uses > 0) {
      this.#uses.set(path, uses);
      return;
    }
    this.#uses.delete(path);
    this.#unused.add(path);
  }
}
