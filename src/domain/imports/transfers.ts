import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import { defaultStoreOf, type Store } from '../data/store.ts';
import type { Image, StagedData } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { NewImage } from '../images/image-changes.ts';
import type { Images, UploadOptions } from '../images/images.ts';
import type { Failure, TaskKind } from '../progress.ts';
import type { StoredObject } from '../storage/object-store.ts';
import type { Effect, JsonObject, Task } from '../tasks/task.ts';
import type { NewPart, Tasks } from '../tasks/tasks.ts';
import { contentOfImage } from './image-copy.ts';

type ImageChange = Extract<Effect, { readonly kind: 'change' }>;

/** What every task shows of how it began. */
export interface TaskRequest {
  readonly kind: TaskKind;
  /** Dialect that shows it, and what that calls it. */
  readonly api: string;
  readonly type: string;
  readonly input?: JsonObject;
  readonly requestId?: string;
  /** What it must fail with: what it was to work on is not as it should be. */
  readonly failure?: Failure;
  /** What the API calls the one part that does the work, where it shows that as a task of its own. */
  readonly part?: string;
}

/** One of several images that one task makes, each a part of it. */
export interface PartRequest {
  /** What the API calls the part. */
  readonly type: string;
  readonly image: NewImage;
  readonly content: StagedData;
  readonly failure?: Failure;
}

/** An image that is to be made of bytes that are there. */
export interface TransferRequest extends TaskRequest {
  readonly image: NewImage;
  readonly content: StagedData;
  /** What the task answers of its image. */
  readonly result?: (imageId: string) => JsonObject;
  /** What becomes of the image where its making fails. */
  readonly onFailure: 'remove' | 'kill';
  /** What else comes about with the image. */
  readonly onSuccess?: (imageId: string) => readonly Effect[];
  /** What the image takes on as its data comes. */
  readonly withData?: Pick<ImageChange, 'changes' | 'properties'>;
  /** What comes about beside the image: when it begins, while it goes on, and when it has ended one way or the other. */
  readonly beside?: { readonly begin?: Effect; readonly processing?: Effect; readonly end?: Effect };
}

/** What is said of an upload. */
export interface UploadRequest extends Omit<UploadOptions, 'settle'> {
  /** Dialect that takes it. */
  readonly api: string;
  readonly requestId?: string;
}

/** What `Transfers` needs of a world. */
export interface TransfersDependencies {
  readonly store: ImageStore;
  readonly images: Images;
  readonly tasks: Tasks;
  readonly stores: () => readonly Store[];
}

/** Images that are made of what is elsewhere in the cloud, and go elsewhere: each a task that takes its time. */
export class Transfers {
  readonly #dependencies: TransfersDependencies;

  constructor(parts: TransfersDependencies) {
    this.#dependencies = parts;
  }

  /**
   * Takes in an image's data, as `Images.upload` does; it is saving for as long as the world's progress of uploads has it.
   * @throws DomainError as `Images.upload`.
   */
  async upload(
    caller: Caller,
    imageId: string,
    stream: Readable,
    { api, requestId, ...options }: UploadRequest,
  ): Promise<void> {
    const { images, store, tasks } = this.#dependencies;
    const wish = { kind: 'upload', api, type: 'upload', imageId } as const;
    const settle = (active: Image): void => {
      const staged = tasks.isInstant(caller, wish) ? undefined : contentOfImage(active);
      if (staged === undefined) {
        store.put(active);
        return;
      }
      store.put({ ...active, ...WITHOUT_DATA, status: 'saving', staged });
      tasks.start(caller, {
        ...wish,
        ...(requestId !== undefined && { requestId }),
        isUnseen: true,
        onSuccess: [{ kind: 'activate', imageId, ...(active.stores !== undefined && { stores: active.stores }) }],
        onFailure: [failed(imageId, 'kill')],
      });
    };
    await images.upload(caller, imageId, stream, { ...options, settle });
  }

  /**
   * Makes an image: queued, then saving, then active with its data.
   * @throws DomainError as `Images.create`.
   */
  makeImage(caller: Caller, wish: TransferRequest): { readonly image: Image; readonly task: Task } {
    const { images, store, tasks, stores } = this.#dependencies;
    const image = images.create(caller, wish.image);
    store.put({ ...image, staged: wish.content });
    const imageId = image.id;
    const standard = defaultStoreOf(stores());
    const { begin, processing, end } = wish.beside ?? {};
    const taking: ImageChange = { kind: 'change', imageId, changes: {}, ...wish.withData };
    const also = (effect: Effect | undefined): readonly Effect[] => (effect === undefined ? [] : [effect]);
    const task = tasks.start(caller, {
      ...taskOf(wish, wish.result?.(imageId)),
      imageId,
      onBegin: () => also(begin),
      onProcessing: [{ ...taking, changes: { ...taking.changes, status: 'saving' } }, ...also(processing)],
      onSuccess: [
        // A task that ends at once was never under way.
        ...also(wish.withData && taking),
        { kind: 'activate', imageId, stores: standard === undefined ? [] : [standard] },
        ...(wish.onSuccess?.(imageId) ?? []),
        ...also(end),
      ],
      onFailure: [failed(imageId, wish.onFailure), ...also(end)],
    });
    return { image: images.peek(imageId) ?? image, task };
  }

  /**
   * Makes several images, each as `makeImage` does; each can fail for itself.
   * @throws DomainError as `Images.create`.
   */
  makeImages(
    caller: Caller,
    wish: TaskRequest &
      Pick<TransferRequest, 'onFailure'> & { readonly result: (imageId: string, index: number) => JsonObject },
    parts: readonly PartRequest[],
  ): Task {
    const { images, store, tasks, stores } = this.#dependencies;
    const standard = defaultStoreOf(stores());
    const made = parts.map(({ type, image: wanted, content, failure }, index) => {
      const image = images.create(caller, wanted);
      store.put({ ...image, staged: content });
      const imageId = image.id;
      return {
        type,
        imageId,
        result: wish.result(imageId, index),
        ...(failure !== undefined && { failure }),
        onProcessing: [{ kind: 'change', imageId, changes: { status: 'saving' } }],
        onSuccess: [{ kind: 'activate', imageId, stores: standard === undefined ? [] : [standard] }],
        onFailure: [failed(imageId, wish.onFailure)],
      } satisfies NewPart;
    });
    return tasks.start(caller, { ...taskOf(wish), parts: made });
  }

  /** Gives an image without data what is there; it is queued and becomes active, or is killed. */
  fillImage(
    caller: Caller,
    image: Image,
    content: StagedData,
    wish: TaskRequest & { readonly result?: JsonObject },
  ): Task {
    const { store, tasks, stores } = this.#dependencies;
    const imageId = image.id;
    const standard = defaultStoreOf(stores());
    store.put({ ...image, staged: content });
    return tasks.start(caller, {
      ...taskOf(wish, wish.result),
      imageId,
      onBegin: () => [{ kind: 'change', imageId, changes: { status: 'saving' } }],
      onSuccess: [{ kind: 'activate', imageId, stores: standard === undefined ? [] : [standard] }],
      onFailure: [failed(imageId, 'kill')],
    });
  }

  /** Writes an image into the object store. */
  exportImage(
    caller: Caller,
    image: Image,
    object: StoredObject,
    wish: TaskRequest & { readonly result?: JsonObject },
  ): Task {
    return this.#dependencies.tasks.start(caller, {
      ...taskOf(wish, wish.result),
      imageId: image.id,
      onSuccess: [{ kind: 'put-object', object }],
    });
  }

  /** A task that is bound to fail. */
  fail(caller: Caller, wish: TaskRequest & { readonly imageId?: string }, failure: Failure): Task {
    return this.#dependencies.tasks.start(caller, {
      ...taskOf(wish),
      ...(wish.imageId !== undefined && { imageId: wish.imageId }),
      failure,
    });
  }
}

/** What an image shows of data that is on its way. */
const WITHOUT_DATA = {
  sizeBytes: null,
  virtualSizeBytes: null,
  checksum: null,
  hashAlgorithm: null,
  hashValue: null,
  data: null,
} as const;

const taskOf = ({ kind, api, type, input, requestId, failure, part }: TaskRequest, result?: JsonObject) => ({
  kind,
  api,
  type,
  ...(input !== undefined && { input }),
  ...(requestId !== undefined && { requestId }),
  ...(failure !== undefined && { failure }),
  ...(result !== undefined && { result }),
  ...(part !== undefined && { parts: [{ type: part, ...(result !== undefined && { result }) }] }),
});

/** What becomes of an image whose making failed. */
const failed = (imageId: string, ending: TransferRequest['onFailure']): Effect =>
  ending === 'remove'
    ? { kind: 'remove', imageId }
    : { kind: 'change', imageId, changes: { status: 'killed' }, unstage: true };
