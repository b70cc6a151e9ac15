import type { Release, ReleaseRanks } from '../base/release.ts';
import type { Cloud } from '../cloud.ts';
import { Coverage } from '../coverage/coverage.ts';
import { Clock, type ClockState } from '../domain/clock.ts';
import type { BlobStore, HashAlgorithm } from '../domain/data/image-data.ts';
import type { Store } from '../domain/data/store.ts';
import type { Images } from '../domain/images/images.ts';
import type { Imports } from '../domain/imports/imports.ts';
import type { Transfers } from '../domain/imports/transfers.ts';
import type { Limits } from '../domain/limits.ts';
import type { Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { ranksOf } from '../domain/release.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import type { Web } from '../domain/web.ts';
import type { FaultEngine } from '../faults/engine/engine.ts';
import { UnusedFaultLog } from '../faults/engine/unused-faults.ts';
import type { ChangedScenario } from '../faults/scenario-source.ts';
import { createsManager } from '../identity/records/bootstrap-roles.ts';
import { addManagerRole } from '../identity/records/manager-role.ts';
import { Journal } from '../journal/journal.ts';
import { UNSAVED, type WorldDocuments } from '../persistence/world-documents.ts';
import { WorldHistory } from './history.ts';
import { COLLECTIONS } from './parts/collections.ts';
import type { ChangeWriter, SettingName, WorldDependencies, WorldParts } from './parts/part.ts';
import { snapshotOf, startParts } from './parts/parts.ts';
import { savedScenarios } from './parts/scenarios.ts';
import { WorldServices } from './parts/services.ts';
import { PARTS } from './parts/table.ts';
import { toWebDocument } from './parts/web-document.ts';
import { WithParts } from './parts/with-parts.ts';
import type { WorldState } from './world-state.ts';

/** A world to create: a new one, or one from a state file. */
export interface WorldOptions {
  readonly name: string;
  /** The state that `reset` restores. */
  readonly origin: WorldState;
  readonly dependencies: WorldDependencies;
  /** Receives all changes; default: they are not saved. */
  readonly documents?: WorldDocuments;
  /** The current state; default: `origin`. */
  readonly present?: WorldState;
  /** Snapshots by name; default: none. */
  readonly snapshots?: ReadonlyMap<string, WorldState>;
}

/** An isolated copy of the cloud, with its own images, identity, faults, journal, coverage, clock and seed. */
export class World extends WithParts implements Cloud {
  readonly name: string;
  readonly journal: Journal;
  readonly coverage: Coverage;
  readonly blobs: BlobStore;
  readonly #clock = new Clock();
  readonly #unusedFaults = new UnusedFaultLog();
  readonly #dependencies: WorldDependencies;
  readonly #documents: WorldDocuments;
  readonly #snapshots: Map<string, WorldState>;
  #origin: WorldState;
  #services!: WorldServices;
  #releases!: ReleaseRanks;
  #history: WorldHistory;

  constructor({ name, origin, dependencies, documents = UNSAVED, present = origin, snapshots }: WorldOptions) {
    super();
    this.name = name;
    this.#origin = origin;
    this.#dependencies = dependencies;
    this.#documents = documents;
    this.blobs = dependencies.blobs;
    this.journal = new Journal(dependencies.journal, dependencies.journalMemory);
    this.coverage = new Coverage(dependencies.contracts, {
      total: dependencies.coverageTotal,
      isOff: dependencies.isCoverageOff,
    });
    this.#snapshots = new Map(snapshots);
    this.#history = new WorldHistory(present, this.journal);
    this.#start(present);
  }

  /** The state that `reset` restores. */
  get origin(): WorldState {
    return this.#origin;
  }

  /** Images with the rules of the services. */
  get images(): Images {
    return this.#services.images;
  }

  /** Imports of data from elsewhere into images. */
  get imports(): Imports {
    return this.#services.imports;
  }

  /** Creates images from servers, volumes and other images. */
  get transfers(): Transfers {
    return this.#services.transfers;
  }

  /** What happened besides the requests in the journal. */
  get history(): WorldHistory {
    return this.#history;
  }

  /** The release of the world and of each dialect, as numbers to compare. */
  get releases(): ReleaseRanks {
    return this.#releases;
  }

  /** Algorithm of the digest that is computed for new image data in addition to its MD5. */
  get hashing(): HashAlgorithm {
    return this.#dependencies.conventions.hashAlgorithm(this.profiles);
  }

  /** Why changes of the world cannot be saved; `undefined` while they can, and if the world is not saved. */
  get storageFailure(): StorageFailure | undefined {
    return this.#documents.failure;
  }

  /** Replaces the progress rules. */
  setProgress(progress: ProgressRules): void {
    this.#set('progress', progress);
  }

  /** Replaces the stores. */
  setStores(stores: readonly Store[]): void {
    this.#set('stores', stores);
  }

  /** Replaces the files elsewhere. */
  setWeb(web: Web): void {
    this.#documents.putDocument(COLLECTIONS.world, 'web', toWebDocument(web));
    this.parts.web = web;
  }

  /** Replaces the choices of all profiles. */
  setProfiles(profiles: Profiles): void {
    this.#set('profiles', profiles);
    this.#releases = ranksOf(this.release, profiles);
  }

  /** Changes the release of the services. An upgrade adds the roles of the new release; they stay after a return to an older one. */
  setRelease(release: Release): void {
    if (createsManager(release) && !createsManager(this.release)) {
      addManagerRole(this.identity.records, (name) => this.ids.uuid('role', name).replaceAll('-', ''));
    }
    this.#set('release', release);
    this.#releases = ranksOf(release, this.profiles);
  }

  /** Changes some limits; the others stay. */
  setLimits(limits: Partial<Limits>): void {
    this.#set('limits', { ...this.limits, ...limits });
  }

  /** Sets the time, or freezes or resumes the clock. */
  setClock(state: ClockState): void {
    this.#documents.putDocument(COLLECTIONS.world, 'clock', state);
    this.clock.setState(state);
  }

  /**
   * Applies everything that is due by the clock: late fault effects, ends of tasks, scheduled images. While they cannot be saved,
   * they stay due.
   */
  applyDueChanges(): void {
    if (this.storageFailure !== undefined) return;
    this.faults.late.runDue(this.clock.now());
    this.tasks.endDueTasks();
    this.servers.createDueImages();
  }

  /** Changes the scenarios or which of them are enabled, and saves them. */
  changeScenarios<T>(change: (faults: FaultEngine) => T): T {
    const before = this.faults.snapshot();
    const result = change(this.faults);
    try {
      this.#documents.putDocument(COLLECTIONS.world, 'scenarios', savedScenarios(this.faults.snapshot()));
    } catch (error) {
      this.faults.restoreScenarios(before);
      throw error;
    }
    return result;
  }

  /** Replaces scenarios by what files contain now, also where the world starts again. Call it before the library changes. */
  reloadScenarios(changes: readonly ChangedScenario[]): void {
    this.changeScenarios((faults) => faults.reload(changes));
    this.#origin = withReloaded(this.#origin, changes);
    for (const [name, state] of this.#snapshots) this.#snapshots.set(name, withReloaded(state, changes));
  }

  /** Starts again from another state, which `reset` restores from now on. Scenarios stay as they are. Snapshots stay. */
  startFrom(origin: WorldState): void {
    const { scenarios } = this.faults.snapshot();
    this.#origin = origin;
    this.#startOver({ ...origin, faults: { ...origin.faults, ...(scenarios !== undefined && { scenarios }) } });
  }

  /** Returns the current state, for a fork or snapshot, in which rate limits and rule counters start at zero. */
  snapshot(): WorldState {
    return { ...snapshotOf(this.parts), rateLimits: PARTS.rateLimits.initial('') };
  }

  /** Creates a copy for a dry run: changes to it are not saved and affect no other world, and it downloads nothing. */
  copy(): World {
    const { contracts, conventions, journal, journalMemory } = this.#dependencies;
    const dependencies = { contracts, conventions, journal, journalMemory, blobs: this.blobs };
    return new World({ name: this.name, origin: snapshotOf(this.parts), dependencies });
  }

  /** Clears the journal, and starts a new history in the current state. */
  clearJournal(): void {
    this.journal.clear();
    this.#history = new WorldHistory(this.snapshot(), this.journal);
  }

  /** Restores the state in which the world was created, and clears journal and coverage. */
  reset(): void {
    this.#documents.reset();
    this.#startOver(this.#origin);
  }

  /** Snapshots by name, in the order in which they were taken. */
  get snapshots(): ReadonlyMap<string, WorldState> {
    return this.#snapshots;
  }

  /** Saves the current state under a name. Replaces a snapshot of that name. */
  takeSnapshot(name: string): void {
    const state = this.snapshot();
    this.#documents.snapshot(name, state.imageStore);
    this.#snapshots.delete(name);
    this.#snapshots.set(name, state);
  }

  /** Restores a snapshot, and clears journal and coverage. Returns whether a snapshot of that name exists. */
  restore(name: string): boolean {
    const state = this.#snapshots.get(name);
    if (state === undefined) return false;
    this.#documents.restore(name);
    this.#startOver(state);
    return true;
  }

  /** Deletes a snapshot. Returns whether a snapshot of that name existed. */
  dropSnapshot(name: string): boolean {
    if (!this.#snapshots.has(name)) return false;
    this.#documents.deleteSnapshot(name);
    return this.#snapshots.delete(name);
  }

  #set<K extends SettingName>(name: K, value: WorldParts[K]): void {
    this.#documents.putDocument(COLLECTIONS.world, name, value);
    this.parts[name] = value;
  }

  #startOver(state: WorldState): void {
    // The clock first, because the report of unused faults omits those that have expired.
    this.clock.restore(state.clock);
    this.faults.retire();
    this.journal.clear();
    this.#history = new WorldHistory(state, this.journal);
    this.#start(state);
    this.coverage.clear();
  }

  #start(state: WorldState): void {
    const parts = {} as WorldParts;
    const isCurrent = (): boolean => this.parts === parts;
    const clock = this.#clock;
    const dependencies = this.#dependencies;
    const services = new WorldServices({ parts, clock, dependencies });
    this.parts = parts;
    this.#services = services;
    this.#releases = ranksOf(state.release, state.profiles);
    // Written out, since a spread here doubles the cost of a reset.
    startParts(parts, state, {
      parts,
      clock,
      dependencies,
      services,
      name: this.name,
      documents: this.#writerWhile(isCurrent),
      unusedFaults: this.#unusedFaults,
      setSetting: (name, value) => {
        if (isCurrent()) this.#set(name, value);
      },
    });
  }

  /** Returns a writer for the parts. After a restart it ignores writes of earlier work, such as a running upload. */
  #writerWhile(isCurrent: () => boolean): ChangeWriter {
    return {
      putImage: (image) => {
        if (!isCurrent()) return;
        this.#documents.putImage(image);
        this.#history.noteChange({ after: this.journal.recorded, time: this.clock.now() }, image);
      },
      putDocument: (collection, id, document) => {
        if (isCurrent()) this.#documents.putDocument(collection, id, document);
      },
    };
  }
}

/** Returns a state whose scenarios are those that files contain now. */
const withReloaded = (state: WorldState, changes: readonly ChangedScenario[]): WorldState => {
  const { scenarios } = state.faults;
  return scenarios === undefined
    ? state
    : { ...state, faults: { ...state.faults, scenarios: scenarios.reloading(changes) } };
};
