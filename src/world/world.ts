import type { Cloud } from '../cloud.ts';
import type { Contract } from '../contract/contract.ts';
import { Coverage } from '../coverage/coverage.ts';
import { Clock, type ClockState } from '../domain/clock.ts';
import type { ServiceConventions } from '../domain/conventions.ts';
import type { BlobStore, HashAlgorithm } from '../domain/data/image-data.ts';
import type { Store } from '../domain/data/store.ts';
import { Ids } from '../domain/ids.ts';
import { ImageStore } from '../domain/image-store/image-store.ts';
import { ImageCache } from '../domain/images/image-cache.ts';
import { applyImageEffect } from '../domain/images/image-effects.ts';
import { Images } from '../domain/images/images.ts';
import { type Downloads, NO_DOWNLOADS } from '../domain/imports/downloads.ts';
import { Imports } from '../domain/imports/imports.ts';
import { Transfers } from '../domain/imports/transfers.ts';
import type { Limits } from '../domain/limits.ts';
import { Metadefs } from '../domain/metadefs/metadefs.ts';
import type { Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { Servers } from '../domain/servers/servers.ts';
import { ObjectStore } from '../domain/storage/object-store.ts';
import { Volumes } from '../domain/storage/volumes.ts';
import type { Effect } from '../domain/tasks/task.ts';
import { Tasks } from '../domain/tasks/tasks.ts';
import { FaultEngine } from '../faults/engine/engine.ts';
import { UnusedFaultLog } from '../faults/engine/unused-faults.ts';
import { DEFAULT_STORES } from '../fixtures/default-stores.ts';
import { Identity } from '../identity/identity.ts';
import { Journal } from '../journal/journal.ts';
import { NOT_KEPT, type WorldDocuments } from '../persistence/documents.ts';
import { KEPT, savedScenarios } from './world-documents.ts';
import type { WorldState } from './world-state.ts';

/** The world of addresses that name none. */
export const DEFAULT_WORLD = 'default';

/** A world as it was left. */
export interface SavedWorld {
  readonly present: WorldState;
  /** What it was at some time, by name. */
  readonly snapshots?: ReadonlyMap<string, WorldState>;
}

/** What all worlds of one process share. */
export interface WorldDependencies {
  readonly contracts: readonly Contract[];
  readonly blobs: BlobStore;
  readonly journalCapacity: number;
  /** Names and sentences that the doubled services write into images and tasks. */
  readonly conventions: ServiceConventions;
  /** How data is fetched from elsewhere; not at all when left out. */
  readonly downloads?: Downloads;
}

/** A universe of its own: images, identity, faults, journal, coverage, clock and seed. */
export class World implements Cloud {
  readonly name: string;
  readonly clock = new Clock();
  readonly journal: Journal;
  readonly coverage: Coverage;
  readonly blobs: BlobStore;
  /** What `reset` goes back to. */
  readonly origin: WorldState;
  readonly #snapshots: Map<string, WorldState>;
  #ids!: Ids;
  #store!: ImageStore;
  #images!: Images;
  #identity!: Identity;
  #faults!: FaultEngine;
  readonly #unusedLog = new UnusedFaultLog();
  #limits!: Limits;
  #progress!: ProgressRules;
  #profiles!: Profiles;
  #tasks!: Tasks;
  #stores!: readonly Store[];
  #cache!: ImageCache;
  #imports!: Imports;
  #metadefs!: Metadefs;
  #servers!: Servers;
  #objects!: ObjectStore;
  #transfers!: Transfers;
  #volumes!: Volumes;

  readonly #dependencies: WorldDependencies;
  readonly #documents: WorldDocuments;
  /** Another one after each reset. */
  #life = {};
  readonly #downloads: Downloads;

  /**
   * @param documents - where it writes down what changes.
   * @param kept - how it was left, for a world that was kept.
   */
  constructor(
    name: string,
    origin: WorldState,
    parts: WorldDependencies,
    documents: WorldDocuments = NOT_KEPT,
    kept: SavedWorld = { present: origin },
  ) {
    this.name = name;
    this.origin = origin;
    this.#dependencies = parts;
    this.#documents = documents;
    this.#downloads = parts.downloads ?? NO_DOWNLOADS;
    this.blobs = parts.blobs;
    this.journal = new Journal(parts.journalCapacity);
    this.coverage = new Coverage(parts.contracts);
    this.#snapshots = new Map(kept.snapshots);
    this.#start(kept.present);
  }

  get ids(): Ids {
    return this.#ids;
  }

  get images(): Images {
    return this.#images;
  }

  get identity(): Identity {
    return this.#identity;
  }

  get faults(): FaultEngine {
    return this.#faults;
  }

  get limits(): Limits {
    return this.#limits;
  }

  /** What takes time: imports, exports, snapshots, jobs. */
  get tasks(): Tasks {
    return this.#tasks;
  }

  /** Ways of data into images that take their time. */
  get imports(): Imports {
    return this.#imports;
  }

  get cache(): ImageCache {
    return this.#cache;
  }

  /** The catalogue of metadata definitions. */
  get metadefs(): Metadefs {
    return this.#metadefs;
  }

  get servers(): Servers {
    return this.#servers;
  }

  /** Files from which images are made, and into which they are exported. */
  get objects(): ObjectStore {
    return this.#objects;
  }

  /** Disks of servers, and their backups. */
  get volumes(): Volumes {
    return this.#volumes;
  }

  /** Images made of what is elsewhere in the cloud. */
  get transfers(): Transfers {
    return this.#transfers;
  }

  get stores(): readonly Store[] {
    return this.#stores;
  }

  get progress(): ProgressRules {
    return this.#progress;
  }

  get profiles(): Profiles {
    return this.#profiles;
  }

  /** How the digest of data that comes in is taken, beside its MD5. */
  get hashing(): HashAlgorithm {
    return this.#dependencies.conventions.hashAlgorithm(this.#profiles);
  }

  setProgress(progress: ProgressRules): void {
    this.#documents.putDocument(KEPT.world, 'progress', progress);
    this.#progress = progress;
  }

  setStores(stores: readonly Store[]): void {
    this.#documents.putDocument(KEPT.world, 'stores', stores);
    this.#stores = stores;
  }

  setProfiles(profiles: Profiles): void {
    this.#documents.putDocument(KEPT.world, 'profiles', profiles);
    this.#profiles = profiles;
  }

  /** Lets come about what the clock says has come about; costs a comparison where that is nothing. */
  settle(): void {
    this.#faults.late.runDue(this.clock.now());
    this.#tasks.endDueTasks();
    this.#servers.createDueImages();
  }

  setLimits(limits: Partial<Limits>): void {
    const all = { ...this.#limits, ...limits };
    this.#documents.putDocument(KEPT.world, 'limits', all);
    this.#limits = all;
  }

  setClock(state: ClockState): void {
    this.#documents.putDocument(KEPT.world, 'clock', state);
    this.clock.become(state);
  }

  /** Changes which scenarios there are, and which of them play. */
  changeScenarios<T>(change: (faults: FaultEngine) => T): T {
    const result = change(this.#faults);
    this.#keepScenarios(this.#documents);
    return result;
  }

  /** The world as it is now, for a fork to start from. */
  snapshot(): WorldState {
    return {
      images: this.#store.snapshot(),
      identity: this.#identity.snapshot(),
      ids: this.#ids.snapshot(),
      limits: this.#limits,
      clock: this.clock.state,
      faults: this.#faults.snapshot(),
      progress: this.#progress,
      profiles: this.#profiles,
      tasks: this.#tasks.snapshot(),
      stores: this.#stores,
      cache: this.#cache.snapshot(),
      metadefs: this.#metadefs.snapshot(),
      servers: this.#servers.snapshot(),
      objects: this.#objects.snapshot(),
      volumes: this.#volumes.snapshot(),
    };
  }

  /** The world as it is now, on its own: what is done in it is seen nowhere, nothing of it is kept, and it fetches nothing. */
  copy(): World {
    const { contracts, conventions, journalCapacity } = this.#dependencies;
    return new World(this.name, this.snapshot(), { contracts, conventions, journalCapacity, blobs: this.blobs });
  }

  /** Drops all that changed since the world was made: images, tokens, counters, journal, coverage, clock. */
  reset(): void {
    this.#documents.reset();
    this.#startOver(this.origin);
  }

  /** Snapshots by name, in the order in which they were taken; each is what a fork can start from. */
  get snapshots(): ReadonlyMap<string, WorldState> {
    return this.#snapshots;
  }

  /** Keeps the world as it is now under a name, in place of any snapshot of that name. */
  takeSnapshot(name: string): void {
    const state = this.snapshot();
    this.#documents.snapshot(name, state.images);
    this.#snapshots.delete(name);
    this.#snapshots.set(name, state);
  }

  /** Goes back to a snapshot, as `reset` goes back to the start. Whether there is one of that name. */
  restore(name: string): boolean {
    const state = this.#snapshots.get(name);
    if (state === undefined) return false;
    this.#documents.restore(name);
    this.#startOver(state);
    return true;
  }

  /** Whether there was a snapshot of that name to drop. */
  dropSnapshot(name: string): boolean {
    if (!this.#snapshots.has(name)) return false;
    this.#documents.forget(name);
    return this.#snapshots.delete(name);
  }

  #startOver(state: WorldState): void {
    this.#start(state);
    this.journal.clear();
    this.coverage.clear();
  }

  #start(state: WorldState): void {
    this.clock.restore(state.clock);
    this.#limits = state.limits;
    const documents = this.#keeper();
    const { conventions } = this.#dependencies;
    this.#ids = new Ids(state.ids, (key, count) => documents.putDocument(KEPT.ids, key, count));
    const limits = (): Limits => this.#limits;
    this.#store = new ImageStore(state.images, (image) => documents.putImage(image));
    this.#progress = state.progress ?? {};
    this.#profiles = state.profiles ?? {};
    this.#stores = state.stores ?? DEFAULT_STORES;
    this.#tasks = new Tasks(state.tasks, {
      clock: this.clock,
      ids: this.#ids,
      progress: () => this.#progress,
      setProgress: (progress) => this.setProgress(progress),
      names: {
        image: (id) => this.#store.get(id)?.name,
        project: (id) => this.#identity.index.project(id)?.name,
        user: (id) => this.#identity.index.user(id)?.name,
      },
      isGone: (imageId) => this.#store.get(imageId)?.status === 'deleted',
      apply: (effect) => this.#apply(effect),
      onPut: (task) => documents.putDocument(KEPT.tasks, task.id, task),
    });
    this.#images = new Images({
      store: this.#store,
      clock: this.clock,
      ids: this.#ids,
      limits,
      blobs: this.blobs,
      hashing: () => this.hashing,
      stores: () => this.#stores,
      onShow: (imageId) => this.#tasks.pollImage(imageId),
    });
    this.#imports = new Imports({
      store: this.#store,
      clock: this.clock,
      limits,
      blobs: this.blobs,
      hashing: () => this.hashing,
      tasks: this.#tasks,
      images: this.#images,
      stores: () => this.#stores,
      downloads: this.#downloads,
      conventions: conventions.imports,
    });
    this.#cache = new ImageCache(state.cache, {
      api: conventions.cache.api,
      clock: this.clock,
      tasks: this.#tasks,
      peek: (imageId) => this.#store.get(imageId),
      onChange: (imageId, entry) => documents.putDocument(KEPT.cache, imageId, entry),
    });
    this.#metadefs = new Metadefs(state.metadefs, {
      clock: this.clock,
      keep: (id, record) => documents.putDocument(KEPT.metadefs, id, record),
    });
    this.#objects = new ObjectStore(state.objects, {
      object: (key, object) => documents.putDocument(KEPT.objects, key, object),
      container: (key, container) => documents.putDocument(KEPT.containers, key, container),
    });
    this.#volumes = new Volumes(state.volumes, (id, backup) => documents.putDocument(KEPT.backups, id, backup));
    this.#transfers = new Transfers({
      store: this.#store,
      images: this.#images,
      tasks: this.#tasks,
      stores: () => this.#stores,
    });
    this.#servers = new Servers(state.servers, {
      clock: this.clock,
      images: this.#images,
      transfers: this.#transfers,
      blobs: this.blobs,
      conventions: conventions.snapshots,
      onPut: (server) => documents.putDocument(KEPT.servers, server.id, server),
    });
    this.#identity = new Identity(state.identity, {
      clock: this.clock,
      ids: this.#ids,
      limits,
      ...(this.name !== DEFAULT_WORLD && { world: this.name }),
      listeners: {
        token: (id, token) => documents.putDocument(KEPT.tokens, id, token),
        credential: (id, credential) => documents.putDocument(KEPT.credentials, id, credential),
      },
    });
    this.#faults?.retire();
    this.#faults = new FaultEngine(state.faults, this.clock, this.#unusedLog, () => this.#keepScenarios(documents));
  }

  #keepScenarios(documents: Pick<WorldDocuments, 'putDocument'>): void {
    documents.putDocument(KEPT.world, 'scenarios', savedScenarios(this.#faults.snapshot()));
  }

  /**
   * Writes down what changes, as long as the world does not start over: what is under way then must leave no trace in what
   * is kept of the next life.
   */
  #keeper(): Pick<WorldDocuments, 'putImage' | 'putDocument'> {
    const life = {};
    this.#life = life;
    return {
      putImage: (image) => {
        if (this.#life === life) this.#documents.putImage(image);
      },
      putDocument: (collection, id, document) => {
        if (this.#life === life) this.#documents.putDocument(collection, id, document);
      },
    };
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case 'cache':
        this.#cache.put(effect.imageId);
        break;
      case 'server':
        this.#servers.setTaskState(effect.serverId, effect.taskState);
        break;
      case 'put-object':
        this.#objects.put(effect.object);
        break;
      case 'put-backup':
        this.#volumes.putBackup(effect.backup);
        break;
      default:
        applyImageEffect(this.#store, effect, this.clock.now());
    }
  }
}
