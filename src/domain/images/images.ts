import type { Caller } from '../caller.ts';
import type { ImageData } from '../data/image-data.ts';
import type { Image, ImageStatus } from '../image.ts';
import type { ImagePage, ImageQuery } from '../image-store/image-query.ts';
import type { ImageDifference } from '../image-store/image-store.ts';
import type { Usage } from '../image-store/shared-base.ts';
import { DomainError } from '../problem.ts';
import { checkChanges, checkStep } from './change-checks.ts';
import { type CreateOptions, createImage } from './create-image.ts';
import type { ImageChanges, NewImage, NewLocations, Permit } from './image-changes.ts';
import { removed } from './image-effects.ts';
import { canChange, canSee, checkTagQuota, checkTexts, findVisible, type ImageLookup } from './image-rules.ts';
import type { ImagesDependencies } from './images-dependencies.ts';
import { Members } from './members.ts';
import { type QuotaUse, quotaOf } from './quotas.ts';
import { type ImageUpload, uploadImage } from './upload-image.ts';

/** The images of one world and their rules: who may see and change them, in which status. */
export class Images {
  readonly #dependencies: ImagesDependencies;
  /** Projects that images are shared with. */
  readonly members: Members;

  constructor(dependencies: ImagesDependencies) {
    this.#dependencies = dependencies;
    this.members = new Members(dependencies);
  }

  /** Returns an image without any check, deleted or not. */
  peek(id: string): Image | undefined {
    return this.#dependencies.store.get(id);
  }

  /** Whether an image has or had this id: ids of deleted images stay in use. */
  isTaken(id: string): boolean {
    return this.#dependencies.store.isTaken(id);
  }

  /**
   * Returns all images in the order of their ids, deleted ones included, as they are when the first one is read.
   * @param after - only those with a higher id.
   */
  all(after?: string): Iterable<Image> {
    return this.#dependencies.store.after(after);
  }

  /** Whether the image with this id was deleted. */
  isDeleted(id: string): boolean {
    return this.#dependencies.store.isDeleted(id);
  }

  /**
   * Returns the images that differ from those with which the world started, as they are when the first one is read. The cost
   * depends on their number alone.
   */
  differences(): Iterable<ImageDifference> {
    return this.#dependencies.store.differences();
  }

  /** Stores an image as it is, without any check: for fixtures and the admin API. */
  place(image: Image): void {
    this.#dependencies.store.put(image);
  }

  /** What the images of a project use. */
  usage(projectId: string): Usage {
    return this.#dependencies.store.usage(projectId);
  }

  /** What a project uses of a quota, and the maximum of the quota. */
  quota(use: Pick<QuotaUse, 'projectId' | 'what'>): ReturnType<typeof quotaOf> {
    return quotaOf(this.#dependencies, use);
  }

  /**
   * Lists one page of the images that the query's audience may see.
   * @param requester - caller who sent the marker: the marker must be visible to this caller rather than to the audience.
   * @throws DomainError `marker-not-found`, or `not-allowed` with the action `use-marker`.
   */
  list(query: ImageQuery, requester?: Caller): ImagePage {
    const { marker, audience } = query;
    if (marker === undefined || requester === undefined) return this.#dependencies.store.list(query);
    const image = this.peek(marker);
    if (!requester.isAdmin) {
      if (image === undefined || image.status === 'deleted')
        throw new DomainError({ kind: 'marker-not-found', marker });
      if (!canSee(requester, image))
        throw new DomainError({ kind: 'not-allowed', action: 'use-marker', subject: marker });
    }
    // The marker has been checked: the store must not check it against the audience again.
    const unchecked = audience.kind === 'project' ? { ...audience, seesEverything: true } : audience;
    return this.#dependencies.store.list({ ...query, audience: unchecked });
  }

  /**
   * Returns an image that the caller can see.
   * @throws DomainError `image-not-found` for an image that does not exist or that the caller may not see.
   */
  show(caller: Caller, imageId: string): Image {
    this.#dependencies.onShow?.(imageId);
    return this.#find(caller, imageId, 'show');
  }

  /**
   * Creates an image without data; its status is `queued`.
   * @throws DomainError `image-exists`, `not-allowed`, `too-many`, `read-only`, `invalid-value`.
   */
  create(caller: Caller, request: NewImage, options: CreateOptions = {}): Image {
    return createImage(this.#dependencies, caller, { ...options, request });
  }

  /**
   * Changes an image. Every caller who sees the image may make an empty change.
   * @param change - receives the current image and returns the changes. If it consists of several steps, it calls
   *   `permit` before each of them; attributes that it did not pass to `permit` are checked afterwards.
   * @throws DomainError `image-not-found`, `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
   */
  change(caller: Caller, imageId: string, change: (image: Image, permit: Permit) => ImageChanges): Image {
    const { clock, limits } = this.#dependencies;
    const image = this.#find(caller, imageId, 'change');
    const checked = new Set<string>();
    let isGivenAway = false;
    const permit: Permit = (changes, mode) => {
      // A step after the one that gives the image to another project changes what the caller does not own any more.
      if (isGivenAway) throw new DomainError({ kind: 'image-not-owned', imageId });
      checkStep(caller, image, { changes, mode, limits: limits() });
      isGivenAway = !caller.isAdmin && changes?.owner !== undefined && changes.owner !== caller.projectId;
      for (const key of Object.keys(changes ?? {})) checked.add(key);
    };
    const changes = change(image, permit);
    const keys = Object.keys(changes);
    if (keys.length === 0) return image;
    if (keys.some((key) => !checked.has(key))) permit(changes);
    checkChanges(image, changes, limits());
    const { locations, ...attributes } = changes;
    const changed: Image = {
      ...image,
      ...attributes,
      ...(locations !== undefined && locatedAt(locations)),
      ...(changes.tags !== undefined && { tags: [...new Set(changes.tags)] }),
      updatedAt: clock.now(),
    };
    // A caller who changes the owner of an image must still see it afterwards.
    if (!canSee(caller, changed)) throw notAllowed('give-away', imageId);
    return this.#put(changed);
  }

  /**
   * Adds a tag to an image; an existing tag keeps its position.
   * @throws DomainError `image-not-found`, `not-allowed`, `invalid-value`, `too-many`.
   */
  addTag(caller: Caller, imageId: string, tag: string): Image {
    const image = this.#findTagged(caller, imageId, 'update-tags');
    if (image.tags.includes(tag)) return image;
    const tags = [...image.tags, tag];
    checkTagQuota(tags, this.#dependencies.limits(), imageId);
    checkTexts({ tags: [tag] });
    return this.#put({ ...image, tags, updatedAt: this.#dependencies.clock.now() });
  }

  /** Removes a tag from an image. @throws DomainError `image-not-found`, `not-allowed`, `tag-not-found`. */
  removeTag(caller: Caller, imageId: string, tag: string): Image {
    const image = this.#findTagged(caller, imageId, 'delete-tags');
    if (!image.tags.includes(tag)) throw new DomainError({ kind: 'tag-not-found', imageId, tag });
    const tags = image.tags.filter((each) => each !== tag);
    return this.#put({ ...image, tags, updatedAt: this.#dependencies.clock.now() });
  }

  /**
   * Deactivates an active image: only administrators can read its data.
   * @throws DomainError `image-not-found`, `image-not-owned`, `not-allowed` with the action and the status as subject.
   */
  deactivate(caller: Caller, imageId: string): Image {
    return this.#setStatus(this.#findOwn(caller, imageId, 'show'), 'deactivate', 'deactivated');
  }

  /** Reactivates a deactivated image. @throws DomainError as `deactivate`. */
  reactivate(caller: Caller, imageId: string): Image {
    return this.#setStatus(this.#findOwn(caller, imageId, 'show'), 'reactivate', 'active');
  }

  /**
   * Deletes an image with its members, tags and data.
   * @param options.busyStatuses - statuses in which the API rejects the deletion with `image-busy`.
   * @throws DomainError `image-not-found`, `image-protected`, `image-not-owned`, `image-in-use`, `image-busy`.
   */
  remove(caller: Caller, imageId: string, options: { readonly busyStatuses?: readonly ImageStatus[] } = {}): Image {
    const image = this.#findOwn(caller, imageId, 'delete');
    const { status, usedBy } = image;
    if (image.isProtected) throw new DomainError({ kind: 'image-protected', imageId });
    if (options.busyStatuses?.includes(status)) throw new DomainError({ kind: 'image-busy', imageId, status });
    if (usedBy.length > 0) throw new DomainError({ kind: 'image-in-use', imageId, usedBy });
    return this.#put(removed(image, this.#dependencies.clock.now()));
  }

  /**
   * Receives the data of an image: its status is queued, then saving until all data has arrived, then active. Other
   * changes during the upload are lost, except to members: the real service writes the entire image back at the end.
   * @throws DomainError `image-not-found`, `not-allowed`, `wrong-status`, `formats-missing`, `too-large`, `over-quota`,
   *   `wrong-size`, `invalid-value` for `data` that holds no readable disk, `image-gone`.
   */
  upload(caller: Caller, upload: ImageUpload): Promise<Image> {
    return uploadImage(this.#dependencies, caller, upload);
  }

  /**
   * Returns the data of an image; `null` if it has none yet.
   * @throws DomainError `image-not-found`, `image-deactivated`.
   */
  download(caller: Caller, imageId: string): { readonly image: Image; readonly data: ImageData | null } {
    const image = this.#find(caller, imageId, 'show');
    if (image.status === 'deactivated' && !caller.isAdmin) {
      throw new DomainError({ kind: 'image-deactivated', imageId });
    }
    return { image, data: image.data };
  }

  #put(image: Image): Image {
    this.#dependencies.store.put(image);
    return image;
  }

  #find(caller: Caller, imageId: string, purpose: ImageLookup['purpose']): Image {
    return findVisible(this.#dependencies.store, caller, { imageId, purpose });
  }

  #findOwn(caller: Caller, imageId: string, purpose: ImageLookup['purpose']): Image {
    const image = this.#find(caller, imageId, purpose);
    if (!canChange(caller, image)) throw new DomainError({ kind: 'image-not-owned', imageId });
    return image;
  }

  #findTagged(caller: Caller, imageId: string, action: 'update-tags' | 'delete-tags'): Image {
    const image = this.#find(caller, imageId, 'part');
    if (!canChange(caller, image)) throw notAllowed(action, imageId);
    return image;
  }

  #setStatus(image: Image, action: string, status: 'active' | 'deactivated'): Image {
    if (image.status === status) return image;
    if (image.status !== 'active' && image.status !== 'deactivated') throw notAllowed(action, image.status);
    return this.#put({ ...image, status, updatedAt: this.#dependencies.clock.now() });
  }
}

/** The members of an image that its new locations decide. */
const locatedAt = ({ locations, data, digests }: NewLocations): Partial<Image> => ({
  locations,
  stores: locations.map(({ store }) => store),
  ...(data !== undefined && { ...data, status: 'active' }),
  ...digests,
});

const notAllowed = (action: string, subject: string): DomainError =>
  new DomainError({ kind: 'not-allowed', action, subject });
