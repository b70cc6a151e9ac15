import type { Caller } from '../caller.ts';
import { defaultStoreOf, type Store } from '../data/store.ts';
import type { Image } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Images } from '../images/images.ts';
import type { Failure } from '../progress.ts';
import type { NewPart } from '../tasks/new-task.ts';
import type { Effect, JsonObject, Task } from '../tasks/task.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { contentOfImage } from './image-copy.ts';
import type {
  ChangeEffect,
  FailureOutcome,
  ImageExport,
  ImageFill,
  ImageTransfer,
  MultiImageTransfer,
  TaskDescription,
  TimedUpload,
  TransferPart,
} from './transfer-request.ts';

/** What `Transfers` uses of its world. */
export interface TransfersDependencies {
  readonly store: ImageStore;
  readonly images: Images;
  readonly tasks: Tasks;
  readonly stores: () => readonly Store[];
}

/** Moves data between images and the rest of the cloud; each transfer is a task that takes time. */
export class Transfers {
  readonly #dependencies: TransfersDependencies;

  constructor(dependencies: TransfersDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Receives the data of an image. The world's progress rules for uploads control how long the image is saving.
   * @throws DomainError as `Images.upload`.
   */
  async upload(caller: Caller, { api, requestId, ...upload }: TimedUpload): Promise<void> {
    const { images, store, tasks } = this.#dependencies;
    const { imageId } = upload;
    const task = { kind: 'upload', api, type: 'upload', imageId } as const;
    const save = (active: Image): void => {
      const staged = tasks.isInstant(caller, task) ? undefined : contentOfImage(active);
      if (staged === undefined) {
        store.put(active);
        return;
      }
      store.put({ ...active, ...WITHOUT_DATA, status: 'saving', staged });
      tasks.start(caller, {
        ...task,
        ...(requestId !== undefined && { requestId }),
        isUnseen: true,
        onSuccess: [{ kind: 'activate', imageId, ...(active.stores !== undefined && { stores: active.stores }) }],
        onFailure: [failureEffect(imageId, 'kill')],
      });
    };
    await images.upload(caller, { ...upload, save });
  }

  /**
   * Creates an image from existing data: its status is queued, then saving, then active.
   * @throws DomainError as `Images.create` and `Members.add`.
   */
  createImage(caller: Caller, transfer: ImageTransfer): { readonly image: Image; readonly task: Task } {
    const { images, tasks } = this.#dependencies;
    const image = this.#createStaged(caller, transfer);
    const imageId = image.id;
    // If this is refused, the image stays queued, as in Nova.
    if (transfer.memberId !== undefined) images.members.add(caller, { imageId, memberId: transfer.memberId });
    const { begin, processing, end } = transfer.sideEffects ?? {};
    const arrival: ChangeEffect = { kind: 'change', imageId, changes: {}, ...transfer.withData };
    const task = tasks.start(caller, {
      ...taskOf(transfer, imageId, transfer.result?.(imageId)),
      imageId,
      onBegin: () => optional(begin),
      onProcessing: [{ ...arrival, changes: { ...arrival.changes, status: 'saving' } }, ...optional(processing)],
      onSuccess: [
        // A task that ends at once skips processing.
        ...optional(transfer.withData && arrival),
        this.#activation(imageId),
        ...(transfer.onSuccess?.(imageId) ?? []),
        ...optional(end),
      ],
      onFailure: [failureEffect(imageId, transfer.onFailure), ...optional(end)],
    });
    return { image: images.peek(imageId) ?? image, task };
  }

  /**
   * Creates several images, each as `createImage` does.
   * @throws DomainError as `Images.create`.
   */
  createImages(caller: Caller, transfer: MultiImageTransfer): Task {
    const parts = transfer.parts.map((part, index): NewPart => {
      const imageId = this.#createStaged(caller, part).id;
      return {
        type: part.type,
        imageId,
        result: transfer.result(imageId, index),
        ...(part.failure !== undefined && { failure: part.failure }),
        onProcessing: [{ kind: 'change', imageId, changes: { status: 'saving' } }],
        onSuccess: [this.#activation(imageId)],
        onFailure: [failureEffect(imageId, transfer.onFailure)],
      };
    });
    return this.#dependencies.tasks.start(caller, { ...taskOf(transfer), parts });
  }

  /** Assigns existing data to a queued image, which becomes active or is killed. */
  fillImage(caller: Caller, transfer: ImageFill): Task {
    const { store, tasks } = this.#dependencies;
    const { image, content, result } = transfer;
    const imageId = image.id;
    store.put({ ...image, staged: content });
    return tasks.start(caller, {
      ...taskOf(transfer, imageId, result),
      imageId,
      onBegin: () => [{ kind: 'change', imageId, changes: { status: 'saving' } }],
      onSuccess: [this.#activation(imageId)],
      onFailure: [failureEffect(imageId, 'kill')],
    });
  }

  /** Writes an image into the object store. */
  exportImage(caller: Caller, transfer: ImageExport): Task {
    const { image, object, result } = transfer;
    return this.#dependencies.tasks.start(caller, {
      ...taskOf(transfer, image.id, result),
      imageId: image.id,
      onSuccess: [{ kind: 'put-object', object }],
    });
  }

  /** Starts a task that fails. */
  fail(caller: Caller, description: TaskDescription & { readonly imageId?: string }, failure: Failure): Task {
    const { imageId } = description;
    return this.#dependencies.tasks.start(caller, {
      ...taskOf(description),
      ...(imageId !== undefined && { imageId }),
      failure,
    });
  }

  #createStaged(caller: Caller, { image: requested, content }: Pick<TransferPart, 'image' | 'content'>): Image {
    const image = this.#dependencies.images.create(caller, requested);
    this.#dependencies.store.put({ ...image, staged: content });
    return image;
  }

  #activation(imageId: string): Effect {
    return { kind: 'activate', imageId, stores: optional(defaultStoreOf(this.#dependencies.stores())) };
  }
}

/** Attributes of an image whose data has not been accepted yet. */
const WITHOUT_DATA = {
  sizeBytes: null,
  virtualSizeBytes: null,
  checksum: null,
  hashAlgorithm: null,
  hashValue: null,
  data: null,
} as const;

const optional = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

const taskOf = (
  { kind, api, type, input, requestId, failure, part }: TaskDescription,
  matchImageId?: string,
  result?: JsonObject,
) => ({
  kind,
  api,
  type,
  ...(input !== undefined && { input }),
  ...(requestId !== undefined && { requestId }),
  ...(failure !== undefined && { failure }),
  ...(result !== undefined && { result }),
  ...(part !== undefined && {
    parts: [
      { type: part, ...(matchImageId !== undefined && { matchImageId }), ...(result !== undefined && { result }) },
    ],
  }),
});

const failureEffect = (imageId: string, outcome: FailureOutcome): Effect =>
  outcome === 'remove'
    ? { kind: 'remove', imageId }
    : { kind: 'change', imageId, changes: { status: 'killed' }, unstage: true };
