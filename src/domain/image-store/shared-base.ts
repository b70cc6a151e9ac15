import type BTreeModule from 'sorted-btree';
import type { Image } from '../image.ts';
import { DeletedImages } from './deleted-images.ts';
import { ImageIndex } from './image-index.ts';
import type { IndexDesign } from './index-design.ts';

/** Images by id. */
export type ImageTree = BTreeModule.default<string, Image>;

/** Usage by project id. */
export type UsageTree = BTreeModule.default<string, Usage>;

/** What the images of a project use. */
export interface Usage {
  readonly images: number;
  readonly bytes: number;
  /** Bytes of data that waits for its import. */
  readonly stagedBytes: number;
  /** Number of images whose data is arriving. */
  readonly uploading: number;
}

/** Maximum number of indexes; beyond it the least recently used is dropped. */
const MAX_INDEXES = 64;

/** Maximum number of bases on top of each other; beyond it a base builds its indexes from scratch. */
const MAX_LAYERS = 16;

/** Indexes by signature, the most recently used last. */
export class IndexCache {
  readonly #indexes = new Map<string, ImageIndex>();

  /** Returns the index of a design, built by `build` if it is missing. */
  get(design: IndexDesign, build: () => ImageIndex): ImageIndex {
    const { signature } = design;
    const found = this.#indexes.get(signature);
    const index = found ?? build();
    if (found !== undefined) this.#indexes.delete(signature);
    else if (this.#indexes.size >= MAX_INDEXES) this.#indexes.delete(this.#indexes.keys().next().value as string);
    this.#indexes.set(signature, index);
    return index;
  }

  /** Replaces an image in all indexes. */
  replace(before: Image | undefined, after: Image | undefined): void {
    for (const index of this.#indexes.values()) index.replace(before, after);
  }

  /** A copy with independent copies of the indexes. */
  clone(): IndexCache {
    const indexes = new IndexCache();
    for (const [signature, index] of this.#indexes) indexes.#indexes.set(signature, index.clone());
    return indexes;
  }
}

/** What a base builds on: another base, and the ids of the images that differ. */
export interface Foundation {
  readonly base: ImageBase;
  readonly changed: BTreeModule.default<string, undefined>;
}

/** Contents of a base. */
export interface ImageBaseContent {
  readonly images: ImageTree;
  readonly usage: UsageTree;
  readonly indexes: IndexCache;
  readonly deleted?: DeletedImages;
  readonly foundation?: Foundation;
}

/**
 * The images of one moment, immutable, and the indexes that queries have needed since. All stores that start here share
 * both, so an index is built once for any number of worlds.
 */
export class ImageBase {
  readonly images: ImageTree;
  readonly usage: UsageTree;
  /** The deleted images. Clone it before changing it. */
  readonly deleted: DeletedImages;
  readonly #indexes: IndexCache;
  readonly #foundation: Foundation | undefined;
  readonly #layers: number;

  constructor({ images, usage, indexes, deleted = new DeletedImages(), foundation }: ImageBaseContent) {
    this.images = images;
    this.usage = usage;
    this.deleted = deleted;
    this.#indexes = indexes;
    // If most images have changed, or many bases are stacked, sorting again is as cheap as updating an index.
    const isUseful =
      foundation !== undefined && foundation.changed.size * 2 < images.size && foundation.base.#layers < MAX_LAYERS;
    this.#foundation = isUseful ? foundation : undefined;
    this.#layers = isUseful ? foundation.base.#layers + 1 : 0;
  }

  /** Returns the index of a design. Clone it before changing it. */
  index(design: IndexDesign): ImageIndex {
    return this.#indexes.get(design, () =>
      this.#foundation === undefined
        ? ImageIndex.build(design, this.images.values())
        : indexOver(design, this.#foundation, this.images),
    );
  }
}

/** Builds an index of images from that of the base they build on. */
export function indexOver(design: IndexDesign, { base, changed }: Foundation, images: ImageTree): ImageIndex {
  if (base.images.size === 0) return ImageIndex.build(design, images.values());
  const index = base.index(design).clone();
  for (const id of changed.keys()) index.replace(base.images.get(id), images.get(id));
  return index;
}
