import type BTreeModule from 'sorted-btree';
import type { Image } from '../image.ts';
import { ImageIndex, type IndexDesign } from './image-index.ts';

/** Images by id. */
export type ImageTree = BTreeModule.default<string, Image>;

/** Number and bytes of images by the project that owns them. */
export type UsageTree = BTreeModule.default<string, Usage>;

/** What a project has. */
export interface Usage {
  readonly images: number;
  readonly bytes: number;
  /** Of data that waits for its import. */
  readonly stagedBytes: number;
  /** Images whose data is on its way. */
  readonly uploading: number;
}

/** How many indexes are kept at a time; past that, the one that was asked for longest ago goes. */
const MAX_INDEXES = 64;

/** How many bases may stand on each other before one stands on its own. */
const MAX_LAYERS = 16;

/** Indexes by signature, the one last asked for last. */
export class IndexShelf {
  readonly #indexes = new Map<string, ImageIndex>();

  /** The index of that design; made by `make` where there is none. */
  get(design: IndexDesign, make: () => ImageIndex): ImageIndex {
    const { signature } = design;
    const found = this.#indexes.get(signature);
    const index = found ?? make();
    if (found !== undefined) this.#indexes.delete(signature);
    else if (this.#indexes.size >= MAX_INDEXES) this.#indexes.delete(this.#indexes.keys().next().value as string);
    this.#indexes.set(signature, index);
    return index;
  }

  replace(before: Image | undefined, after: Image): void {
    for (const index of this.#indexes.values()) index.replace(before, after);
  }

  clone(): IndexShelf {
    const shelf = new IndexShelf();
    for (const [signature, index] of this.#indexes) shelf.#indexes.set(signature, index.clone());
    return shelf;
  }
}

/** What a base stands on: another, and the ids of the images that differ. */
export interface Foundation {
  readonly base: ImageBase;
  readonly changed: BTreeModule.default<string, undefined>;
}

/**
 * Images as they were at one moment, never changed again, with the indexes that were asked for since. All stores that
 * start here share both, so an index is built once, however many worlds are made and reset.
 */
export class ImageBase {
  readonly images: ImageTree;
  readonly usage: UsageTree;
  readonly #shelf: IndexShelf;
  readonly #foundation: Foundation | undefined;
  readonly #layers: number;

  constructor(images: ImageTree, usage: UsageTree, shelf: IndexShelf, foundation?: Foundation) {
    this.images = images;
    this.usage = usage;
    this.#shelf = shelf;
    // Where most has changed, or much stands on much, sorting anew costs no more than changing what there was.
    const isSound =
      foundation !== undefined && foundation.changed.size * 2 < images.size && foundation.base.#layers < MAX_LAYERS;
    this.#foundation = isSound ? foundation : undefined;
    this.#layers = isSound ? foundation.base.#layers + 1 : 0;
  }

  /** The index of that design; not to be changed, but to be cloned. */
  index(design: IndexDesign): ImageIndex {
    return this.#shelf.get(design, () =>
      this.#foundation === undefined
        ? ImageIndex.build(design, this.images.values())
        : indexOver(design, this.#foundation, this.images),
    );
  }
}

/** An index of the images that stand on that foundation. */
export function indexOver(design: IndexDesign, { base, changed }: Foundation, images: ImageTree): ImageIndex {
  if (base.images.size === 0) return ImageIndex.build(design, images.values());
  const index = base.index(design).clone();
  for (const id of changed.keys()) index.replace(base.images.get(id), images.get(id));
  return index;
}
