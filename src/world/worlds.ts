import type { Release } from '../base/release.ts';
import { Coverage } from '../coverage/coverage.ts';
import type { ClockState } from '../domain/clock.ts';
import type { Store } from '../domain/data/store.ts';
import type { Limits } from '../domain/limits.ts';
import { mergedProfiles, type Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import type { StorageFailure } from '../domain/storage-failure.ts';
import type { Web } from '../domain/web.ts';
import { ScenarioSet } from '../faults/engine/scenario-set.ts';
import type { UnusedFault } from '../faults/fault.ts';
import type { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import type { ChangedScenario } from '../faults/scenario-source.ts';
import type { FixtureSet } from '../fixtures/fixture-set.ts';
import { checkProfiles } from '../fixtures/sections/profiles.ts';
import { checkRelease } from '../fixtures/sections/release.ts';
import { usualSpelling } from '../identity/tokens/token-spelling.ts';
import { endOf, worldTag } from '../identity/tokens/world-tag.ts';
import { InputError } from '../input/input-error.ts';
import type { ProcessJournals } from '../journal/follow-all.ts';
import type { Documents } from '../persistence/documents.ts';
import type { SavedState } from '../persistence/world-documents.ts';
import type { WorldDependencies } from './parts/part.ts';
import { toDocuments, toWorldState } from './parts/parts.ts';
import { World } from './world.ts';
import { assertValidName, DEFAULT_WORLD } from './world-name.ts';
import type { WorldState } from './world-state.ts';

/** Settings to change; omitted ones stay. */
export interface Settings {
  readonly limits?: Partial<Limits>;
  readonly progress?: ProgressRules;
  /** Replaces the named choices; others stay. */
  readonly profiles?: Profiles;
  readonly release?: Release;
  readonly stores?: readonly Store[];
  /** Replaces the entries of the given addresses; others stay. */
  readonly web?: Web;
}

/** Options of a new world; omitted members are those of the default world. */
export interface WorldSetup extends Settings {
  readonly fixtures?: FixtureSet;
  readonly seed?: string;
  readonly clock?: ClockState;
  /** Returns the scenarios of the world, given those that it would have otherwise. */
  readonly scenarios?: (inherited: ScenarioSet) => ScenarioSet;
}

/** A fault that never fired, and its world; `null` for a fault that is armed in all worlds from the start. */
export interface UnusedFaultInWorld extends UnusedFault {
  readonly world: string | null;
}

/** Maximum number of unused faults of dropped worlds that are remembered. */
const MAX_UNUSED = 1000;

const unusedIn = (world: World): readonly UnusedFaultInWorld[] =>
  world.faults.allUnusedFaults().map((fault) => ({ world: world.name, ...fault }));

/** Dependencies of `Worlds`. */
export interface WorldsDependencies extends WorldDependencies {
  /** Creates the state that a world starts from. */
  origin(options: WorldSetup): WorldState;
  /** The state of the default world; default: the one that `origin` creates. */
  readonly defaultOrigin?: WorldState;
  /** Where worlds are saved; saved worlds are restored. Default: worlds are not saved. */
  readonly persistence?: PersistenceOptions;
}

/** Where worlds are saved, and the library that restores their scenarios. */
export interface PersistenceOptions {
  readonly documents: Documents;
  readonly library: ScenarioLibrary;
}

/** All worlds of one process, by name. */
export class Worlds {
  readonly #worlds = new Map<string, World>();
  /** All worlds but the default one, by the tag at the end of their tokens. */
  readonly #byTag = new Map<string, World>();
  #unusedOfDropped: readonly UnusedFaultInWorld[] = [];
  readonly #dependencies: WorldsDependencies;
  readonly default: World;
  #named = 0;

  constructor(parts: WorldsDependencies) {
    this.#dependencies = parts;
    if (parts.persistence !== undefined) this.#restoreSaved(parts.persistence);
    this.default =
      this.#worlds.get(DEFAULT_WORLD) ?? this.createFrom(DEFAULT_WORLD, parts.defaultOrigin ?? parts.origin({}));
  }

  /** Returns a world by name. */
  get(name: string): World | undefined {
    return this.#worlds.get(name);
  }

  /** Returns the world whose tag a token ends with. Such tokens come from a login at an address without a world. */
  ofToken(token: string): World | undefined {
    return this.#byTag.size === 0 ? undefined : this.#byTag.get(endOf(usualSpelling(token)));
  }

  /** Lists all worlds in the order of their creation. */
  list(): readonly World[] {
    return [...this.#worlds.values()];
  }

  /** Why changes cannot be saved; `undefined` while they can, and if worlds are not saved. */
  get storageFailure(): StorageFailure | undefined {
    return this.#dependencies.persistence?.documents.failure;
  }

  /** The journals of all worlds, which share a memory limit and sequence numbers. */
  get journals(): ProcessJournals {
    return { memory: this.#dependencies.journalMemory, readers: () => this.list() };
  }

  /** Returns an unused name for a world: `w1`, `w2`, … */
  freeName(): string {
    let name: string;
    do {
      this.#named += 1;
      name = `w${this.#named}`;
    } while (this.#worlds.has(name));
    return name;
  }

  /**
   * Creates a world from fixtures. Without fixtures or seed of its own it shares the origin of the default world, which
   * costs the same for any number of images.
   * @throws InputError for a name that is in use or that cannot be part of a URL path.
   */
  create(name: string, options: WorldSetup = {}): World {
    const { origin } = this.default;
    if (options.fixtures === undefined && options.seed === undefined) {
      return this.createFrom(name, withOptions(origin, options));
    }
    const release = options.release ?? options.fixtures?.release ?? origin.release;
    const fresh = this.#dependencies.origin({ clock: origin.clock, ...options, release });
    return this.createFrom(name, withOptions(fresh, options));
  }

  /** Returns the state that a world of these fixtures starts from. @throws InputError for fixtures that do not fit the APIs. */
  originOf(fixtures: FixtureSet): WorldState {
    return this.#dependencies.origin({ fixtures });
  }

  /**
   * Creates a world from the current state of another one.
   * @param snapshot - a snapshot of the parent to start from instead.
   * @throws InputError as `create`.
   */
  fork(name: string, parent: World, options: Omit<WorldSetup, 'fixtures'> = {}, snapshot?: WorldState): World {
    const state = snapshot ?? parent.snapshot();
    if (snapshot === undefined) parent.faults.noteFork();
    const seeded = options.seed === undefined ? state : { ...state, ...reseeded(state, options.seed) };
    return this.createFrom(name, withOptions(seeded, options), snapshot === undefined ? parent.name : undefined);
  }

  /**
   * Creates a world from a state.
   * @param from - name of the world whose current state it is, for a fork.
   * @throws InputError for a name that is in use or that cannot be part of a URL path.
   */
  createFrom(name: string, origin: WorldState, from?: string): World {
    assertValidName(name, 'world');
    if (this.#worlds.has(name)) {
      throw new InputError('world', [
        { pointer: '/name', message: 'is the name of another world', found: name, allowed: 'an unused name' },
      ]);
    }
    const documents = this.#dependencies.persistence?.documents.create(name, toDocuments(origin), from);
    const world = new World({
      name,
      origin,
      dependencies: this.#dependencies,
      ...(documents !== undefined && { documents }),
    });
    this.#add(world);
    return world;
  }

  /** Replaces scenarios of all worlds by what files contain now. Call it before the library changes. */
  reloadScenarios(changes: readonly ChangedScenario[]): void {
    for (const world of this.#worlds.values()) world.reloadScenarios(changes);
  }

  /** Faults that were armed and never fired, including the latest 1000 of dropped worlds. */
  unusedFaults(): readonly UnusedFaultInWorld[] {
    return [...this.#unusedOfDropped, ...this.list().flatMap(unusedIn)];
  }

  /** Returns the coverage of all worlds since the process started, dropped and reset ones included. */
  totalCoverage(): Coverage {
    const { contracts, coverageTotal } = this.#dependencies;
    const total = new Coverage(contracts);
    if (coverageTotal !== undefined) total.add(coverageTotal);
    for (const world of this.#worlds.values()) total.add(world.coverage);
    return total;
  }

  /** Resets the coverage of all worlds, dropped ones included. */
  clearCoverage(): void {
    for (const world of this.#worlds.values()) world.coverage.clear();
    this.#dependencies.coverageTotal?.clear();
  }

  /** Drops a world. Returns whether it existed; the default world cannot be dropped. */
  drop(name: string): boolean {
    const world = this.#worlds.get(name);
    if (name === DEFAULT_WORLD || world === undefined) return false;
    this.#dependencies.persistence?.documents.drop(name);
    // Streams over all worlds look for the name of the world.
    world.journal.close();
    this.#worlds.delete(name);
    world.coverage.clear();
    world.clock.wakeAll();
    this.#unusedOfDropped = [...this.#unusedOfDropped, ...unusedIn(world)].slice(-MAX_UNUSED);
    this.#byTag.delete(worldTag(name));
    return true;
  }

  #add(world: World): void {
    this.#worlds.set(world.name, world);
    if (world.name !== DEFAULT_WORLD) this.#byTag.set(worldTag(world.name), world);
  }

  /** Rejects profiles and releases of a state file that this version does not have. @throws InputError */
  #assertProfiles({ profiles, release }: Pick<WorldState, 'profiles' | 'release'>, pointer: string): void {
    const issues = [
      ...checkProfiles(profiles, this.#dependencies.contracts, `${pointer}/profiles`),
      ...checkRelease(release, `${pointer}/release`),
    ];
    if (issues.length > 0) throw new InputError('state file', issues);
  }

  #restoreSaved({ documents, library }: PersistenceOptions): void {
    for (const { name, origin, present, snapshots } of documents.saved()) {
      const stateOf = (saved: SavedState, place: string): WorldState => {
        const pointer = `/worlds/${name}/${place}`;
        const state = restored(saved, library, pointer);
        this.#assertProfiles(state, pointer);
        return state;
      };
      const world = new World({
        name,
        origin: stateOf(origin, 'origin'),
        dependencies: this.#dependencies,
        documents: documents.of(name),
        present: stateOf(present, 'present'),
        snapshots: new Map([...snapshots].map(([key, saved]) => [key, stateOf(saved, `snapshots/${key}`)] as const)),
      });
      this.#add(world);
    }
  }
}

/** Converts documents to a state. @throws InputError if they are not those of a world. */
function restored(saved: SavedState, library: ScenarioLibrary, pointer: string): WorldState {
  try {
    return toWorldState(saved, library);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = `the documents of a world cannot be read: ${(error as Error).message}`;
    throw new InputError('state file', [{ pointer, message, allowed: 'documents that Sideglance wrote' }]);
  }
}

/** Returns a state with the given clock, scenarios and settings. */
function withOptions(state: WorldState, options: Omit<WorldSetup, 'fixtures' | 'seed'>): WorldState {
  const { clock, limits, progress, profiles, release, stores, web, scenarios } = options;
  return {
    ...state,
    ...(clock !== undefined && { clock }),
    ...(limits !== undefined && { limits: { ...state.limits, ...limits } }),
    ...(progress !== undefined && { progress }),
    ...(profiles !== undefined && { profiles: mergedProfiles(state.profiles, profiles) }),
    ...(release !== undefined && { release }),
    ...(stores !== undefined && { stores }),
    ...(web !== undefined && { web: { ...state.web, ...web } }),
    ...(scenarios !== undefined && {
      faults: { ...state.faults, scenarios: scenarios(state.faults.scenarios ?? new ScenarioSet(undefined)) },
    }),
  };
}

/** Returns the parts that depend on the seed, with another seed for later ids and random choices. */
const reseeded = (state: WorldState, seed: string): Pick<WorldState, 'ids' | 'faults'> => ({
  ids: { ...state.ids, seed },
  faults: { ...state.faults, seed },
});
