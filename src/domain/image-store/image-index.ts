import BTreeModule from 'sorted-btree';
import { bulkLoad } from 'sorted-btree/extended/bulkLoad.js';
import type { Image } from '../image.ts';
import { type IndexDesign, partName, SCOPE } from './index-design.ts';
import {
  type CompareKeys,
  createCompare,
  type IndexKey,
  type IndexRange,
  type IndexTree,
  IndexWalk,
} from './index-walk.ts';

const BTree = BTreeModule.default;

interface IndexPart {
  readonly tree: IndexTree;
  /** The copy of the index that may write to the tree; every other copy clones it first. */
  readonly writer: object;
}

const NODE_SIZE = 32;

function scopesOf(image: Image): readonly string[] {
  const scopes = [SCOPE.everyone, SCOPE.visibility(image.visibility)];
  if (image.owner !== null) scopes.push(SCOPE.owner(image.owner));
  if (image.visibility === 'shared') {
    for (const { memberId, status } of image.members) scopes.push(SCOPE.member(status, memberId));
  }
  return scopes;
}

/** Images in one order, divided by the views that they belong to. Copies share what they have not changed. */
export class ImageIndex {
  readonly #design: IndexDesign;
  readonly #compare: CompareKeys;
  readonly #parts: BTreeModule.default<string, IndexPart>;
  #writer = {};

  private constructor(design: IndexDesign, compare: CompareKeys, parts: BTreeModule.default<string, IndexPart>) {
    this.#design = design;
    this.#compare = compare;
    this.#parts = parts;
  }

  /** Builds an index: sorts all images once and distributes them to the parts in that order. */
  static build(design: IndexDesign, images: Iterable<Image>): ImageIndex {
    const compare = createCompare(design);
    const sorted: Image[] = [];
    for (const image of images) if (isIndexed(design, image)) sorted.push(image);
    sorted.sort(compare);
    const lists = new Map<string, IndexKey[]>();
    for (const image of sorted) {
      for (const name of partsOf(design, image)) {
        const list = lists.get(name);
        if (list === undefined) lists.set(name, [image]);
        else list.push(image);
      }
    }
    const index = new ImageIndex(design, compare, new BTree<string, IndexPart>());
    for (const [name, list] of lists) {
      const tree = bulkLoad<IndexKey, undefined>(list, new Array(list.length), NODE_SIZE, compare);
      index.#parts.set(name, { tree, writer: index.#writer });
    }
    return index;
  }

  /** An independent copy; costs the same for any number of images. */
  clone(): ImageIndex {
    // From here on both have to clone a tree before they write to it.
    this.#writer = {};
    return new ImageIndex(this.#design, this.#compare, this.#parts.clone());
  }

  /** Replaces one value of an image by the next one. */
  replace(before: Image | undefined, after: Image | undefined): void {
    // Removes and adds: a tree that overwrites a key in place may keep the old value in an inner node.
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#add(after);
  }

  /** Walks over a range of one part. */
  walk(part: string, range: IndexRange): IndexWalk {
    return new IndexWalk(this.#parts.get(part)?.tree, this.#compare, range);
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

  #own(name: string): IndexTree {
    const part = this.#parts.get(name);
    if (part?.writer === this.#writer) return part.tree;
    const tree = part?.tree.clone() ?? new BTree<IndexKey, undefined>(undefined, this.#compare, NODE_SIZE);
    this.#parts.set(name, { tree, writer: this.#writer });
    return tree;
  }
}

const isIndexed = (design: IndexDesign, image: Image): boolean =>
  design.attributes.every(({ read }) => read(image) !== undefined);

function partsOf(design: IndexDesign, image: Image): readonly string[] {
  const isDeleted = image.status === 'deleted';
  const scopes = scopesOf(image);
  if (!design.byTag) return scopes.map((scope) => partName(isDeleted, scope));
  return image.tags.flatMap((tag) => scopes.map((scope) => partName(isDeleted, scope, tag)));
}
