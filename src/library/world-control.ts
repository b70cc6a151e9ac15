import { assertValidBody, assertValidQuery } from '../admin/checks.ts';
import { type ClientSettings, clientSettings } from '../admin/client-settings.ts';
import { type ClockChange, type ClockReading, changedClock, readClock } from '../admin/clock.ts';
import { type Configuration, changeConfiguration, readConfiguration } from '../admin/configuration.ts';
import { type ContainerView, listContainers } from '../admin/containers.ts';
import { type DigestRequest, type DigestView, digestImage } from '../admin/digests.ts';
import { changeImage, type ImageView, placeImage, presentImage, removeImage } from '../admin/images.ts';
import { listRequests, type RequestList } from '../admin/requests.ts';
import {
  armFault,
  deleteScenario,
  disableScenario,
  enableScenario,
  explainCall,
  type FaultView,
  listFaults,
  listScenarios,
  type ProbeView,
  putScenario,
  type ScenarioDetails,
  type ScenarioLimit,
  type ScenarioView,
  setScenarioState,
  showScenario,
} from '../admin/scenarios.ts';
import { changeServer, listServers, type ServerChange, type ServerView } from '../admin/servers.ts';
import { dropSnapshot, listSnapshots, restoreSnapshot, type SnapshotView, takeSnapshot } from '../admin/snapshots.ts';
import {
  advanceTask,
  changeTask,
  finishTask,
  listTasks,
  type TaskChange,
  type TaskEnd,
  type TaskFilter,
  type TaskView,
} from '../admin/tasks.ts';
import { createWorld, type NewWorld, presentWorld, type WorldView } from '../admin/worlds.ts';
import type { Json } from '../base/json.ts';
import type { Contract } from '../contract/contract.ts';
import type { Cell, ObservedCell, Totals } from '../coverage/coverage.ts';
import type { RuleExplanation } from '../faults/engine/explain.ts';
import type { UnusedFault } from '../faults/fault.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError } from '../input/input-error.ts';
import { DEFAULT_WORLD, type World } from '../world/world.ts';
import type { Worlds } from '../world/worlds.ts';

/** Which requests are asked for; all that is given must hold. */
export interface RequestQuery {
  /** `image-v2.showImage`. */
  readonly operation?: string;
  readonly dialect?: string;
  readonly status?: number;
  readonly source?: 'natural' | 'injected';
  readonly method?: string;
  /** Only requests with a higher id. */
  readonly after?: number;
  /** At most so many, the newest; 100 when left out. */
  readonly limit?: number;
}

/** What controls need of the process they are in. */
export interface WorldControlDependencies {
  readonly worlds: Worlds;
  readonly contracts: readonly Contract[];
  readonly known: KnownOperations;
  /** Address of a world's root. */
  rootOf(world: string): string;
}

/**
 * The members of a query that are given, as parameters.
 * @throws InputError for what the operation does not take.
 */
function assertValidParameters(id: 'listRequests' | 'listScenarios' | 'listTasks', query: object): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  assertValidQuery(id, parameters);
  return parameters;
}

/** All of the admin API for one world, as functions. Wrong values throw `InputError`, missing things `AdminError`. */
export class WorldControl {
  readonly #world: World;
  readonly #dependencies: WorldControlDependencies;

  constructor(world: World, parts: WorldControlDependencies) {
    this.#world = world;
    this.#dependencies = parts;
  }

  get name(): string {
    return this.#world.name;
  }

  /** Address of the world's root, no slash at the end. */
  get url(): string {
    return this.#dependencies.rootOf(this.#world.name);
  }

  /** Addresses, seed and client settings. */
  describe(): WorldView {
    return presentWorld(this.#world, this.url, this.#dependencies.rootOf(DEFAULT_WORLD));
  }

  /** How clients log in as a user; as the first one when none is named. */
  settings(user?: string): ClientSettings | undefined {
    return clientSettings(this.url, this.#world.identity.directory, { ...(user !== undefined && { user }) });
  }

  /** The same for clients that cannot but use the plain addresses: the names in it tell the world. */
  settingsByLogIn(user?: string): ClientSettings | undefined {
    const { name, identity } = this.#world;
    return clientSettings(this.#dependencies.rootOf(DEFAULT_WORLD), identity.directory, {
      ...(user !== undefined && { user }),
      ...(name !== DEFAULT_WORLD && { world: name }),
    });
  }

  readonly snapshots = {
    /** Keeps the world as it is now; under a name that is made up where none is given. */
    take: (name?: string): SnapshotView => takeSnapshot(this.#world, name),
    /** The oldest first. */
    list: (): readonly SnapshotView[] => listSnapshots(this.#world),
    /** Goes back to one, as `reset` goes back to the start. */
    restore: (name: string): void => restoreSnapshot(this.#world, name),
    drop: (name: string): void => dropSnapshot(this.#world, name),
  };

  /** Back to how the world was made. */
  reset(): void {
    this.#world.reset();
  }

  /** Documented answers by cell, and apart from them those of proxies. */
  coverage(): { readonly cells: readonly Cell[]; readonly totals: Totals; readonly observed: readonly ObservedCell[] } {
    const { coverage } = this.#world;
    return { cells: coverage.cells(), totals: coverage.totals(), observed: coverage.observed() };
  }

  readonly scenarios = {
    list: (): readonly ScenarioView[] => listScenarios(this.#world),
    get: (name: string): ScenarioDetails => showScenario(this.#world, name),
    put: (name: string, scenario: Json): ScenarioDetails =>
      putScenario(this.#world, name, scenario, this.#dependencies.known).scenario,
    remove: (name: string): void => deleteScenario(this.#world, name),
    enable: (name: string, limit: ScenarioLimit = {}): ScenarioView => {
      assertValidBody('enableScenario', limit);
      return enableScenario([this.#world], name, limit);
    },
    disable: (name: string): ScenarioView => disableScenario([this.#world], name),
    /** Puts a scenario into a state; `of` names an image, project, user or client that has one of its own. */
    setState: (name: string, state: string, of?: string): ScenarioView =>
      setScenarioState(this.#world, name, { state, ...(of !== undefined && { of }) }),
    /** The rules that a call would be offered to, in this order, and what each would do with it. */
    explain: (call: ProbeView): readonly RuleExplanation[] => {
      if (assertValidParameters('listScenarios', call).get('operation') === null)
        throw new InputError('query', [{ pointer: '/operation', message: 'must be said' }]);
      return explainCall(this.#world, call);
    },
    /** What plays or was armed in this world and has done nothing yet. */
    unusedFaults: (): readonly UnusedFault[] => this.#world.faults.unusedFaults(),
  };

  readonly faults = {
    /** Arms one rule, for one call unless it says otherwise. */
    arm: (rule: Json): FaultView => armFault(this.#world, rule, this.#dependencies.known),
    list: (): readonly FaultView[] => listFaults(this.#world),
    clear: (): void => void this.#world.faults.disarmAll(),
  };

  readonly images = {
    /** Puts an image of any state in, the rules of the services skipped. */
    place: (image: Json): ImageView => {
      assertValidBody('placeImage', image);
      return presentImage(placeImage(this.#world, image));
    },
    change: (imageId: string, changes: Json): ImageView => {
      assertValidBody('changeImage', changes);
      return presentImage(changeImage(this.#world, imageId, changes));
    },
    remove: (imageId: string): void => removeImage(this.#world, imageId),
    /** Works out digests of the data; takes seconds for each GiB. */
    digest: (imageId: string, wish: DigestRequest = {}): Promise<DigestView> => {
      assertValidBody('digestImage', wish);
      return digestImage(this.#world, imageId, wish);
    },
  };

  readonly requests = {
    list: (query: RequestQuery = {}): RequestList => {
      const parameters = assertValidParameters('listRequests', query);
      return listRequests(this.#world, parameters, this.#dependencies.contracts);
    },
    clear: (): void => this.#world.journal.clear(),
  };

  readonly configuration = {
    /** Limits, quotas, progress, profiles and stores. */
    read: (): Required<Configuration> => readConfiguration(this.#world),
    /** Sets what is given. */
    change: (configuration: Configuration): Required<Configuration> => {
      assertValidBody('changeConfiguration', configuration);
      return changeConfiguration(this.#world, configuration, this.#dependencies.contracts);
    },
  };

  readonly tasks = {
    /** What takes time, the newest first. */
    list: (filter: TaskFilter = {}): readonly TaskView[] => {
      assertValidParameters('listTasks', filter);
      return listTasks(this.#world, filter);
    },
    /** Has a task on its way get on otherwise, or end otherwise. */
    change: (id: string, change: TaskChange): TaskView => {
      assertValidBody('changeTask', change);
      return changeTask(this.#world, id, change, this.#dependencies.contracts);
    },
    /** Moves a task one step on. */
    advance: (id: string): TaskView => advanceTask(this.#world, id),
    /** Ends a task, in success unless it is told to fail. */
    finish: (id: string, end: TaskEnd = {}): TaskView => {
      assertValidBody('finishTask', end);
      return finishTask(this.#world, id, end, this.#dependencies.contracts);
    },
  };

  readonly servers = {
    /** Servers of all projects. */
    list: (): readonly ServerView[] => listServers(this.#world),
    /** Puts a server into any state; the rules of the services are skipped. */
    change: (id: string, change: ServerChange): ServerView => {
      assertValidBody('changeServer', change);
      return changeServer(this.#world, id, change);
    },
  };

  /** Containers with the files in them, those that images were exported to among them. */
  containers(): readonly ContainerView[] {
    return listContainers(this.#world);
  }

  readonly clock = {
    read: (): ClockReading => readClock(this.#world.clock),
    change: (change: ClockChange): ClockReading => {
      assertValidBody('setClock', change);
      this.#world.setClock(changedClock(this.#world.clock.state, change, 'clock'));
      return readClock(this.#world.clock);
    },
    freeze: (at?: string): ClockReading => this.clock.change({ freeze: at ?? true }),
    set: (now: string): ClockReading => this.clock.change({ set: now }),
    /** Seconds, or a text such as `90s`, `5m`, `1h30m`. */
    advance: (by: number | string): ClockReading => this.clock.change({ advance: by }),
    resume: (): ClockReading => this.clock.change({ resume: true }),
  };
}

/** Makes, finds and drops worlds. */
export class WorldsControl {
  readonly #dependencies: WorldControlDependencies;

  constructor(parts: WorldControlDependencies) {
    this.#dependencies = parts;
  }

  /** @throws InputError, or AdminError for a name that is taken and a fork of nothing. */
  create(world: NewWorld = {}): WorldControl {
    assertValidBody('createWorld', world);
    const { worlds, contracts, known } = this.#dependencies;
    return new WorldControl(createWorld(worlds, world, { contracts, operations: known }), this.#dependencies);
  }

  list(): readonly WorldControl[] {
    return this.#dependencies.worlds.list().map((world) => new WorldControl(world, this.#dependencies));
  }

  get(name: string): WorldControl | undefined {
    const world = this.#dependencies.worlds.get(name);
    return world && new WorldControl(world, this.#dependencies);
  }

  /** Whether there was one to drop; the default world stays. */
  drop(name: string): boolean {
    return this.#dependencies.worlds.drop(name);
  }
}
