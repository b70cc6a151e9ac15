import type BTreeModule from 'sorted-btree';
import type { Image } from '../image.ts';
import { compareScalars, type Scalar } from './image-order.ts';
import type { IndexDesign } from './index-design.ts';

/** A position between two images of an index. */
export class IndexPosition {
  /** Values of the design's attributes. */
  readonly equal: readonly Scalar[];
  /** Just before (-1) or just after (1) the target. */
  readonly side: -1 | 1;
  /** The target: all images with these values, or those of them with this first sort value, or this image's position. */
  readonly at: { readonly lead: Scalar } | { readonly image: Image } | undefined;

  constructor(equal: readonly Scalar[], side: -1 | 1, at?: IndexPosition['at']) {
    this.equal = equal;
    this.side = side;
    this.at = at;
  }
}

/** Images are the keys of an index, so each costs little more than a pointer. Positions are used only for lookups. */
export type IndexKey = Image | IndexPosition;

/** A part of an index: its images in order. */
export type IndexTree = BTreeModule.default<IndexKey, undefined>;

/** Compares two keys of an index. */
export type CompareKeys = (left: IndexKey, right: IndexKey) => number;

/** The images between two positions, in the order of the index or backwards. */
export interface IndexRange {
  readonly low: IndexPosition;
  readonly high: IndexPosition;
  readonly backwards: boolean;
}

/** Iterates over a range of an index, image by image. */
export class IndexWalk {
  /** The current image; `undefined` past the last one. */
  head: Image | undefined;
  readonly #entries: IterableIterator<readonly [IndexKey, undefined]> | undefined;
  readonly #isPast: (image: Image) => boolean;

  /** @param tree - `undefined` for a walk over nothing. */
  constructor(tree: IndexTree | undefined, compare: CompareKeys, { low, high, backwards }: IndexRange) {
    const pair: [IndexKey, undefined] = [low, undefined];
    this.#entries = backwards ? tree?.entriesReversed(high, pair) : tree?.entries(low, pair);
    this.#isPast = backwards ? (image) => compare(image, low) < 0 : (image) => compare(image, high) > 0;
    this.advance();
  }

  /** Moves to the next image. */
  advance(): void {
    const next = this.#entries?.next();
    // Trees hold only images.
    const image = next === undefined || next.done === true ? undefined : (next.value[0] as Image);
    this.head = image === undefined || this.#isPast(image) ? undefined : image;
  }
}

/** Creates the comparison that sorts the keys of an index. */
export function createCompare({ attributes, order }: IndexDesign): CompareKeys {
  const imageToPosition = (image: Image, { equal, side, at }: IndexPosition): number => {
    for (let nth = 0; nth < attributes.length; nth += 1) {
      const difference = compareScalars(attributes[nth]?.read(image) ?? null, equal[nth] ?? null);
      if (difference !== 0) return difference;
    }
    if (at === undefined) return -side;
    const difference = 'lead' in at ? compareScalars(order.lead(image), at.lead) : order.compare(image, at.image);
    return difference === 0 ? -side : difference;
  };
  return (left, right) => {
    if (right instanceof IndexPosition) return left instanceof IndexPosition ? 0 : imageToPosition(left, right);
    if (left instanceof IndexPosition) return -imageToPosition(right, left);
    if (left === right) return 0;
    for (const { read } of attributes) {
      const difference = compareScalars(read(left) ?? null, read(right) ?? null);
      if (difference !== 0) return difference;
    }
    return order.compare(left, right);
  };
}
