import { DomainError } from './problem.ts';
import type { Image } from './image.ts';
import type { ImagePage, ImageQuery } from './image-query.ts';

/** State of a store, to start another from; never changes. */
export interface ImageStoreState {
  readonly images: ReadonlyMap<string, Image>;
}

/** Holds the images of one world and answers list queries. */
export class ImageStore {
  readonly #images: Map<string, Image>;

  constructor(state?: ImageStoreState) {
    this.#images = new Map(state?.images);
  }

  /** What another store needs to go on from here; costs the same however many images there are. */
  snapshot(): ImageStoreState {
    return { images: new Map(this.#images) };
  }

  /** The image of that id, deleted ones too (their ids stay taken). Case matters. */
  get(id: string): Image | undefined {
    return this.#images.get(id);
  }

  /** Puts an image in, or in place of the one of its id. */
  put(image: Image): void {
    this.#images.set(image.id, image);
  }

  /** Bytes and number of the images that a project owns (deleted ones left out). */
  usage(projectId: string): { readonly images: number; readonly bytes: number } {
    let images = 0;
    let bytes = 0;
    for (const image of this.#images.values()) {
      if (image.owner !== projectId || image.status === 'deleted') continue;
      images += 1;
      bytes += image.sizeBytes ?? 0;
    }
    return { images, bytes };
  }

  /** @throws DomainError `marker-not-found`. */
  list(query: ImageQuery): ImagePage {
    const all = [...this.#images.values()].filter((image) => image.status !== 'deleted').reverse();
    let from = 0;
    if (query.marker !== undefined) {
      from = all.findIndex((image) => image.id === query.marker) + 1;
      if (from === 0) throw new DomainError({ kind: 'marker-not-found', marker: query.marker });
    }
    return {
      images: all.slice(from, from + query.limit),
      hasMore: all.length > from + query.limit,
    };
  }
}
