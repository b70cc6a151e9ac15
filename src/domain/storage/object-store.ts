import { Collection, type CollectionState } from '../collection.ts';
import type { HashAlgorithm } from '../data/image-data.ts';
import { digestVirtualNow, type VirtualData } from '../data/virtual-data.ts';
import type { StagedData } from '../image.ts';

/** A file in a container (bucket) of the object store. */
export interface StoredObject {
  /** Project id. */
  readonly owner: string;
  readonly container: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Disk format of the content; `null` if it is not a disk. */
  readonly format: string | null;
  /** Seed that its bytes are generated from. */
  readonly seed: number;
  /** Code of the failure that services report when they import it; absent for a valid file. */
  readonly flaw?: string;
}

/** A container (bucket). It may be empty. */
export interface Container {
  readonly owner: string;
  readonly name: string;
}

/** State of an `ObjectStore`, from which others can start. */
export interface ObjectStoreState {
  readonly objects: CollectionState<StoredObject>;
  readonly containers: CollectionState<Container>;
}

/** Largest object whose digests are computed, in bytes. */
const MAX_DIGESTED_BYTES = 4 * 1024 * 1024;

/** Key of an object. */
export const objectKey = ({ owner, container, name }: Pick<StoredObject, 'owner' | 'container' | 'name'>): string =>
  `${owner}\u0000${container}\u0000${name}`;
/** Key of a container. */
export const containerKey = ({ owner, name }: Container): string => `${owner}\u0000${name}`;

/**
 * The files of one world that images are imported from and exported to, with their size and format. Their bytes are
 * generated from a seed.
 */
export class ObjectStore {
  readonly #objects: Collection<StoredObject>;
  readonly #containers: Collection<Container>;

  /** @param onChange - called with each value before it is stored, and with `null` for one that is removed. */
  constructor(
    state: ObjectStoreState | undefined,
    onChange: {
      readonly object?: (key: string, object: StoredObject | null) => void;
      readonly container?: (key: string, container: Container | null) => void;
    } = {},
  ) {
    this.#objects = new Collection(state?.objects, onChange.object);
    this.#containers = new Collection(state?.containers, onChange.container);
  }

  /** The current state; costs the same for any number of objects. */
  snapshot(): ObjectStoreState {
    return { objects: this.#objects.snapshot(), containers: this.#containers.snapshot() };
  }

  /** Lists the containers of all projects. */
  containers(): readonly Container[] {
    return [...this.#containers.under('')];
  }

  /** Whether a project has a container of this name. */
  hasContainer(owner: string, name: string): boolean {
    return this.#containers.get(containerKey({ owner, name })) !== undefined;
  }

  /** Returns an object of a project. */
  get(owner: string, container: string, name: string): StoredObject | undefined {
    return this.#objects.get(objectKey({ owner, container, name }));
  }

  /** Lists the objects of a container by name. */
  list(owner: string, container: string): readonly StoredObject[] {
    return [...this.#objects.under(objectKey({ owner, container, name: '' }))];
  }

  /** Creates a container unless it exists. */
  createContainer(container: Container): void {
    if (!this.hasContainer(container.owner, container.name)) this.#containers.set(containerKey(container), container);
  }

  /** Stores an object in place of one with the same name, and creates its container if it is missing. */
  put(object: StoredObject): void {
    this.createContainer({ owner: object.owner, name: object.container });
    this.#objects.set(objectKey(object), object);
  }
}

/** The content of an object, for an image that is created from it. */
export function contentOf(
  { sizeBytes, seed, format }: Pick<StoredObject, 'sizeBytes' | 'seed' | 'format'>,
  algorithm?: HashAlgorithm,
): StagedData {
  const data: VirtualData = { kind: 'virtual', sizeBytes, seed };
  const digests = sizeBytes > MAX_DIGESTED_BYTES ? { md5: null, hash: null } : digestVirtualNow(data, algorithm);
  return { data, sizeBytes, ...digests, virtualSizeBytes: format === 'raw' ? sizeBytes : null };
}
