import { Images } from '../../domain/images/images.ts';
import { NO_DOWNLOADS } from '../../domain/imports/downloads.ts';
import { Imports } from '../../domain/imports/imports.ts';
import { Sources } from '../../domain/imports/sources.ts';
import { Transfers } from '../../domain/imports/transfers.ts';
import type { PartContext, Services } from './part.ts';

/** What services can use of their world. */
export type ServiceContext = Pick<PartContext, 'parts' | 'clock' | 'dependencies'>;

/**
 * Services that work on several parts of a world and have no state of their own. Each is created on first use, so that parts
 * can depend on services and services on parts.
 */
export class WorldServices implements Services {
  readonly #context: ServiceContext;
  #images: Images | undefined;
  #imports: Imports | undefined;
  #transfers: Transfers | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Images with the rules of the services. */
  get images(): Images {
    this.#images ??= createImages(this.#context);
    return this.#images;
  }

  /** Imports of data from elsewhere into images. */
  get imports(): Imports {
    this.#imports ??= createImports(this.#context, this.images);
    return this.#imports;
  }

  /** Creates images from servers, volumes and other images. */
  get transfers(): Transfers {
    this.#transfers ??= createTransfers(this.#context, this.images);
    return this.#transfers;
  }
}

function createImages({ parts, clock, dependencies }: ServiceContext): Images {
  return new Images({
    store: parts.imageStore,
    clock,
    ids: parts.ids,
    limits: () => parts.limits,
    blobs: dependencies.blobs,
    hashing: () => dependencies.conventions.hashAlgorithm(parts.profiles),
    stores: () => parts.stores,
    onShow: (imageId) => parts.tasks.pollImage(imageId),
  });
}

function createImports({ parts, clock, dependencies }: ServiceContext, images: Images): Imports {
  return new Imports({
    store: parts.imageStore,
    clock,
    limits: () => parts.limits,
    blobs: dependencies.blobs,
    hashing: () => dependencies.conventions.hashAlgorithm(parts.profiles),
    tasks: parts.tasks,
    images,
    stores: () => parts.stores,
    sources: new Sources({
      web: () => parts.web,
      blobs: dependencies.blobs,
      downloads: dependencies.downloads ?? NO_DOWNLOADS,
    }),
    conventions: dependencies.conventions.imports,
  });
}

function createTransfers({ parts }: ServiceContext, images: Images): Transfers {
  return new Transfers({
    store: parts.imageStore,
    images,
    tasks: parts.tasks,
    stores: () => parts.stores,
  });
}
