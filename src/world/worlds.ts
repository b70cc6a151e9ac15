import type { ClockState } from '../domain/clock.ts';
import type { Store } from '../domain/data/store.ts';
import type { Limits } from '../domain/limits.ts';
import { mergedProfiles, type Profiles } from '../domain/profiles.ts';
import type { ProgressRules } from '../domain/progress.ts';
import { ScenarioSet } from '../faults/engine/scenario-set.ts';
import type { UnusedFault } from '../faults/fault.ts';
import type { ScenarioLibrary } from '../faults/scenario-file/library.ts';
import type { FixtureSet } from '../fixtures/fixture-file.ts';
import { endOf, worldTag } from '../identity/tokens/world-tag.ts';
import { InputError } from '../input/input-error.ts';
import type { Documents } from '../persistence/documents.ts';
import type { WorldDependencies } from './parts/part.ts';
import { toDocuments, toWorldState } from './parts/parts.ts';
import { World } from './world.ts';
import { assertValidName, DEFAULT_WORLD } from './world-name.ts';
import type { WorldState } from './world-state.ts';

/** What of a world is set rather than made; what is absent stays as it is. */
export interface Settings {
  readonly limits?: Partial<Limits>;
  readonly progress?: ProgressRules;
  /** In place of the choices that are named; others stay. */
  readonly profiles?: Profiles;
  readonly stores?: readonly Store[];
}

/** What a world is made of; what is absent is as in the default world. */
export interface OriginOptions extends Settings {
  readonly fixtures?: FixtureSet;
  readonly seed?: string;
  readonly clock?: ClockState;
  /** Makes the scenarios of those that it would have. */
  readonly scenarios?: (inherited: ScenarioSet) => ScenarioSet;
}

/** A fault that no call met, and the world in which it was armed; `null` for one that plays in all from the start. */
export interface UnusedFaultInWorld extends UnusedFault {
  readonly world: string | null;
}

/** How many unmet faults of dropped worlds are remembered. */
const MAX_UNUSED = 1000;

const unusedIn = (world: World): readonly UnusedFaultInWorld[] =>
  world.faults.allUnusedFaults().map((fault) => ({ world: world.name, ...fault }));

/** What `Worlds` needs. */
export interface WorldsDependencies extends WorldDependencies {
  /** Makes the state that a world starts from. */
  origin(options: OriginOptions): WorldState;
  /** Where worlds are kept; those that are there already are taken up. Nowhere when left out. */
  readonly keeping?: PersistenceOptions;
}

/** Where worlds are kept, and what it takes to read them. */
export interface PersistenceOptions {
  readonly documents: Documents;
  readonly library: ScenarioLibrary;
}

/** All worlds of one process, by name. */
export class Worlds {
  readonly #worlds = new Map<string, World>();
  /** All but the default one, by what their tokens end with. */
  readonly #byTag = new Map<string, World>();
  #unusedOfDropped: readonly UnusedFaultInWorld[] = [];
  readonly #dependencies: WorldsDependencies;
  readonly default: World;
  #made = 0;

  constructor(parts: WorldsDependencies) {
    this.#dependencies = parts;
    if (parts.keeping !== undefined) this.#takeUp(parts.keeping);
    this.default = this.#worlds.get(DEFAULT_WORLD) ?? this.make(DEFAULT_WORLD, parts.origin({}));
  }

  get(name: string): World | undefined {
    return this.#worlds.get(name);
  }

  /** The world of a token that was got by log-in at an address that names none. */
  ofToken(token: string): World | undefined {
    return this.#byTag.size === 0 ? undefined : this.#byTag.get(endOf(token));
  }

  list(): readonly World[] {
    return [...this.#worlds.values()];
  }

  /** A name for a world that is given none. */
  freeName(): string {
    let name: string;
    do {
      this.#made += 1;
      name = `w${this.#made}`;
    } while (this.#worlds.has(name));
    return name;
  }

  /**
   * A world that starts from fixtures. One that asks for nothing of its own shares the start of the default world, and
   * costs the same however many images that holds.
   * @throws InputError for a name that is taken or that cannot stand in an address.
   */
  create(name: string, options: OriginOptions = {}): World {
    const { origin } = this.default;
    if (options.fixtures === undefined && options.seed === undefined) {
      return this.make(name, withOptions(origin, options));
    }
    return this.make(name, withOptions(this.#dependencies.origin({ clock: origin.clock, ...options }), options));
  }

  /**
   * A world that starts as another one is now.
   * @param snapshot - a snapshot of the parent, to start from that.
   * @throws InputError as `create`.
   */
  fork(name: string, parent: World, options: Omit<OriginOptions, 'fixtures'> = {}, snapshot?: WorldState): World {
    const state = snapshot ?? parent.snapshot();
    if (snapshot === undefined) parent.faults.noteFork();
    const seeded = options.seed === undefined ? state : { ...state, ...reseeded(state, options.seed) };
    return this.make(name, withOptions(seeded, options), snapshot === undefined ? parent.name : undefined);
  }

  /**
   * @param from - name of the world whose present images these are.
   * @throws InputError for a name that is taken or that cannot stand in an address.
   */
  make(name: string, origin: WorldState, from?: string): World {
    assertValidName(name, 'world');
    if (this.#worlds.has(name)) {
      throw new InputError('world', [
        { pointer: '/name', message: 'there is a world of this name', found: name, allowed: 'a name that is free' },
      ]);
    }
    const documents = this.#dependencies.keeping?.documents.make(name, toDocuments(origin), from);
    const world = new World({
      name,
      origin,
      dependencies: this.#dependencies,
      ...(documents !== undefined && { documents }),
    });
    this.#add(world);
    return world;
  }

  /** Faults that were armed and that no call met, those of dropped worlds too (the latest thousand of them). */
  unusedFaults(): readonly UnusedFaultInWorld[] {
    return [...this.#unusedOfDropped, ...this.list().flatMap(unusedIn)];
  }

  /** Whether there was one to drop. The default world stays. */
  drop(name: string): boolean {
    const world = this.#worlds.get(name);
    if (name === DEFAULT_WORLD || world === undefined) return false;
    this.#worlds.delete(name);
    world.clock.letGo();
    this.#unusedOfDropped = [...this.#unusedOfDropped, ...unusedIn(world)].slice(-MAX_UNUSED);
    this.#byTag.delete(worldTag(name));
    this.#dependencies.keeping?.documents.drop(name);
    return true;
  }

  #add(world: World): void {
    this.#worlds.set(world.name, world);
    if (world.name !== DEFAULT_WORLD) this.#byTag.set(worldTag(world.name), world);
  }

  #takeUp({ documents, library }: PersistenceOptions): void {
    for (const { name, origin, present, snapshots } of documents.saved()) {
      const world = new World({
        name,
        origin: toWorldState(origin, library),
        dependencies: this.#dependencies,
        documents: documents.of(name),
        present: toWorldState(present, library),
        snapshots: new Map([...snapshots].map(([key, saved]) => [key, toWorldState(saved, library)] as const)),
      });
      this.#add(world);
    }
  }
}

/** A state with the clock, scenarios and settings that are asked for. */
function withOptions(state: WorldState, options: Omit<OriginOptions, 'fixtures' | 'seed'>): WorldState {
  const { clock, limits, progress, profiles, stores, scenarios } = options;
  return {
    ...state,
    ...(clock !== undefined && { clock }),
    ...(limits !== undefined && { limits: { ...state.limits, ...limits } }),
    ...(progress !== undefined && { progress }),
    ...(profiles !== undefined && { profiles: mergedProfiles(state.profiles, profiles) }),
    ...(stores !== undefined && { stores }),
    ...(scenarios !== undefined && {
      faults: { ...state.faults, scenarios: scenarios(state.faults.scenarios ?? new ScenarioSet(undefined)) },
    }),
  };
}

/** What ids and chance come from, with another seed from here on. */
const reseeded = (state: WorldState, seed: string): Pick<WorldState, 'ids' | 'faults'> => ({
  ids: { ...state.ids, seed },
  faults: { ...state.faults, seed },
});
