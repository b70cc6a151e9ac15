import type { Caller } from '../caller.ts';
import { defaultStoreOf, type Store } from '../data/store.ts';
import type { Image, Location } from '../image.ts';
import { canChange, findVisible } from '../images/image-rules.ts';
import { DomainError, type Problem } from '../problem.ts';
import { fetchData, type MeasuredData } from './fetch-data.ts';
import { holdingStores } from './import-checks.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';
import { type LocatedData, locate } from './location-data.ts';

/** An address of the data of an image. */
export interface NewLocation {
  readonly imageId: string;
  readonly address: string;
  /** Digest that the data must have. */
  readonly validation?: { readonly algorithm: string; readonly value: string } | undefined;
}

/** Where the data of an image is: an address that a client gave (`null` for none) and the store (`null` for none). */
export interface ImageLocation {
  readonly address: string | null;
  readonly store: string | null;
}

type LocationProblem = Extract<Problem, { readonly kind: 'location-rejected' }>;
type StoreProblem = Extract<Problem, { readonly kind: 'store-rejected' }>;

/** The locations of the data of an image, one for each store that contains it, in their order. A single store has no name. */
export function locationsOf(image: Image, stores: readonly Store[]): readonly Location[] {
  if (image.data === null) return [];
  const known = [...(image.locations ?? [])];
  const holding = holdingStores(image, stores);
  return (holding.length === 0 ? [''] : holding).map((store, index) => {
    const at = known.findIndex((location) => location.store === store);
    const [location] = at < 0 ? [] : known.splice(at, 1);
    const address = index === 0 && image.locations === undefined ? (image.location ?? null) : null;
    return location ?? { store, address, metadata: {} };
  });
}

/** The locations without the first one in a store. */
function without(locations: readonly Location[], store: string) {
  const at = locations.findIndex((location) => location.store === store);
  const left = locations.filter((_location, index) => index !== at);
  return { locations: left, stores: left.map((location) => location.store) };
}

/** Addresses and stores of the data of images. */
export class ImageLocations {
  readonly #dependencies: ImportsDependencies;

  constructor(dependencies: ImportsDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Assigns data that exists at another address to a queued image, and makes it active.
   * @throws DomainError `image-not-found`, `not-allowed`, `wrong-status`, `location-rejected`.
   */
  async add(caller: Caller, { imageId, address, validation }: NewLocation): Promise<void> {
    const { store, clock, stores } = this.#dependencies;
    const image = this.#findQueued(caller, imageId);
    const data = await this.#fetch(caller, image, { address, validation });
    const current = store.get(imageId);
    if (current?.status !== 'queued') throw new DomainError({ kind: 'image-gone', imageId });
    store.put({
      ...current,
      status: 'active',
      sizeBytes: data.sizeBytes,
      virtualSizeBytes: data.virtualSizeBytes,
      checksum: data.md5,
      hashAlgorithm: data.hash?.algorithm ?? null,
      hashValue: data.hash?.value ?? null,
      data: data.data,
      location: address,
      stores: [defaultStoreOf(stores()) ?? []].flat(),
      updatedAt: clock.now(),
    });
  }

  /**
   * Lists one location for each store that contains the data of an image.
   * @throws DomainError `image-not-found`; `not-allowed` unless the caller has the role `service`.
   */
  list(caller: Caller, imageId: string): readonly ImageLocation[] {
    const { store, stores } = this.#dependencies;
    const image = findVisible(store, caller, { imageId, purpose: 'show' });
    if (!caller.roles.includes('service')) {
      throw new DomainError({ kind: 'not-allowed', action: 'list-locations', subject: imageId });
    }
    if (image.data === null) return [];
    const holding = holdingStores(image, stores());
    if (image.location !== undefined || holding.length === 0) {
      return [{ address: image.location ?? null, store: holding[0] ?? null }];
    }
    return holding.map((id) => ({ address: null, store: id }));
  }

  /** Returns what is at an address that a client gives as a location of an image. */
  locate(caller: Caller, image: Image, address: string): Promise<LocatedData> {
    return locate(this.#dependencies, caller, { image, address });
  }

  /** Bytes that the caller's project may still store; infinite without a quota. */
  remainingStorage(caller: Caller): number {
    const { store, limits } = this.#dependencies;
    const quota = limits().userStorageQuota;
    return quota === null ? Number.POSITIVE_INFINITY : quota - store.usage(caller.projectId).bytes;
  }

  /**
   * Removes the copy of an image from one store.
   * @throws DomainError `image-not-found`, `image-not-owned`, `store-rejected`.
   */
  removeFromStore(caller: Caller, storeId: string, imageId: string): void {
    const { store, clock, stores } = this.#dependencies;
    const rejected = (reason: StoreProblem['reason']): DomainError =>
      new DomainError({ kind: 'store-rejected', imageId, store: storeId, reason });
    if (stores().every(({ id }) => id !== storeId)) throw rejected('unknown-store');
    const image = findVisible(store, caller, { imageId, purpose: 'store' });
    if (!canChange(caller, image)) throw new DomainError({ kind: 'image-not-owned', imageId });
    if (image.status !== 'active') throw rejected('not-active');
    const holding = holdingStores(image, stores());
    if (holding.length <= 1) throw rejected('only-copy');
    if (!holding.includes(storeId)) throw rejected('not-there');
    // A store can hold several locations: the first is removed.
    const { stores: left, locations } = without(locationsOf(image, stores()), storeId);
    const kept = image.locations === undefined ? {} : { locations };
    store.put({ ...image, ...kept, stores: left, updatedAt: clock.now() });
  }

  #findQueued(caller: Caller, imageId: string): Image {
    const image = findVisible(this.#dependencies.store, caller, { imageId, purpose: 'show' });
    if (!canChange(caller, image) && !caller.roles.includes('service')) {
      throw new DomainError({ kind: 'not-allowed', action: 'add-location', subject: imageId });
    }
    if (image.status === 'queued') return image;
    throw new DomainError({ kind: 'wrong-status', imageId, from: image.status, to: 'active' });
  }

  async #fetch(
    { source: fault }: Caller,
    image: Image,
    { address, validation }: Pick<NewLocation, 'address' | 'validation'>,
  ): Promise<MeasuredData> {
    const { blobs, sources } = this.#dependencies;
    const rejected = (reason: LocationProblem['reason']): DomainError =>
      new DomainError({ kind: 'location-rejected', imageId: image.id, reason });
    if (!sources.allows(address, fault)) throw rejected('address');
    const { data } = await fetchData(this.#dependencies, { image, address, lengthCheck: 'if-announced', fault });
    if (data === undefined) throw rejected('unreadable');
    if (validation !== undefined) {
      const digest = await blobs.digest(data, validation.algorithm);
      if (digest !== validation.value.toLowerCase()) throw rejected('hash');
    }
    return data;
  }
}
