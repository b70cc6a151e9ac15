import BTreeModule from 'sorted-btree';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import type { DeletedImages } from './deleted-images.ts';
import { compareTexts } from './image-order.ts';
import type { Audience, ImagePage, ImageQuery } from './image-query.ts';
import { mergePage } from './merge-walks.ts';
import { isInAudience } from './query-conditions.ts';
import { planOf, type QueryPlan } from './query-plan.ts';
import { ImageBase, type ImageTree, IndexCache, indexOver, type Usage, type UsageTree } from './shared-base.ts';
import { NO_USAGE, withImage } from './usage.ts';

const BTree = BTreeModule.default;

/** An image that a store has changed: its former value, `undefined` for a new image, and its present one. */
export interface ImageDifference {
  readonly before: Image | undefined;
  readonly after: Image;
}

/** State of a store, from which another can start. Immutable. */
export interface ImageStoreState {
  readonly base: ImageBase;
}

const createEmptyBase = (): ImageBase =>
  new ImageBase({
    images: new BTree<string, Image>(undefined, compareTexts),
    usage: new BTree<string, Usage>(),
    indexes: new IndexCache(),
  });

/**
 * The images of one world and the ordered indexes that serve list queries. An index is built when a query first needs it,
 * at the common base if there is one, and is kept up to date afterwards.
 */
export class ImageStore {
  readonly #base: ImageBase;
  readonly #images: ImageTree;
  readonly #usage: UsageTree;
  readonly #indexes = new IndexCache();
  /** Ids of the images that differ from the base. */
  readonly #changed = new BTree<string, undefined>();
  readonly #deleted: DeletedImages;
  readonly #onPut: ((image: Image) => void) | undefined;
  #state: ImageStoreState | undefined;

  /** @param onPut - called with each image before it is stored; if it throws, the image is not stored. */
  constructor(state: ImageStoreState = { base: createEmptyBase() }, onPut?: (image: Image) => void) {
    this.#onPut = onPut;
    this.#state = state;
    this.#base = state.base;
    this.#images = state.base.images.clone();
    this.#usage = state.base.usage.clone();
    this.#deleted = state.base.deleted.clone();
  }

  /** The current state; costs the same for any number of images. */
  snapshot(): ImageStoreState {
    this.#state ??= {
      base: new ImageBase({
        images: this.#images.clone(),
        usage: this.#usage.clone(),
        indexes: this.#indexes.clone(),
        deleted: this.#deleted.clone(),
        foundation: { base: this.#base, changed: this.#changed.clone() },
      }),
    };
    return this.#state;
  }

  /** Returns the image with this id, deleted or not, unless it was deleted so long ago that it is forgotten. Ids are case-sensitive. */
  get(id: string): Image | undefined {
    return this.#images.get(id);
  }

  /** Whether an image has or had this id: ids of deleted images stay in use. */
  isTaken(id: string): boolean {
    return this.#images.has(id) || this.#deleted.hasForgotten(id);
  }

  /** Whether the image with this id was deleted. */
  isDeleted(id: string): boolean {
    const image = this.#images.get(id);
    return image === undefined ? this.#deleted.hasForgotten(id) : image.status === 'deleted';
  }

  /** Images with a higher id, or all, in the order of their ids, including deleted ones. Later changes do not show. */
  *after(id?: string): IterableIterator<Image> {
    for (const [key, image] of this.#images.clone().entries(id)) if (key !== id) yield image;
  }

  /** Returns the images that differ from those with which the store started, by id. Deleted images stay, with their status. Later changes do not show. */
  *differences(): IterableIterator<ImageDifference> {
    const images = this.#images.clone();
    for (const id of this.#changed.clone().keys()) {
      const before = this.#base.images.get(id);
      const after = images.get(id) ?? (before && forgotten(before));
      if (after !== undefined && after !== before) yield { before, after };
    }
  }

  /** Stores an image in place of its former value. */
  put(image: Image): void {
    this.#onPut?.(image);
    const before = this.#images.get(image.id);
    this.#images.set(image.id, image);
    this.#changed.set(image.id, undefined);
    if (before !== undefined) this.#count(before, -1);
    this.#count(image, 1);
    this.#indexes.replace(before, image);
    this.#state = undefined;
    if (image.status === 'deleted' && before?.status !== 'deleted') this.#noteDeleted(image.id);
  }

  /** Notes a deletion, and forgets the oldest deleted image if there are too many: only its id stays. */
  #noteDeleted(id: string): void {
    const oldest = this.#deleted.add(id);
    const image = oldest === undefined ? undefined : this.#images.get(oldest);
    if (image?.status !== 'deleted') return;
    this.#deleted.forget(image.id);
    this.#images.delete(image.id);
    this.#indexes.replace(image, undefined);
    // An image that the base has differs from it by its absence.
    if (this.#base.images.has(image.id)) this.#changed.set(image.id, undefined);
    else this.#changed.delete(image.id);
  }

  /** What the images of a project use, without deleted ones. */
  usage(projectId: string): Usage {
    return this.#usage.get(projectId) ?? NO_USAGE;
  }

  /**
   * Lists one page of images. The cost does not depend on the number of images, except for queries that few images match
   * by a second tag or by a range of another attribute than the first sort key.
   * @throws DomainError `marker-not-found`.
   */
  list(query: ImageQuery): ImagePage {
    const marker = query.marker === undefined ? undefined : this.#marker(query.marker, query.audience);
    const plan = planOf(query);
    const ids = query.equal?.id;
    if (ids !== undefined) return page(this.#pick(ids, plan, marker), query.limit);
    const index = this.#indexes.get(plan.design, () =>
      indexOver(plan.design, { base: this.#base, changed: this.#changed }, this.#images),
    );
    return mergePage(plan, plan.walks(index, marker), query.limit);
  }

  /** The matching images among those with these ids, in order. */
  #pick(ids: readonly unknown[], plan: QueryPlan, marker: Image | undefined): readonly Image[] {
    const sign = plan.backwards ? -1 : 1;
    const compare = (left: Image, right: Image): number => plan.design.order.compare(left, right) * sign;
    return [...new Set(ids)]
      .flatMap((id) => (typeof id === 'string' ? (this.#images.get(id) ?? []) : []))
      .filter((image) => plan.matches(image) && (marker === undefined || compare(image, marker) > 0))
      .sort(compare);
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
    const after = withImage(this.usage(image.owner), image, sign);
    if (after.images === 0) this.#usage.delete(image.owner);
    else this.#usage.set(image.owner, after);
  }
}

const page = (images: readonly Image[], limit: number): ImagePage => ({
  images: images.slice(0, limit),
  hasMore: images.length > limit,
});

/** What is left to say about an image that was deleted and forgotten. */
const forgotten = (before: Image): Image => ({
  ...before,
  status: 'deleted',
  tags: [],
  members: [],
  data: null,
  deletedAt: before.deletedAt ?? before.updatedAt,
});

const seesEverything = (audience: Audience): boolean =>
  audience.kind === 'everyone' || audience.seesEverything === true;

/** Whether the audience may see the image, listed or not. */
function isVisible(image: Image, audience: Audience): boolean {
  if (seesEverything(audience) || isInAudience(audience)(image)) return true;
  const { visibility, members, owner } = image;
  const projectId = audience.kind === 'project' ? audience.projectId : undefined;
  if (owner === projectId || visibility === 'public' || visibility === 'community') return true;
  return visibility === 'shared' && members.some(({ memberId }) => memberId === projectId);
}
