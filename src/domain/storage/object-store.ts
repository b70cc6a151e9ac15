import { Collection, type CollectionState } from '../collection.ts';
import type { HashAlgorithm } from '../data/image-data.ts';
import { digestVirtualNow, type VirtualData } from '../data/virtual-data.ts';
import type { StagedData } from '../image.ts';

/** A file in a container (a bucket) of the object store beside the image service. */
export interface StoredObject {
  /** Project id. */
  readonly owner: string;
  readonly container: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Disk format of what it holds; `null` for what is no disk. */
  readonly format: string | null;
  /** What its bytes are made from. */
  readonly seed: number;
  /** What a service finds wrong with it that would make an image of it, as the code of its failure. */
  readonly flaw?: string;
}

/** A container; it may be empty. */
export interface Container {
  readonly owner: string;
  readonly name: string;
}

/** State of an `ObjectStore`, to start others from. */
export interface ObjectStoreState {
  readonly objects: CollectionState<StoredObject>;
  readonly containers: CollectionState<Container>;
}

/** Larger ones have no digests: taking them would be slow. */
const MAX_DIGESTED = 4 * 1024 * 1024;

/** Under what an object is kept. */
export const objectKey = ({ owner, container, name }: Pick<StoredObject, 'owner' | 'container' | 'name'>): string =>
  `${owner}\u0000${container}\u0000${name}`;
/** Under what a container is kept. */
export const containerKey = ({ owner, name }: Container): string => `${owner}\u0000${name}`;

/**
 * The object store of one world, as far as images come from it and go to it: what files there are, how large and of
 * which format. Their bytes are made from a seed.
 */
export class ObjectStore {
  readonly #objects: Collection<StoredObject>;
  readonly #containers: Collection<Container>;

  constructor(
    state: ObjectStoreState | undefined,
    keep: {
      readonly object?: (key: string, object: StoredObject | null) => void;
      readonly container?: (key: string, container: Container | null) => void;
    } = {},
  ) {
    this.#objects = new Collection(state?.objects, keep.object);
    this.#containers = new Collection(state?.containers, keep.container);
  }

  snapshot(): ObjectStoreState {
    return { objects: this.#objects.snapshot(), containers: this.#containers.snapshot() };
  }

  /** Containers of all projects. */
  containers(): readonly Container[] {
    return [...this.#containers.under('')];
  }

  hasContainer(owner: string, name: string): boolean {
    return this.#containers.get(containerKey({ owner, name })) !== undefined;
  }

  get(owner: string, container: string, name: string): StoredObject | undefined {
    return this.#objects.get(objectKey({ owner, container, name }));
  }

  /** Objects of a container, by name. */
  list(owner: string, container: string): readonly StoredObject[] {
    return [...this.#objects.under(objectKey({ owner, container, name: '' }))];
  }

  /** Makes a container, where there is none of that name. */
  makeContainer(container: Container): void {
    if (!this.hasContainer(container.owner, container.name)) this.#containers.set(containerKey(container), container);
  }

  /** Puts an object in, in place of one of its name; its container is made where there is none. */
  put(object: StoredObject): void {
    this.makeContainer({ owner: object.owner, name: object.container });
    this.#objects.set(objectKey(object), object);
  }
}

/** The bytes of an object, for an image that is made of it. */
export function contentOf(
  { sizeBytes, seed, format }: Pick<StoredObject, 'sizeBytes' | 'seed' | 'format'>,
  algorithm?: HashAlgorithm,
): StagedData {
  const data: VirtualData = { kind: 'virtual', sizeBytes, seed };
  const digests = sizeBytes > MAX_DIGESTED ? { md5: null, hash: null } : digestVirtualNow(data, algorithm);
  return { data, sizeBytes, ...digests, virtualSizeBytes: format === 'raw' ? sizeBytes : null };
}
