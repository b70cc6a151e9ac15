import BTreeModule from 'sorted-btree';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Image } from '../image.ts';
import { DomainError } from '../problem.ts';
import type { Task } from '../tasks/task.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { canSee } from './image-rules.ts';

const BTree = BTreeModule.default;
type Tree = BTreeModule.default<string, CachedImage>;

/** An image whose data the service keeps at hand. */
export interface CachedImage {
  readonly imageId: string;
  readonly sizeBytes: number;
  readonly hits: number;
  /** Milliseconds since 1970. */
  readonly lastAccessed: number;
  readonly lastModified: number;
}

/** State of a cache, to start another from. */
export interface ImageCacheState {
  readonly cached: Tree;
}

/** What `ImageCache` needs of a world. */
export interface ImageCacheDependencies {
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly peek: (imageId: string) => Image | undefined;
  /** Is given each entry that is put in, and `null` for one that goes. */
  readonly onChange?: (imageId: string, entry: CachedImage | null) => void;
}

/** What tasks fill the cache. */
const FILLING = { kind: 'cache', api: 'image-v2', type: 'cache' } as const;

/** The image cache of one world: what is in it, and what waits to be. Who may look at it or empty it, the dialect asks first. */
export class ImageCache {
  readonly #dependencies: ImageCacheDependencies;
  readonly #cached: Tree;

  constructor(state: ImageCacheState | undefined, parts: ImageCacheDependencies) {
    this.#dependencies = parts;
    this.#cached = state?.cached.clone() ?? new BTree<string, CachedImage>();
  }

  snapshot(): ImageCacheState {
    return { cached: this.#cached.clone() };
  }

  list(): readonly CachedImage[] {
    return [...this.#cached.values()];
  }

  /** Ids of images that wait, the first one first. */
  queued(): readonly string[] {
    return this.#dependencies.tasks.running(FILLING.kind).flatMap(({ imageId }) => imageId ?? []);
  }

  /**
   * Has an image cached: at once, or as the world's progress has it.
   * @throws DomainError `image-not-found`, `not-allowed`, `not-cacheable`.
   */
  queue(caller: Caller, imageId: string): void {
    const image = this.#manage(caller, imageId, 'cache_image');
    if (image.status !== 'active') throw new DomainError({ kind: 'not-cacheable', imageId });
    if (this.#cached.has(imageId) || this.#filling(imageId).length > 0) return;
    this.#dependencies.tasks.start(caller, {
      ...FILLING,
      isUnseen: true,
      imageId,
      onSuccess: [{ kind: 'cache', imageId }],
    });
  }

  /**
   * Drops an image from cache and queue.
   * @throws DomainError `image-not-found`, `not-allowed`.
   */
  remove(caller: Caller, imageId: string): void {
    this.#manage(caller, imageId, 'cache_delete');
    this.#drop(imageId);
    this.#unqueue(this.#filling(imageId));
  }

  /** Empties the cache, the queue, or both. */
  clear(target: 'cache' | 'queue' | 'both'): void {
    if (target !== 'queue') for (const imageId of [...this.#cached.keys()]) this.#drop(imageId);
    if (target !== 'cache') this.#unqueue(this.#dependencies.tasks.running(FILLING.kind));
  }

  /** Drops what is of no more use: entries of images that are gone. */
  clean(): void {
    for (const imageId of [...this.#cached.keys()]) if (!isThere(this.#dependencies.peek(imageId))) this.#drop(imageId);
  }

  /**
   * Drops the entries that were not asked for the longest, until the rest fits.
   * @param mostBytes - what the cache may hold; `null` for any amount.
   */
  prune(mostBytes: number | null): { readonly files: number; readonly bytes: number } {
    const entries = this.list();
    let held = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const before = held;
    let files = 0;
    for (const entry of [...entries].sort((a, b) => a.lastAccessed - b.lastAccessed)) {
      if (mostBytes === null || held <= mostBytes) break;
      this.#drop(entry.imageId);
      held -= entry.sizeBytes;
      files += 1;
    }
    return { files, bytes: before - held };
  }

  /** Takes an image in; one that is gone by now is left alone. */
  put(imageId: string): void {
    const image = this.#dependencies.peek(imageId);
    if (!isThere(image)) return;
    const now = this.#dependencies.clock.now();
    const entry = { imageId, sizeBytes: image.sizeBytes ?? 0, hits: 0, lastAccessed: now, lastModified: now };
    this.#dependencies.onChange?.(imageId, entry);
    this.#cached.set(imageId, entry);
  }

  #manage(caller: Caller, imageId: string, action: string): Image {
    const image = this.#dependencies.peek(imageId);
    if (!isThere(image) || !canSee(caller, image)) {
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

  /** Tasks on their way that fill the cache with an image. */
  #filling(imageId: string): readonly Task[] {
    return this.#dependencies.tasks.runningOn(imageId).filter(({ kind }) => kind === FILLING.kind);
  }

  #unqueue(tasks: readonly Task[]): void {
    for (const task of tasks) this.#dependencies.tasks.finish(task, { code: null, message: 'taken out of the queue' });
  }
}

const isThere = (image: Image | undefined): image is Image => image !== undefined && image.status !== 'deleted';

/** The state of a cache that was kept. */
export function restoreImageCache(entries: Iterable<CachedImage>): ImageCacheState {
  const cached = new BTree<string, CachedImage>();
  for (const entry of entries) cached.set(entry.imageId, entry);
  return { cached };
}
