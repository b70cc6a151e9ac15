import BTreeModule from 'sorted-btree';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import type { Task } from '../tasks/task.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { canSee } from './image-rules.ts';

const BTree = BTreeModule.default;
type CacheTree = BTreeModule.default<string, CachedImage>;

/** An image whose data is in the cache. */
export interface CachedImage {
  readonly imageId: string;
  readonly sizeBytes: number;
  readonly hits: number;
  /** Milliseconds since 1970. */
  readonly lastAccessed: number;
  readonly lastModified: number;
}

/** State of a cache, from which another can start. */
export interface ImageCacheState {
  readonly cached: CacheTree;
}

/** What `ImageCache` uses of its world. */
export interface ImageCacheDependencies {
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly peek: (imageId: string) => Image | undefined;
  /** Dialect that the tasks belong to. */
  readonly api: string;
  /** Called with each entry before it is stored, and with `null` for one that is removed. */
  readonly onChange?: (imageId: string, entry: CachedImage | null) => void;
}

/** The image cache of one world, and the queue of images to be cached. The dialect checks who may list or clear it. */
export class ImageCache {
  readonly #dependencies: ImageCacheDependencies;
  readonly #cached: CacheTree;

  constructor(state: ImageCacheState | undefined, dependencies: ImageCacheDependencies) {
    this.#dependencies = dependencies;
    this.#cached = state?.cached.clone() ?? new BTree<string, CachedImage>();
  }

  /** The current state; costs the same for any number of entries. */
  snapshot(): ImageCacheState {
    return { cached: this.#cached.clone() };
  }

  /** Lists the cached images by id. */
  list(): readonly CachedImage[] {
    return [...this.#cached.values()];
  }

  /** Lists the ids of queued images, the oldest first. */
  queued(): readonly string[] {
    return this.#dependencies.tasks.running('cache').flatMap(({ imageId }) => imageId ?? []);
  }

  /**
   * Queues an image. The progress rules of the world decide when it is cached.
   * @throws DomainError `image-not-found`, `not-allowed`, `not-cacheable`.
   */
  queue(caller: Caller, imageId: string): void {
    const { tasks, api } = this.#dependencies;
    const image = this.#findManaged(caller, imageId, 'cache-image');
    if (image.status !== 'active') throw new DomainError({ kind: 'not-cacheable', imageId });
    if (this.#cached.has(imageId) || this.#filling(imageId).length > 0) return;
    const task = { kind: 'cache', api, type: 'cache', isUnseen: true, imageId } as const;
    tasks.start(caller, { ...task, onSuccess: [{ kind: 'cache', imageId }] });
  }

  /**
   * Removes an image from the cache and from the queue.
   * @throws DomainError `image-not-found`, `not-allowed`.
   */
  remove(caller: Caller, imageId: string): void {
    this.#findManaged(caller, imageId, 'remove-cached-image');
    this.#drop(imageId);
    this.#unqueue(this.#filling(imageId));
  }

  /** Clears the cache, the queue, or both. */
  clear(target: 'cache' | 'queue' | 'both'): void {
    if (target !== 'queue') for (const imageId of [...this.#cached.keys()]) this.#drop(imageId);
    if (target !== 'cache') this.#unqueue(this.#dependencies.tasks.running('cache'));
  }

  /** Removes the entries of deleted images. */
  clean(): void {
    for (const imageId of [...this.#cached.keys()]) if (!exists(this.#dependencies.peek(imageId))) this.#drop(imageId);
  }

  /**
   * Removes the least recently accessed entries until the remaining ones fit.
   * @param maxBytes - capacity of the cache; `null` for any size.
   * @returns number and size of the removed entries.
   */
  prune(maxBytes: number | null): { readonly files: number; readonly bytes: number } {
    const entries = this.list();
    const before = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    let total = before;
    let files = 0;
    for (const entry of [...entries].sort((a, b) => a.lastAccessed - b.lastAccessed)) {
      if (maxBytes === null || total <= maxBytes) break;
      this.#drop(entry.imageId);
      total -= entry.sizeBytes;
      files += 1;
    }
    return { files, bytes: before - total };
  }

  /** Caches an image; a deleted one is ignored. */
  put(imageId: string): void {
    const image = this.#dependencies.peek(imageId);
    if (!exists(image)) return;
    const now = this.#dependencies.clock.now();
    const entry = { imageId, sizeBytes: image.sizeBytes ?? 0, hits: 0, lastAccessed: now, lastModified: now };
    this.#dependencies.onChange?.(imageId, entry);
    this.#cached.set(imageId, entry);
  }

  #findManaged(caller: Caller, imageId: string, action: string): Image {
    const image = this.#dependencies.peek(imageId);
    if (!exists(image) || !canSee(caller, image)) {
      throw new DomainError({ kind: 'image-not-found', imageId, purpose: 'part' });
    }
    if (!caller.isAdmin) throw new DomainError({ kind: 'not-allowed', action, subject: imageId });
    return image;
  }

  #drop(imageId: string): void {
    if (!this.#cached.has(imageId)) return;
    this.#dependencies.onChange?.(imageId, null);
    this.#cached.delete(imageId);
  }

  /** Running tasks that cache an image. */
  #filling(imageId: string): readonly Task[] {
    return this.#dependencies.tasks.runningOn(imageId).filter(({ kind }) => kind === 'cache');
  }

  #unqueue(tasks: readonly Task[]): void {
    for (const task of tasks) this.#dependencies.tasks.finish(task, { code: null, message: 'removed from the queue' });
  }
}

const exists = (image: Image | undefined): image is Image => image !== undefined && image.status !== 'deleted';

/** Restores the state of a cache from its entries. */
export function restoreImageCache(entries: Iterable<CachedImage>): ImageCacheState {
  const cached = new BTree<string, CachedImage>();
  for (const entry of entries) cached.set(entry.imageId, entry);
  return { cached };
}
