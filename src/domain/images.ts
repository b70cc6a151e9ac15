import type { Readable } from 'node:stream';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { Image, ImageStatus, Visibility } from './image.ts';
import type { BlobStore, ImageData } from './image-data.ts';
import type { ImagePage, ImageQuery } from './image-query.ts';
import type { ImageStore } from './image-store.ts';
import type { Limits } from './limits.ts';
import { DomainError } from './problem.ts';

/** What a client may say of an image that it makes. */
export interface NewImage {
  readonly id?: string;
  readonly name?: string | null;
  readonly owner?: string;
  readonly visibility?: Visibility;
  readonly isProtected?: boolean;
  readonly isHidden?: boolean;
  readonly containerFormat?: string | null;
  readonly diskFormat?: string | null;
  readonly minDisk?: number;
  readonly minRam?: number;
  readonly tags?: readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
}

/** What a client may change of an image. */
export type ImageChanges = Omit<NewImage, 'id'>;

export interface ImagesParts {
  readonly store: ImageStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: () => Limits;
  readonly blobs: BlobStore;
}

/** The images of one world with their rules: who may see and do what, and which state allows it. */
export class Images {
  readonly #parts: ImagesParts;

  constructor(parts: ImagesParts) {
    this.#parts = parts;
  }

  /** The image, whoever asks; deleted ones too. */
  peek(id: string): Image | undefined {
    return this.#parts.store.get(id);
  }

  /** Puts an image in as it is, rules skipped: for fixtures and the admin API. */
  place(image: Image): void {
    this.#parts.store.put(image);
  }

  /** @throws DomainError `marker-not-found`. */
  list(query: ImageQuery): ImagePage {
    return this.#parts.store.list(query);
  }

  /** @throws DomainError `image-not-found` for an image that is not there or that the caller may not see. */
  show(_caller: Caller, imageId: string): Image {
    const image = this.peek(imageId);
    if (image === undefined) throw new DomainError({ kind: 'image-not-found', imageId, purpose: 'show' });
    return image;
  }

  /**
   * Registers an image without data.
   * @throws DomainError `image-exists`, `not-allowed`, `too-many`.
   */
  create(_caller: Caller, _image: NewImage): Image {
    throw new Error('create');
  }

  /**
   * Changes an image.
   * @param change - is given the image as it stands and answers what shall change.
   * @throws DomainError `image-not-found`, `image-not-owned`, `not-allowed`, `too-many`.
   */
  change(_caller: Caller, _imageId: string, _change: (image: Image) => ImageChanges): Image {
    throw new Error('change');
  }

  /**
   * Removes an image with its members, tags and data.
   * @param options.refuseWhile - statuses in which this API refuses with `image-busy`.
   * @throws DomainError `image-not-found`, `image-protected`, `image-not-owned`, `image-in-use`, `image-busy`.
   */
  remove(_caller: Caller, _imageId: string, _options?: { readonly refuseWhile?: readonly ImageStatus[] }): Image {
    throw new Error('remove');
  }

  /**
   * Takes in an image's data: queued, then saving while it comes, then active.
   * @param options.announcedBytes - the size that the client said.
   * @throws DomainError `image-not-found`, `wrong-status`, `formats-missing`, `too-large`, `over-quota`, `wrong-size`, `image-gone`.
   */
  upload(_caller: Caller, _imageId: string, _stream: Readable, _options?: { readonly announcedBytes?: number }): Promise<Image> {
    throw new Error('upload');
  }

  /**
   * The data of an image, or `null` for one that has none yet.
   * @throws DomainError `image-not-found`, `image-deactivated`.
   */
  download(_caller: Caller, _imageId: string): { readonly image: Image; readonly data: ImageData | null } {
    throw new Error('download');
  }
}
