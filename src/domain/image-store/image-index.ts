import BTreeModule from 'sorted-btree';
import { bulkLoad } from 'sorted-btree/extended/bulkLoad.js';
import type { Image } from '../image.ts';
import { compareScalars, type ImageOrder, type Scalar } from './image-order.ts';
import type { EqualityKey } from './image-query.ts';

const BTree = BTreeModule.default;

/** Something of an image that can be asked to equal a value. An image without it answers `undefined`. */
export interface Attribute {
  /** Two attributes of the same signature are the same. */
  readonly signature: string;
  readonly read: (image: Image) => Scalar | undefined;
}

/** What an index is for. */
export interface IndexDesign {
  /** Two indexes of the same signature answer the same queries. */
  readonly signature: string;
  /** Compared before the order. */
  readonly attributes: readonly Attribute[];
  /** Whether the index is divided by tag, each image being in once for each of its tags. */
  readonly byTag: boolean;
  readonly order: ImageOrder;
}

/** The attribute of that key. */
export const equality = (key: EqualityKey): Attribute => ({
  signature: key,
  read: (image) => image[key],
});

/** The attribute that is a further property. */
export const property = (name: string): Attribute => ({
  signature: `property ${JSON.stringify(name)}`,
  read: (image) => (Object.hasOwn(image.properties, name) ? image.properties[name] : undefined),
});

/** A place between two images of an index. */
export class Place {
  /** Values of the design's attributes. */
  readonly equal: readonly Scalar[];
  /** Just before (-1) or just after (1) all that is meant. */
  readonly side: -1 | 1;
  /** What is meant: the images with those values, of these those that have this as first sort value or stand at this image. */
  readonly at: { readonly lead: Scalar } | { readonly image: Image } | undefined;

  constructor(equal: readonly Scalar[], side: -1 | 1, at?: Place['at']) {
    this.equal = equal;
    this.side = side;
    this.at = at;
  }
}

/** Images are the keys themselves, so an index costs little more than a pointer for each; places only look things up. */
type Entry = Image | Place;
type Tree = BTreeModule.default<Entry, undefined>;
type Compare = (left: Entry, right: Entry) => number;

interface Part {
  readonly tree: Tree;
  /** The copy of the index that may write to the tree; any other clones it first. */
  readonly writer: object;
}

const NODE_SIZE = 32;

/** Where an image is found: deleted or not, and whose view it belongs to. */
export const SCOPE = {
  everyone: '*',
  visibility: (visibility: string): string => `v${visibility}`,
  owner: (projectId: string): string => `o${projectId}`,
  member: (status: string, projectId: string): string => `m${status} ${projectId}`,
} as const;

/** Name of the part of an index that holds a scope (and tag). */
export const partName = (isDeleted: boolean, scope: string, tag?: string): string =>
  `${isDeleted ? '-' : '+'}${tag === undefined ? '' : `${JSON.stringify(tag)} `}${scope}`;

function scopesOf(image: Image): readonly string[] {
  const scopes = [SCOPE.everyone, SCOPE.visibility(image.visibility)];
  if (image.owner !== null) scopes.push(SCOPE.owner(image.owner));
  if (image.visibility === 'shared') {
    for (const { memberId, status } of image.members) scopes.push(SCOPE.member(status, memberId));
  }
  return scopes;
}

/** Images in one order, divided by whose view they belong to; copies share what they have not changed. */
export class ImageIndex {
  readonly #design: IndexDesign;
  readonly #compare: Compare;
  readonly #parts: BTreeModule.default<string, Part>;
  #writer = {};

  private constructor(design: IndexDesign, compare: Compare, parts: BTreeModule.default<string, Part>) {
    this.#design = design;
    this.#compare = compare;
    this.#parts = parts;
  }

  /** Sorts all images once and deals them out to the parts in that order. */
  static build(design: IndexDesign, images: Iterable<Image>): ImageIndex {
    const compare = createCompare(design);
    const sorted: Image[] = [];
    for (const image of images) if (isIndexed(design, image)) sorted.push(image);
    sorted.sort(compare);
    const lists = new Map<string, Entry[]>();
    for (const image of sorted) {
      for (const name of partsOf(design, image)) {
        const list = lists.get(name);
        if (list === undefined) lists.set(name, [image]);
        else list.push(image);
      }
    }
    const index = new ImageIndex(design, compare, new BTree<string, Part>());
    for (const [name, list] of lists) {
      const tree = bulkLoad<Entry, undefined>(list, new Array(list.length), NODE_SIZE, compare);
      index.#parts.set(name, { tree, writer: index.#writer });
    }
    return index;
  }

  /** A copy with a life of its own; costs the same however many images there are. */
  clone(): ImageIndex {
    // From here on both have to clone a tree before they write to it.
    this.#writer = {};
    return new ImageIndex(this.#design, this.#compare, this.#parts.clone());
  }

  /** Takes one value of an image out and the next one in. */
  replace(before: Image | undefined, after: Image | undefined): void {
    // Always out and in: a tree that overwrites a key in its place can hold on to the old value further up.
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#add(after);
  }

  /** The images of a part after one place and before another, in the order of the index or backwards. */
  walk(part: string, low: Place, high: Place, backwards: boolean): Walk {
    const tree = this.#parts.get(part)?.tree;
    return tree === undefined ? NOTHING : new Walk(tree, this.#compare, low, high, backwards);
  }

  #add(image: Image): void {
    if (!isIndexed(this.#design, image)) return;
    for (const name of partsOf(this.#design, image)) this.#own(name).set(image, undefined);
  }

  #remove(image: Image): void {
    if (!isIndexed(this.#design, image)) return;
    for (const name of partsOf(this.#design, image)) {
      const tree = this.#own(name);
      tree.delete(image);
      if (tree.size === 0) this.#parts.delete(name);
    }
  }

  #own(name: string): Tree {
    const part = this.#parts.get(name);
    if (part?.writer === this.#writer) return part.tree;
    const tree = part?.tree.clone() ?? new BTree<Entry, undefined>(undefined, this.#compare, NODE_SIZE);
    this.#parts.set(name, { tree, writer: this.#writer });
    return tree;
  }
}

/** Goes through a part of an index, image by image. */
class Walk {
  /** The image it stands at; `undefined` past the last. */
  head: Image | undefined;
  readonly #entries: IterableIterator<readonly [Entry, undefined]> | undefined;
  readonly #isPast: (image: Image) => boolean;

  constructor(tree?: Tree, compare?: Compare, low?: Place, high?: Place, backwards?: boolean) {
    if (tree === undefined || compare === undefined || low === undefined || high === undefined) {
      this.#isPast = () => true;
      return;
    }
    const pair: [Entry, undefined] = [low, undefined];
    this.#entries = backwards ? tree.entriesReversed(high, pair) : tree.entries(low, pair);
    this.#isPast = backwards ? (image) => compare(image, low) < 0 : (image) => compare(image, high) > 0;
    this.advance();
  }

  advance(): void {
    const next = this.#entries?.next();
    // Only images are ever put in.
    const image = next === undefined || next.done === true ? undefined : (next.value[0] as Image);
    this.head = image === undefined || this.#isPast(image) ? undefined : image;
  }
}

export type { Walk };

const NOTHING = new Walk();

const isIndexed = (design: IndexDesign, image: Image): boolean =>
  design.attributes.every(({ read }) => read(image) !== undefined);

function partsOf(design: IndexDesign, image: Image): readonly string[] {
  const isDeleted = image.status === 'deleted';
  const scopes = scopesOf(image);
  if (!design.byTag) return scopes.map((scope) => partName(isDeleted, scope));
  return image.tags.flatMap((tag) => scopes.map((scope) => partName(isDeleted, scope, tag)));
}

function createCompare({ attributes, order }: IndexDesign): Compare {
  const imageToPlace = (image: Image, { equal, side, at }: Place): number => {
    for (let nth = 0; nth < attributes.length; nth += 1) {
      const difference = compareScalars(attributes[nth]?.read(image) ?? null, equal[nth] ?? null);
      if (difference !== 0) return difference;
    }
    if (at === undefined) return -side;
    const difference = 'lead' in at ? compareScalars(order.lead(image), at.lead) : order.compare(image, at.image);
    return difference === 0 ? -side : difference;
  };
  return (left, right) => {
    if (right instanceof Place) return left instanceof Place ? 0 : imageToPlace(left, right);
    if (left instanceof Place) return -imageToPlace(right, left);
    if (left === right) return 0;
    for (const { read } of attributes) {
      const difference = compareScalars(read(left) ?? null, read(right) ?? null);
      if (difference !== 0) return difference;
    }
    return order.compare(left, right);
  };
}
