import { IdQueue } from './id-queue.ts';
import { IdSet } from './id-set.ts';

/** How many deleted images a world keeps; of older ones, it keeps the id. */
export const MAX_DELETED = 10_000;
/** Number of ids after which the ids before the latest so many are dropped. */
export const MAX_IDS = 50_000;

/**
 * The deleted images of a world: in which order they were deleted, and the ids of those that it has forgotten, which stay taken. At
 * least the latest `MAX_IDS` ids are kept, and at most twice as many. Copies take the same time for any number of images.
 */
export class DeletedImages {
  /** Ids of the images that are kept, in the order of their deletion. */
  #order = new IdQueue();
  /** Ids of forgotten images, and those before them. */
  #forgotten = new IdSet();
  #before = new IdSet();

  /** An independent copy. */
  clone(): DeletedImages {
    const copy = new DeletedImages();
    copy.#order = this.#order.clone();
    copy.#forgotten = this.#forgotten.clone();
    copy.#before = this.#before.clone();
    return copy;
  }

  /** Whether an image with this id was deleted and forgotten. */
  hasForgotten(id: string): boolean {
    return this.#forgotten.has(id) || this.#before.has(id);
  }

  /** Notes that an image was deleted. Returns the id of one to forget, once there are too many. */
  add(id: string): string | undefined {
    this.#order.push(id);
    return this.#order.size > MAX_DELETED ? this.#order.shift() : undefined;
  }

  /** Keeps the id of an image that is forgotten. */
  forget(id: string): void {
    if (this.#forgotten.size >= MAX_IDS) {
      this.#before = this.#forgotten;
      this.#forgotten = new IdSet();
    }
    this.#forgotten.add(id);
  }
}
