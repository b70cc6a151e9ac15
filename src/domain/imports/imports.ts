import type { Readable } from 'node:stream';
import type { Caller } from '../caller.ts';
import type { Received } from '../data/image-data.ts';
import { defaultStoreOf, type Store } from '../data/store.ts';
import type { Image, StagedData } from '../image.ts';
import { measureDisk } from '../images/disk-format.ts';
import type { NewImage } from '../images/image-changes.ts';
import { canChange, canSee } from '../images/image-rules.ts';
import type { Images } from '../images/images.ts';
import { checkQuotas, type Excess, excessOf, excessText, mebibytesOf } from '../images/quotas.ts';
import { checkCap, isRoomFor, type ReceivingDependencies, receiveData } from '../images/receive-data.ts';
import { DomainError, type ImportObstacle, type Problem } from '../problem.ts';
import type { Failure } from '../progress.ts';
import type { Task } from '../tasks/task.ts';
import type { Tasks } from '../tasks/tasks.ts';
import type { Downloads } from './downloads.ts';
import { IMPORT_PROPERTIES, importEffects } from './import-effects.ts';
import type { ImportMethod, ImportRequest, TaskOrigin } from './import-request.ts';
import { endingOf } from './store-outcome.ts';

/** What `Imports` needs of a world. */
export interface ImportsDependencies extends ReceivingDependencies {
  readonly images: Images;
  readonly clock: { now(): number };
  readonly tasks: Tasks;
  readonly stores: () => readonly Store[];
  readonly downloads: Downloads;
}

/** Data that came from elsewhere. */
type Fetched = Received & Pick<StagedData, 'virtualSizeBytes' | 'isFaulty'>;

/** Dialect that shows these tasks. */
const API = 'image-v2';

/** What is said of a failure that names no reason. */
const INTERNAL_ERROR = 'Task failed due to Internal Error';
const INTERNAL: Failure = { code: null, message: INTERNAL_ERROR };

/** Ways of data into images that take their time: staging, imports, copies between stores. */
export class Imports {
  readonly #dependencies: ImportsDependencies;

  constructor(parts: ImportsDependencies) {
    this.#dependencies = parts;
  }

  /**
   * Takes in data that waits for its import: queued, then uploading. Of what was changed meanwhile only the members stay.
   * @throws DomainError `image-not-found`, `image-not-owned`, `wrong-status`, `too-large`, `over-quota`, `wrong-size`,
   *   `image-gone`.
   */
  async stage(caller: Caller, imageId: string, stream: Readable, announcedBytes?: number): Promise<void> {
    const { store, clock } = this.#dependencies;
    checkQuotas(this.#dependencies, caller, 'staged MiB', 'uploads');
    const image = this.#see(caller, imageId, 'show');
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId });
    if (image.status !== 'queued') {
      throw refusal({ kind: 'wrong-status', imageId, from: image.status, to: 'uploading' });
    }
    if (image.staged !== undefined) throw obstacle(imageId, 'still-staged', imageId);
    // What a project may store is looked at once the data is imported.
    checkCap(this.#dependencies, announcedBytes ?? 0);
    const uploading: Image = { ...image, status: 'uploading' };
    store.put(uploading);
    let staged: StagedData;
    try {
      const received = await receiveData(this.#dependencies, stream, announcedBytes);
      staged = await this.#measure(image, received);
    } catch (error) {
      const current = store.get(imageId);
      if (current?.status === 'uploading') store.put({ ...current, status: 'queued' });
      throw error;
    }
    const current = store.get(imageId);
    if (current?.status !== 'uploading') throw refusal({ kind: 'image-gone', imageId });
    const { members } = current;
    const wish = { kind: 'stage', api: API, type: 'stage', imageId } as const;
    if (this.#dependencies.tasks.isInstant(caller, wish)) {
      store.put({ ...uploading, members, sizeBytes: staged.sizeBytes, staged, updatedAt: clock.now() });
      return;
    }
    store.put({ ...uploading, members, staged: { ...staged, isPartial: true }, updatedAt: clock.now() });
    this.#dependencies.tasks.start(caller, {
      ...wish,
      isUnseen: true,
      onSuccess: [{ kind: 'staged', imageId }],
      onFailure: [{ kind: 'staged', imageId, isLost: true }],
    });
  }

  /**
   * Begins an import. Data from elsewhere is fetched before this returns, so that what comes of it is settled.
   * @throws DomainError `image-not-found`, `import-refused`, `image-not-owned`, `not-allowed`.
   */
  async begin(caller: Caller, imageId: string, wish: ImportRequest): Promise<Task> {
    checkQuotas(this.#dependencies, caller, 'MiB');
    const image = this.#see(caller, imageId, 'show');
    this.#checkStatus(image, wish.method);
    this.#checkFormats(image, wish.method);
    if (wish.method === 'copy-image' && !caller.isAdmin) {
      throw refusal({ kind: 'not-allowed', action: 'copy_image', subject: imageId });
    }
    const stores = this.#storesOf(image, wish);
    if (wish.method === 'web-download' && !this.#dependencies.downloads.allows(wish.uri ?? '')) {
      throw obstacle(imageId, 'address', wish.uri ?? 'None');
    }
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId });
    if (image.properties[IMPORT_PROPERTIES.task] !== undefined) throw obstacle(imageId, 'other-task');
    const isDownload = wish.method === 'web-download';
    const excess = isDownload
      ? (excessOf(this.#dependencies, caller, 'staged MiB') ?? excessOf(this.#dependencies, caller, 'uploads'))
      : undefined;
    const fetched = isDownload && excess === undefined ? await this.#fetch(image, wish.uri as string) : undefined;
    const current = this.#dependencies.store.get(imageId);
    if (current === undefined || current.status === 'deleted') throw refusal({ kind: 'image-gone', imageId });
    return this.#start(caller, image, wish, stores, { fetched, excess });
  }

  /** Whether data may be fetched from there. */
  allows(address: string): boolean {
    return this.#dependencies.downloads.allows(address);
  }

  /**
   * Begins a task that makes an image, of nobody, of data from elsewhere.
   * @param wish - what the image shall be; without both formats, or `null` for what is no image, the task fails.
   */
  async beginTask(caller: Caller, address: string, wish: NewImage | null, origin: TaskOrigin): Promise<Task> {
    const { images, store } = this.#dependencies;
    if (wish === null || wish.containerFormat == null || wish.diskFormat == null) {
      return this.failTask(caller, 'import', origin, INTERNAL_ERROR);
    }
    const image = images.create(caller, { ...wish, owner: null });
    const fetched = await this.#fetch(image, address);
    if (!('data' in fetched) || fetched.isFaulty === true) {
      return this.failTask(caller, 'import', origin, INTERNAL_ERROR);
    }
    const imageId = image.id;
    store.put({ ...(store.get(imageId) ?? image), staged: fetched });
    return this.#dependencies.tasks.start(caller, {
      kind: 'import',
      api: API,
      type: 'import',
      input: origin.input,
      requestId: origin.requestId,
      result: { image_id: imageId },
      failureMessage: INTERNAL_ERROR,
      onProcessing: [{ kind: 'change', imageId, changes: { status: 'saving' } }],
      onSuccess: [{ kind: 'activate', imageId, stores: [defaultStoreOf(this.#dependencies.stores()) ?? []].flat() }],
      onFailure: [{ kind: 'change', imageId, changes: { status: 'queued' }, unstage: true }],
    });
  }

  /** Begins a task that is bound to fail. */
  failTask(caller: Caller, type: string, origin: TaskOrigin, message: string): Task {
    return this.#dependencies.tasks.start(caller, {
      kind: 'import',
      api: API,
      type,
      input: origin.input,
      requestId: origin.requestId,
      failure: { code: null, message },
    });
  }

  /**
   * Gives a queued image data that is somewhere already; it is active from then on.
   * @param validation - what a digest of the data must be.
   * @throws DomainError `image-not-found`, `not-allowed`, `wrong-status`, `location-refused`.
   */
  async addLocation(
    caller: Caller,
    imageId: string,
    address: string,
    validation?: { readonly algorithm: string; readonly value: string },
  ): Promise<void> {
    const { store, blobs, clock, stores } = this.#dependencies;
    const image = this.#see(caller, imageId, 'show');
    if (!canChange(caller, image) && !caller.roles.includes('service')) {
      throw refusal({ kind: 'not-allowed', action: 'add_image_location', subject: imageId });
    }
    if (image.status !== 'queued') {
      throw refusal({ kind: 'wrong-status', imageId, from: image.status, to: 'active' });
    }
    const refuse = (reason: 'address' | 'hash' | 'unreadable'): DomainError =>
      refusal({ kind: 'location-refused', imageId, reason });
    if (!this.allows(address)) throw refuse('address');
    const fetched = await this.#fetch(image, address);
    if (!('data' in fetched)) throw refuse('unreadable');
    if (validation !== undefined) {
      const digest = await blobs.digest(fetched, validation.algorithm);
      if (digest !== validation.value.toLowerCase()) throw refuse('hash');
    }
    const current = store.get(imageId);
    if (current?.status !== 'queued') throw refusal({ kind: 'image-gone', imageId });
    const standard = defaultStoreOf(stores());
    store.put({
      ...current,
      status: 'active',
      sizeBytes: fetched.sizeBytes,
      virtualSizeBytes: fetched.virtualSizeBytes,
      checksum: fetched.md5,
      hashAlgorithm: fetched.hash.algorithm,
      hashValue: fetched.hash.value,
      data: fetched.data,
      location: address,
      stores: standard === undefined ? [] : [standard],
      updatedAt: clock.now(),
    });
  }

  /**
   * Where an image's data is, one place for each store that holds it.
   * @throws DomainError `not-allowed` for who is no service, `image-not-found`.
   */
  locations(caller: Caller, imageId: string): readonly { readonly url: string; readonly store: string | null }[] {
    const image = this.#see(caller, imageId, 'show');
    if (!caller.roles.includes('service')) {
      throw refusal({ kind: 'not-allowed', action: 'fetch_image_location', subject: imageId });
    }
    if (image.data === null) return [];
    const holding = this.#holding(image);
    if (image.location !== undefined || holding.length === 0) {
      return [{ url: image.location ?? `file:///var/lib/glance/images/${imageId}`, store: holding[0] ?? null }];
    }
    const directories = new Map(
      this.#dependencies.stores().map(({ id, properties }) => [id, properties?.['data_dir']]),
    );
    return holding.map((id) => ({
      url: `file://${directories.get(id) ?? `/var/lib/glance/${id}`}/${imageId}`,
      store: id,
    }));
  }

  /**
   * Removes the copy that one store holds.
   * @throws DomainError `image-not-found`, `image-not-owned`, `store-refused`.
   */
  removeFromStore(caller: Caller, storeId: string, imageId: string): void {
    const { store, clock, stores } = this.#dependencies;
    const refuse = (reason: Extract<Problem, { kind: 'store-refused' }>['reason']): DomainError =>
      refusal({ kind: 'store-refused', imageId, store: storeId, reason });
    if (stores().every(({ id }) => id !== storeId)) throw refuse('unknown-store');
    const image = this.#see(caller, imageId, 'store');
    if (!canChange(caller, image)) throw refusal({ kind: 'image-not-owned', imageId });
    if (image.status !== 'active') throw refuse('not-active');
    const holding = this.#holding(image);
    if (holding.length <= 1) throw refuse('only-copy');
    if (!holding.includes(storeId)) throw refuse('not-there');
    store.put({ ...image, stores: holding.filter((id) => id !== storeId), updatedAt: clock.now() });
  }

  /** Ids of the stores that hold an image's data. */
  #holding(image: Image): readonly string[] {
    const standard = defaultStoreOf(this.#dependencies.stores());
    return image.stores ?? (standard === undefined ? [] : [standard]);
  }

  #see(caller: Caller, imageId: string, purpose: 'show' | 'store'): Image {
    const image = this.#dependencies.store.get(imageId);
    if (image === undefined || !canSee(caller, image)) throw refusal({ kind: 'image-not-found', imageId, purpose });
    return image;
  }

  #checkStatus({ id, status }: Image, method: ImportMethod): void {
    if (method === 'copy-image') {
      if (status !== 'active') throw obstacle(id, 'not-active');
      return;
    }
    if (status === 'active') throw obstacle(id, 'already-active');
    if (method === 'glance-direct' && status !== 'uploading') throw obstacle(id, 'not-staged');
    if (method === 'web-download' && status !== 'queued') throw obstacle(id, 'not-queued');
  }

  #checkFormats({ id, containerFormat, diskFormat }: Image, method: ImportMethod): void {
    if (method === 'copy-image') return;
    if (containerFormat === null) throw obstacle(id, 'format-missing', 'containerFormat');
    if (diskFormat === null) throw obstacle(id, 'format-missing', 'diskFormat');
  }

  #storesOf(image: Image, { method, stores: ask, allStores }: ImportRequest): readonly string[] {
    const stores = ask?.();
    if (allStores === true && stores !== undefined) throw obstacle(image.id, 'stores-and-all-stores');
    const known = this.#dependencies.stores();
    const holding = method === 'copy-image' ? this.#holding(image) : [];
    if (allStores === true) {
      return known.filter(({ id, isReadOnly }) => isReadOnly !== true && !holding.includes(id)).map(({ id }) => id);
    }
    if (stores === undefined || stores.length === 0) {
      const standard = defaultStoreOf(known);
      const chosen = standard === undefined ? [] : [standard];
      return this.#fresh(image, chosen, holding);
    }
    for (const store of stores) {
      if (known.every(({ id }) => id !== store)) throw obstacle(image.id, 'unknown-store', store);
    }
    return this.#fresh(image, stores, holding);
  }

  #fresh(image: Image, stores: readonly string[], holding: readonly string[]): readonly string[] {
    const there = stores.find((store) => holding.includes(store));
    if (there !== undefined) throw obstacle(image.id, 'already-there', there);
    return stores;
  }

  async #fetch(image: Image, uri: string): Promise<Fetched | Failure> {
    try {
      return await this.#measure(
        image,
        await receiveData(this.#dependencies, await this.#dependencies.downloads.open(uri), undefined),
      );
    } catch {
      // Why it did not come, or not whole, the service does not tell.
      return INTERNAL;
    }
  }

  async #measure(image: Image, received: Received): Promise<Fetched> {
    const virtualSizeBytes = await measureDisk(this.#dependencies.blobs, image, received);
    return typeof virtualSizeBytes === 'string'
      ? { ...received, virtualSizeBytes: null, isFaulty: true }
      : { ...received, virtualSizeBytes };
  }

  #start(
    caller: Caller,
    seen: Image,
    wish: ImportRequest,
    stores: readonly string[],
    {
      fetched,
      excess: known,
    }: { readonly fetched: Fetched | Failure | undefined; readonly excess: Excess | undefined },
  ): Task {
    const { store, tasks } = this.#dependencies;
    const isCopy = wish.method === 'copy-image';
    const data = fetched !== undefined && 'data' in fetched ? fetched : undefined;
    const isMissing = fetched === undefined ? !isCopy && seen.staged?.isPartial === true : data === undefined;
    // Fetching took its time: it is the image of now that goes on.
    const image = store.get(seen.id) ?? seen;
    if (data !== undefined && image.status === 'queued') store.put({ ...image, staged: data });
    const imageId = image.id;
    const most = this.#dependencies.limits().imageLocationQuota ?? Number.POSITIVE_INFINITY;
    const holding = isCopy ? this.#holding(image) : undefined;
    const isSpread = stores.length + (holding?.length ?? 0) > most;
    const incoming = isCopy ? undefined : (data ?? image.staged);
    const sizeBytes = (isCopy ? image.sizeBytes : incoming?.sizeBytes) ?? 0;
    const excess = known ?? excessOf(this.#dependencies, caller, isCopy ? 'staged MiB' : 'MiB', mebibytesOf(sizeBytes));
    const failure = isMissing ? INTERNAL : excess && { code: null, message: excessText(excess) ?? null };
    const isOver = !isCopy && !isRoomFor(this.#dependencies, image.owner, sizeBytes);
    const isRefused = isOver || isSpread || incoming?.isFaulty === true;
    const isBound = failure !== undefined || isRefused;
    const about = { kind: 'import', api: API, type: 'api_image_import', imageId } as const;
    const failing = isBound ? undefined : tasks.progressOf(caller, about).failure?.stores;
    const ending = endingOf(stores, failing ?? stores, { wish, sizeBytes });
    const survives = failing !== undefined && !ending.isFailure;
    const hindrance = excess === undefined ? (isMissing ? 'missing' : undefined) : 'excess';
    return tasks.start(caller, {
      ...about,
      input: { image_id: imageId, import_req: wish.request, backend: stores },
      result: { image_id: imageId },
      failureMessage: INTERNAL_ERROR,
      successMessage: sizeBytes === 0 ? '' : `Copied ${mebibytesOf(sizeBytes)} MiB`,
      ...(wish.requestId !== undefined && { requestId: wish.requestId }),
      ...(isBound ? { failure: failure ?? INTERNAL } : survives && { failure: null }),
      ...importEffects({ imageId, stores, holding, ending, survives, hindrance }),
    });
  }
}

const refusal = (problem: Problem): DomainError => new DomainError(problem);

const obstacle = (imageId: string, reason: ImportObstacle, subject?: string): DomainError =>
  refusal({ kind: 'import-refused', imageId, reason, ...(subject !== undefined && { subject }) });
