import type { Caller } from '../caller.ts';
import type { BlobStore } from '../data/image-data.ts';
import { defaultStoreOf } from '../data/store.ts';
import type { Image } from '../image.ts';
import { findVisible } from '../images/image-rules.ts';
import { checkQuotas, excessOf } from '../images/quotas.ts';
import { DomainError } from '../problem.ts';
import type { Task } from '../tasks/task.ts';
import { type DetectedDisk, detectDisk } from './detect-disk.ts';
import { isDiskRejected } from './disk-safety.ts';
import { fetchData, type MeasuredData } from './fetch-data.ts';
import { checkImport } from './import-checks.ts';
import type { FailedTaskRequest, ImageTaskRequest, ImportRequest, StagingRequest } from './import-request.ts';
import type { ImportsDependencies } from './imports-dependencies.ts';
import { ImageLocations } from './locations.ts';
import { isOva } from './ova.ts';
import { stageData } from './stage-data.ts';
import { type Download, startImport } from './start-import.ts';

/** Imports data into images: staging, imports, and copies between stores. */
export class Imports {
  /** Addresses and stores of the data of images. */
  readonly locations: ImageLocations;
  readonly #dependencies: ImportsDependencies;

  constructor(dependencies: ImportsDependencies) {
    this.#dependencies = dependencies;
    this.locations = new ImageLocations(dependencies);
  }

  /**
   * Receives data that waits for its import: the image is queued, then uploading. Changes that were made to the image
   * meanwhile are lost, except to its members.
   * @throws DomainError `image-not-found`, `image-not-owned`, `wrong-status`, `too-large`, `over-quota`, `wrong-size`,
   *   `image-gone`.
   */
  stage(caller: Caller, request: StagingRequest): Promise<void> {
    return stageData(this.#dependencies, caller, request);
  }

  /**
   * Starts an import. Data is downloaded before this returns, so that the outcome no longer depends on other servers.
   * @throws DomainError `image-not-found`, `import-rejected`, `image-not-owned`, `not-allowed`, `image-gone`.
   */
  async start(caller: Caller, imageId: string, request: ImportRequest): Promise<Task> {
    const { store } = this.#dependencies;
    checkQuotas(this.#dependencies, caller, 'MiB');
    const image = findVisible(store, caller, { imageId, purpose: 'show' });
    const stores = checkImport(this.#dependencies, caller, { image, request });
    let download: Download | undefined;
    if (request.method === 'download') {
      const excess =
        excessOf(this.#dependencies, { projectId: caller.projectId, what: 'staged MiB' }) ??
        excessOf(this.#dependencies, { projectId: caller.projectId, what: 'uploads' });
      const { uri, inspection } = request;
      const source = {
        image,
        address: uri?.() ?? '',
        lengthCheck: 'required',
        fault: caller.source,
        inspection,
      } as const;
      download = excess === undefined ? await fetchData(this.#dependencies, source) : { excess };
    }
    const status = store.get(imageId)?.status ?? 'deleted';
    if (status === 'deleted') throw new DomainError({ kind: 'image-gone', imageId });
    return startImport(this.#dependencies, caller, {
      image,
      request,
      stores,
      ...(download !== undefined && { download }),
    });
  }

  /** Whether the service accepts the address as a source. */
  allows(caller: Caller, address: string): boolean {
    return this.#dependencies.sources.allows(address, caller.source);
  }

  /**
   * Starts a task that creates an image without an owner from downloaded data. Without an image, or without both of its
   * formats, the task fails. A failure removes the image that the task created.
   */
  async startTask(caller: Caller, { address, image: requested, origin }: ImageTaskRequest): Promise<Task> {
    const { images, store, conventions, tasks, stores, blobs } = this.#dependencies;
    const fail = (): Task =>
      this.failTask(caller, { type: conventions.taskTypes.newImage, origin, message: conventions.internalError });
    if (requested === null || requested.containerFormat == null || requested.diskFormat == null) return fail();
    const image = images.create(caller, { ...requested, owner: null });
    const source = { image, address, lengthCheck: 'none', fault: caller.source } as const;
    const { data, seconds } = await fetchData(this.#dependencies, source);
    const imageId = image.id;
    const disk = data && (await usableDisk(blobs, image, data));
    if (disk !== undefined) {
      const staged = { ...(data as MeasuredData), virtualSizeBytes: disk.virtualSizeBytes };
      store.put({ ...(store.get(imageId) ?? image), staged });
    }
    return tasks.start(caller, {
      kind: 'import',
      api: conventions.api,
      type: conventions.taskTypes.newImage,
      input: origin.input,
      requestId: origin.requestId,
      matchImageId: imageId,
      result: conventions.taskResult(imageId),
      failureMessage: conventions.internalError,
      seconds,
      ...(disk === undefined && { failure: { code: null, message: null } }),
      onProcessing: [{ kind: 'change', imageId, changes: { status: 'saving' } }],
      onSuccess: [
        { kind: 'activate', imageId, stores: [defaultStoreOf(stores()) ?? []].flat() },
        ...(disk === undefined ? [] : [{ kind: 'change', imageId, changes: { diskFormat: disk.format } } as const]),
      ],
      onFailure: [{ kind: 'remove', imageId }],
    });
  }

  /** Starts a task that fails with this message. */
  failTask(caller: Caller, { type, message, origin }: FailedTaskRequest): Task {
    const { tasks, conventions } = this.#dependencies;
    return tasks.start(caller, {
      kind: 'import',
      api: conventions.api,
      type,
      input: origin.input,
      requestId: origin.requestId,
      failure: { code: null, message },
    });
  }
}

/** Returns the disk in the data of an import task; `undefined` for data that makes the task fail. */
async function usableDisk(
  blobs: BlobStore,
  { containerFormat }: Image,
  data: MeasuredData,
): Promise<DetectedDisk | undefined> {
  if (data.isFaulty === true || (await isDiskRejected(blobs, data))) return undefined;
  if (containerFormat === 'ova' && !(await isOva(blobs, data))) return undefined;
  return detectDisk(blobs, data);
}
