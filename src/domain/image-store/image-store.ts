import BTreeModule from 'sorted-btree';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import type { Walk } from './image-index.ts';
import { compareTexts, type ImageOrder } from './image-order.ts';
import type { Audience, ImagePage, ImageQuery } from './image-query.ts';
import { isInAudience, type Plan, planOf } from './query-plan.ts';
import { ImageBase, type ImageTree, IndexShelf, indexOver, type Usage, type UsageTree } from './shared-base.ts';

const BTree = BTreeModule.default;

/** State of a store, to start another from; never changes. */
export interface ImageStoreState {
  readonly base: ImageBase;
}

const NO_USAGE: Usage = { images: 0, bytes: 0, stagedBytes: 0, uploading: 0 };

const ON_ITS_WAY: ReadonlySet<string> = new Set(['saving', 'uploading', 'importing']);

/** Statuses of images with data that is staged for them: elsewhere staged data is on another way, or was left. */
const AWAITS_IMPORT: ReadonlySet<string> = new Set(['uploading', 'importing']);

const createEmptyBase = (): ImageBase =>
  new ImageBase(new BTree<string, Image>(undefined, compareTexts), new BTree<string, Usage>(), new IndexShelf());

/**
 * Holds the images of one world and answers list queries from ordered indexes. An index is made when it is first asked
 * for, at the common base where there is one, and kept up to date from then on.
 */
export class ImageStore {
  readonly #base: ImageBase;
  readonly #images: ImageTree;
  readonly #usage: UsageTree;
  readonly #shelf = new IndexShelf();
  /** Ids of the images that are not as the base has them. */
  readonly #changed = new BTree<string, undefined>();
  readonly #onPut: ((image: Image) => void) | undefined;
  #state: ImageStoreState | undefined;

  /** @param onPut - is given each image before it is put in; what it throws keeps the image out. */
  constructor(state: ImageStoreState = { base: createEmptyBase() }, onPut?: (image: Image) => void) {
    this.#onPut = onPut;
    this.#state = state;
    this.#base = state.base;
    this.#images = state.base.images.clone();
    this.#usage = state.base.usage.clone();
  }

  /** What another store needs to go on from here; costs the same however many images there are. */
  snapshot(): ImageStoreState {
    this.#state ??= {
      base: new ImageBase(this.#images.clone(), this.#usage.clone(), this.#shelf.clone(), {
        base: this.#base,
        changed: this.#changed.clone(),
      }),
    };
    return this.#state;
  }

  /** The image of that id, deleted ones too (their ids stay taken). Case matters. */
  get(id: string): Image | undefined {
    return this.#images.get(id);
  }

  /** All images by id, deleted ones too. */
  values(): IterableIterator<Image> {
    return this.#images.values();
  }

  /** Puts an image in, or in place of the one of its id. */
  put(image: Image): void {
    this.#onPut?.(image);
    const before = this.#images.get(image.id);
    this.#images.set(image.id, image);
    this.#changed.set(image.id, undefined);
    if (before !== undefined) this.#count(before, -1);
    this.#count(image, 1);
    this.#shelf.replace(before, image);
    this.#state = undefined;
  }

  /** Bytes and number of the images that a project owns (deleted ones left out). */
  usage(projectId: string): Usage {
    return this.#usage.get(projectId) ?? NO_USAGE;
  }

  /**
   * A page of images; costs the same however many there are, but for queries that few images fit by further tags or by
   * ranges of anything but the first sort key.
   * @throws DomainError `marker-not-found`.
   */
  list(query: ImageQuery): ImagePage {
    const marker = query.marker === undefined ? undefined : this.#marker(query.marker, query.audience);
    const plan = planOf(query);
    const ids = query.equal?.id;
    if (ids !== undefined) return this.#pick(ids, plan, marker, query.limit);
    const index = this.#shelf.get(plan.design, () =>
      indexOver(plan.design, { base: this.#base, changed: this.#changed }, this.#images),
    );
    return page(plan, plan.walks(index, marker), query.limit);
  }

  /** Nothing is quicker than to fetch the images that are named. */
  #pick(ids: readonly unknown[], plan: Plan, marker: Image | undefined, limit: number): ImagePage {
    const sign = plan.backwards ? -1 : 1;
    const compare = (left: Image, right: Image): number => plan.design.order.compare(left, right) * sign;
    const images = [...new Set(ids)]
      .flatMap((id) => (typeof id === 'string' ? (this.#images.get(id) ?? []) : []))
      .filter((image) => plan.fits(image) && (marker === undefined || compare(image, marker) > 0))
      .sort(compare);
    return { images: images.slice(0, limit), hasMore: images.length > limit };
  }

  #marker(id: string, audience: Audience): Image {
    const image = this.#images.get(id);
    const mayMark = image !== undefined && (seesEverything(audience) || image.status !== 'deleted');
    if (!mayMark) throw new DomainError({ kind: 'marker-not-found', marker: id });
    if (!isVisible(image, audience)) throw new DomainError({ kind: 'marker-not-found', marker: id, exists: true });
    return image;
  }

  #count(image: Image, sign: 1 | -1): void {
    if (image.owner === null || image.status === 'deleted') return;
    const { images, bytes, stagedBytes, uploading } = this.usage(image.owner);
    const after = {
      images: images + sign,
      bytes: bytes + sign * heldBytes(image),
      stagedBytes: stagedBytes + sign * (AWAITS_IMPORT.has(image.status) ? (image.staged?.sizeBytes ?? 0) : 0),
      uploading: uploading + (ON_ITS_WAY.has(image.status) ? sign : 0),
    };
    if (after.images === 0) this.#usage.delete(image.owner);
    else this.#usage.set(image.owner, after);
  }
}

/** Data that waits for its import is not held yet; each store that holds it has a copy. */
const heldBytes = ({ status, sizeBytes, stores }: Image): number =>
  AWAITS_IMPORT.has(status) ? 0 : (sizeBytes ?? 0) * Math.max(stores?.length ?? 1, 1);

const seesEverything = (audience: Audience): boolean =>
  audience.kind === 'everyone' || audience.seesEverything === true;

/** Whether the asker could look at the image, listed or not. */
function isVisible(image: Image, audience: Audience): boolean {
  if (seesEverything(audience) || isInAudience(audience)(image)) return true;
  const { visibility, members, owner } = image;
  const projectId = audience.kind === 'project' ? audience.projectId : undefined;
  if (owner === projectId || visibility === 'public' || visibility === 'community') return true;
  return visibility === 'shared' && members.some(({ memberId }) => memberId === projectId);
}

/** Merges the walks into one and takes from it what fits, until the page is full and something is known to follow. */
function page(plan: Plan, walks: readonly Walk[], limit: number): ImagePage {
  const queue = createQueue(plan.design.order, plan.backwards, walks);
  const images: Image[] = [];
  let last: Image | undefined;
  for (let image = queue.next(); image !== undefined; image = queue.next()) {
    // In two sets of the audience at once: the order is total, so it comes twice in a row.
    if (image === last) continue;
    last = image;
    if (!plan.fitsStill(image)) continue;
    if (images.length === limit) return { images, hasMore: true };
    images.push(image);
  }
  return { images, hasMore: false };
}

/** Answers the heads of all walks in order. */
function createQueue(
  order: ImageOrder,
  backwards: boolean,
  walks: readonly Walk[],
): { readonly next: () => Image | undefined } {
  const sign = backwards ? -1 : 1;
  const compare = (left: Walk, right: Walk): number =>
    left.head === undefined || right.head === undefined ? 0 : order.compare(left.head, right.head) * sign;
  // The walk whose turn it is stands last, where it is cheap to take.
  const waiting = walks.filter(({ head }) => head !== undefined).sort((left, right) => compare(right, left));
  const insert = (walk: Walk): void => {
    let low = 0;
    let high = waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(waiting[middle] as Walk, walk) > 0) low = middle + 1;
      else high = middle;
    }
    waiting.splice(low, 0, walk);
  };
  return {
    next: () => {
      const walk = waiting.pop();
      const image = walk?.head;
      walk?.advance();
      if (walk?.head !== undefined) insert(walk);
      return image;
    },
  };
}
