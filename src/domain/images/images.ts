import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { BlobStore, HashAlgorithm, ImageData, Received } from '../data/image-data.ts';
import { DEFAULT_STORES, defaultStoreOf, type Store } from '../data/store.ts';
import type { Ids } from '../ids.ts';
import type { Image, ImageStatus } from '../image.ts';
import type { ImagePage, ImageQuery } from '../image-store/image-query.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Usage } from '../image-store/shared-base.ts';
import type { Limits } from '../limits.ts';
import { DomainError, type Problem } from '../problem.ts';
import { measureDisk } from './disk-format.ts';
import type { ImageChanges, NewImage, Permit } from './image-changes.ts';
import { removed } from './image-effects.ts';
import {
  canChange,
  canSee,
  checkMinimums,
  checkPropertyQuota,
  checkRecord,
  checkTagQuota,
  checkTexts,
  projectOf,
} from './image-rules.ts';
import { Members } from './members.ts';
import { checkQuotas, excessOf } from './quotas.ts';
import { checkAnnounced, checkStorage, receiveData } from './receive-data.ts';

/** What is said of an upload. */
export interface UploadOptions {
  /** The size that the client said. */
  readonly announcedBytes?: number;
  /** Where the data goes. */
  readonly store?: string;
  /** Puts the image in, once all of its data came. */
  readonly settle?: (active: Image) => void;
}

/** What `Images` needs of a world. */
export interface ImagesDependencies {
  readonly store: ImageStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: () => Limits;
  readonly blobs: BlobStore;
  /** How the digest beside the MD5 is taken; the usual way when left out. */
  readonly hashing?: () => HashAlgorithm;
  /** Where data can go; the usual stores when left out. */
  readonly stores?: () => readonly Store[];
  /** Is told of each image that somebody looks at, before it is looked up. */
  readonly onShow?: (imageId: string) => void;
}

/** The images of one world with their rules: who may see and do what, and which state allows it. */
export class Images {
  readonly #dependencies: ImagesDependencies;
  /** Projects with which images are shared. */
  readonly members: Members;

  constructor(parts: ImagesDependencies) {
    this.#dependencies = parts;
    this.members = new Members(parts);
  }

  /** The image, whoever asks; deleted ones too. */
  peek(id: string): Image | undefined {
    return this.#dependencies.store.get(id);
  }

  /** Puts an image in as it is, rules skipped: for fixtures and the admin API. */
  place(image: Image): void {
    this.#dependencies.store.put(image);
  }

  /** What a project has. */
  usage(projectId: string): Usage {
    return this.#dependencies.store.usage(projectId);
  }

  /**
   * One page of the images that the query's audience may see.
   * @param asker - who names the marker; a marker that this caller may not see is refused.
   * @throws DomainError `marker-not-found`, or `not-allowed` with the action `use-marker`.
   */
  list(query: ImageQuery, asker?: Caller): ImagePage {
    const { marker, audience } = query;
    if (marker === undefined || asker === undefined) return this.#dependencies.store.list(query);
    const image = this.peek(marker);
    if (!asker.isAdmin) {
      if (image === undefined || image.status === 'deleted') throw refusal({ kind: 'marker-not-found', marker });
      if (!canSee(asker, image)) throw refusal({ kind: 'not-allowed', action: 'use-marker', subject: marker });
    }
    // Looked at already, and by what the asker may see rather than by what is listed.
    const free = audience.kind === 'project' ? { ...audience, seesEverything: true } : audience;
    return this.#dependencies.store.list({ ...query, audience: free });
  }

  /** @throws DomainError `image-not-found` for an image that is not there or that the caller may not see. */
  show(caller: Caller, imageId: string): Image {
    this.#dependencies.onShow?.(imageId);
    return this.#see(caller, imageId, 'show');
  }

  /**
   * Registers an image without data.
   * @param options.attempted - attributes that only the service sets and that the client named, as it named them.
   * @throws DomainError `image-exists`, `not-allowed`, `too-many`, `read-only`, `invalid-value`.
   */
  create(caller: Caller, wish: NewImage, options: { readonly attempted?: readonly string[] } = {}): Image {
    const { store, clock, ids } = this.#dependencies;
    const limits = this.#dependencies.limits();
    const own = projectOf(caller);
    const owner = wish.owner === undefined ? own : wish.owner;
    if (wish.visibility === 'public' && !caller.isAdmin) {
      throw refusal({ kind: 'not-allowed', action: 'publicize' });
    }
    if (owner !== own && !caller.isAdmin) {
      throw refusal({
        kind: 'not-allowed',
        action: 'create-for',
        ...(owner !== null && { subject: owner }),
      });
    }
    checkTagQuota(wish.tags, limits);
    const attribute = options.attempted?.[0];
    if (attribute !== undefined) throw refusal({ kind: 'read-only', attribute });
    checkMinimums(wish);
    checkPropertyQuota(wish.properties, limits);
    checkRecord(wish);
    if (owner !== null) this.#checkCount(caller);
    if (wish.id !== undefined && store.get(wish.id) !== undefined) {
      throw refusal({ kind: 'image-exists', imageId: wish.id });
    }
    checkTexts(wish);
    // Where time stands still, what others make at the same time must not show.
    const sequence = clock.state.frozenAt === null ? ['creation'] : ['creation', owner ?? ''];
    const now = clock.now() + (ids.ordinal(...sequence) % MOMENTS) / MOMENTS;
    let id = wish.id;
    while (id === undefined) {
      const next = ids.next('image', owner ?? '', wish.name ?? '');
      if (store.get(next) === undefined) id = next;
    }
    const image: Image = {
      id,
      name: wish.name ?? null,
      owner,
      status: 'queued',
      visibility: wish.visibility ?? 'shared',
      isProtected: wish.isProtected ?? false,
      isHidden: wish.isHidden ?? false,
      containerFormat: wish.containerFormat ?? null,
      diskFormat: wish.diskFormat ?? null,
      minDisk: wish.minDisk ?? 0,
      minRam: wish.minRam ?? 0,
      sizeBytes: null,
      virtualSizeBytes: null,
      checksum: null,
      hashAlgorithm: null,
      hashValue: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
      tags: wish.tags === undefined ? [] : [...new Set(wish.tags)],
      properties: wish.properties ?? {},
      members: [],
      data: null,
      usedBy: [],
    };
    store.put(image);
    return image;
  }

  /**
   * Changes an image; a change of nothing is allowed to whoever sees it.
   * @param change - is given the image as it stands and answers what shall change. One of several steps asks `permit`
   *   before each of them; what it did not ask about is asked about afterwards.
   * @throws DomainError `image-not-found`, `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
   */
  change(caller: Caller, imageId: string, change: (image: Image, permit: Permit) => ImageChanges): Image {
    const { store, clock } = this.#dependencies;
    const image = this.#see(caller, imageId, 'change');
    const asked = new Set<string>();
    const permit: Permit = (changes, manner) => {
      this.#permit(caller, image, changes, manner);
      for (const key of Object.keys(changes ?? {})) asked.add(key);
    };
    const changes = change(image, permit);
    const keys = Object.keys(changes);
    if (keys.length === 0) return image;
    if (keys.some((key) => !asked.has(key))) permit(changes);
    const limits = this.#dependencies.limits();
    checkTagQuota(changes.tags, limits);
    checkMinimums(changes);
    if (Object.keys(changes.properties ?? {}).length > Object.keys(image.properties).length) {
      checkPropertyQuota(changes.properties, limits);
    }
    checkRecord(changes);
    checkTexts(changes);
    const changed: Image = {
      ...image,
      ...changes,
      ...(changes.tags !== undefined && { tags: [...new Set(changes.tags)] }),
      updatedAt: clock.now(),
    };
    // Whoever gives an image away must still see it, or the change does not take place.
    if (!canSee(caller, changed))
      throw refusal({
        kind: 'not-allowed',
        action: 'give-away',
        subject: imageId,
      });
    store.put(changed);
    return changed;
  }

  /**
   * Puts a tag on an image; one that is there already stays.
   * @throws DomainError `image-not-found`, `not-allowed`, `invalid-value`, `too-many`.
   */
  addTag(caller: Caller, imageId: string, tag: string): Image {
    const image = this.#seeTags(caller, imageId, 'update-tags');
    if (image.tags.includes(tag)) return image;
    const tags = [...image.tags, tag];
    checkTagQuota(tags, this.#dependencies.limits(), imageId);
    checkTexts({ tags: [tag] });
    return this.#put({ ...image, tags, updatedAt: this.#dependencies.clock.now() });
  }

  /** @throws DomainError `image-not-found`, `not-allowed`, `tag-not-found`. */
  removeTag(caller: Caller, imageId: string, tag: string): Image {
    const image = this.#seeTags(caller, imageId, 'delete-tags');
    if (!image.tags.includes(tag)) throw refusal({ kind: 'tag-not-found', imageId, tag });
    const tags = image.tags.filter((each) => each !== tag);
    return this.#put({ ...image, tags, updatedAt: this.#dependencies.clock.now() });
  }

  /**
   * Makes the data of an active image out of reach for all but administrators.
   * @throws DomainError `image-not-found`, `image-not-owned`, `not-allowed` with the action and the status as subject.
   */
  deactivate(caller: Caller, imageId: string): Image {
    return this.#switch(caller, imageId, 'deactivate', 'deactivated');
  }

  /** @throws DomainError as `deactivate`. */
  reactivate(caller: Caller, imageId: string): Image {
    return this.#switch(caller, imageId, 'reactivate', 'active');
  }

  /**
   * Removes an image with its members, tags and data.
   * @param options.refuseWhile - statuses in which this API refuses with `image-busy`.
   * @throws DomainError `image-not-found`, `image-protected`, `image-not-owned`, `image-in-use`, `image-busy`.
   */
  remove(caller: Caller, imageId: string, options: { readonly refuseWhile?: readonly ImageStatus[] } = {}): Image {
    const { store, clock } = this.#dependencies;
    const image = this.#see(caller, imageId, 'delete');
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId });
    if (image.isProtected) throw refusal({ kind: 'image-protected', imageId });
    if (options.refuseWhile?.includes(image.status)) {
      throw refusal({ kind: 'image-busy', imageId, status: image.status });
    }
    if (image.usedBy.length > 0) throw refusal({ kind: 'image-in-use', imageId, usedBy: image.usedBy });
    const gone = removed(image, clock.now());
    store.put(gone);
    return gone;
  }

  /**
   * Takes in an image's data: queued, then saving while it comes, then active. What was changed of the image while the
   * data came is lost, as the service writes the whole image back at the end; members are not part of that.
   * @throws DomainError `image-not-found`, `not-allowed`, `wrong-status`, `formats-missing`, `too-large`, `over-quota`,
   *   `wrong-size`, `invalid-value` for `data` in which a disk cannot be made out, `image-gone`.
   */
  async upload(caller: Caller, imageId: string, stream: Readable, options: UploadOptions = {}): Promise<Image> {
    const { store, clock } = this.#dependencies;
    const { announcedBytes } = options;
    // Quotas are those of whoever asks, and come before the image.
    checkQuotas(this.#dependencies, caller, 'MiB', 'uploads');
    const image = this.#see(caller, imageId, 'show');
    if (!canChange(caller, image))
      throw refusal({
        kind: 'not-allowed',
        action: 'upload',
        subject: imageId,
      });
    if (image.status !== 'queued') {
      throw refusal({
        kind: 'wrong-status',
        imageId,
        from: image.status,
        to: 'saving',
      });
    }
    const missing = (['diskFormat', 'containerFormat'] as const).filter((format) => image[format] === null);
    if (missing.length > 0) throw refusal({ kind: 'formats-missing', imageId, missing });
    checkAnnounced(this.#dependencies, caller, announcedBytes);
    const saving: Image = { ...image, status: 'saving' };
    store.put(saving);
    let received: Received;
    try {
      received = await receiveData(this.#dependencies, stream, announcedBytes);
    } catch (error) {
      if (this.#isSaving(imageId)) store.put(image);
      throw error;
    }
    // Only now is the size known of data that came without one; the image then stays in saving, as the service leaves it.
    if (announcedBytes === undefined && this.#isSaving(imageId))
      checkStorage(this.#dependencies, caller, received.sizeBytes);
    const virtualSizeBytes = await measureDisk(this.#dependencies.blobs, image, received);
    if (typeof virtualSizeBytes === 'string') {
      // A size that no record can hold is found out so late that the image stays in saving, too.
      if (virtualSizeBytes !== 'out-of-range' && this.#isSaving(imageId)) store.put(image);
      throw refusal({ kind: 'invalid-value', attribute: 'data', value: image.diskFormat, reason: virtualSizeBytes });
    }
    const current = store.get(imageId);
    if (current?.status !== 'saving') throw refusal({ kind: 'image-gone', imageId });
    const active: Image = {
      ...saving,
      status: 'active',
      sizeBytes: received.sizeBytes,
      virtualSizeBytes,
      checksum: received.md5,
      hashAlgorithm: received.hash.algorithm,
      hashValue: received.hash.value,
      members: current.members,
      data: received.data,
      updatedAt: clock.now(),
      stores: [options.store ?? defaultStoreOf(this.#dependencies.stores?.() ?? DEFAULT_STORES) ?? []].flat(),
    };
    if (options.settle === undefined) store.put(active);
    else options.settle(active);
    return active;
  }

  /**
   * The data of an image, or `null` for one that has none yet.
   * @throws DomainError `image-not-found`, `image-deactivated`.
   */
  download(caller: Caller, imageId: string): { readonly image: Image; readonly data: ImageData | null } {
    const image = this.#see(caller, imageId, 'show');
    if (image.status === 'deactivated' && !caller.isAdmin) throw refusal({ kind: 'image-deactivated', imageId });
    return { image, data: image.data };
  }

  #put(image: Image): Image {
    this.#dependencies.store.put(image);
    return image;
  }

  #seeTags(caller: Caller, imageId: string, action: 'update-tags' | 'delete-tags'): Image {
    const image = this.#see(caller, imageId, 'part');
    if (!canChange(caller, image)) throw refusal({ kind: 'not-allowed', action, subject: imageId });
    return image;
  }

  #switch(caller: Caller, imageId: string, action: string, status: 'active' | 'deactivated'): Image {
    const image = this.#see(caller, imageId, 'show');
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId });
    if (image.status === status) return image;
    if (image.status !== 'active' && image.status !== 'deactivated') {
      throw refusal({ kind: 'not-allowed', action, subject: image.status });
    }
    return this.#put({ ...image, status, updatedAt: this.#dependencies.clock.now() });
  }

  #see(caller: Caller, imageId: string, purpose: 'show' | 'delete' | 'change' | 'part'): Image {
    const image = this.peek(imageId);
    if (image === undefined || !canSee(caller, image)) throw refusal({ kind: 'image-not-found', imageId, purpose });
    return image;
  }

  #permit(caller: Caller, image: Image, changes: ImageChanges | undefined, manner: Parameters<Permit>[1]): void {
    if (changes?.owner !== undefined && manner !== 'give' && !caller.isAdmin) {
      throw refusal({
        kind: 'not-allowed',
        action: 'change-owner',
        subject: image.id,
      });
    }
    if (changes?.visibility === 'public' && !caller.isAdmin) {
      throw refusal({
        kind: 'not-allowed',
        action: 'publicize',
        subject: image.id,
      });
    }
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId: image.id });
    if (changes === undefined) return;
    if (manner !== 'reformat' && image.status !== 'queued' && image.status !== 'importing') {
      for (const attribute of ['diskFormat', 'containerFormat'] as const) {
        if (changes[attribute] !== undefined) {
          throw refusal({
            kind: 'not-allowed',
            action: 'change-format',
            subject: attribute,
          });
        }
      }
    }
    checkTagQuota(changes.tags, this.#dependencies.limits());
    checkMinimums(changes);
  }

  #isSaving(imageId: string): boolean {
    return this.#dependencies.store.get(imageId)?.status === 'saving';
  }

  /** One more counts for whoever makes it, whosever it will be. */
  #checkCount(caller: Caller): void {
    const excess = excessOf(this.#dependencies, caller, 'images', 1);
    if (excess !== undefined) throw refusal(excess);
  }
}

/** Parts of a millisecond, which keep images of one moment in the order in which they were made. */
const MOMENTS = 4096;

const refusal = (problem: Problem): DomainError => new DomainError(problem);
