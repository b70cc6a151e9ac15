import type { Json } from '../base/json.ts';
import { type Contract, type Handlers, jsonReply } from '../contract/contract.ts';
import type { Image } from '../domain/image.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { DEFAULT_WORLD, type World } from '../world/world.ts';
import type { Worlds } from '../world/worlds.ts';
import { type ClockChange, changedClock, readClock } from './clock.ts';
import { type Configuration, changeConfiguration, readConfiguration } from './configuration.ts';
import { listContainers } from './containers.ts';
import type { contract } from './contract.ts';
import { type DigestRequest, digestImage } from './digests.ts';
import { changeImage, placeImage, presentImage, removeImage } from './images.ts';
import { openapi } from './openapi.ts';
import { AdminError, refusal } from './problems.ts';
import { listRequests } from './requests.ts';
import * as scenarios from './scenarios.ts';
import { changeServer, listServers, type ServerChange } from './servers.ts';
import { dropSnapshot, listSnapshots, restoreSnapshot, type SnapshotView, takeSnapshot } from './snapshots.ts';
import {
  advanceTask,
  changeTask,
  finishTask,
  listTasks,
  type TaskChange,
  type TaskEnd,
  type TaskFilter,
} from './tasks.ts';
import { createWorld, type NewWorld, presentWorld, type WorldView } from './worlds.ts';

/** What the admin API works on. */
export interface AdminHost {
  readonly version: string;
  readonly worlds: Worlds;
  readonly contracts: readonly Contract[];
  /** The operations that rules may name. */
  readonly known: KnownOperations;
  /** Whether every port listens. */
  isReady(): boolean;
}

/** What a handler gets beside the call. */
export interface AdminContext {
  /** The world whose admin API was called. */
  readonly world: World;
  readonly host: AdminHost;
  /** Address of the process, whatever the world: no slash at the end. */
  readonly processRoot: string;
}

const EMPTY = { status: 204 };

const shown = (status: number, image: Image) => jsonReply(status, presentImage(image));

/** Operations of the published APIs as `GET /contracts` lists them. */
export const listContracts = (contracts: readonly Contract[]) =>
  contracts.flatMap((contract) =>
    Object.entries(contract.operations).map(([operation, { method, mount, path, statuses }]) => ({
      dialect: contract.name,
      operation,
      method: method.toUpperCase(),
      path: (mount ?? contract.mount) + path,
      statuses,
    })),
  );

const viewOf = (world: World, { processRoot }: AdminContext): WorldView => {
  const root = world.name === DEFAULT_WORLD ? processRoot : `${processRoot}/w/${world.name}`;
  return presentWorld(world, root, processRoot);
};

const noSuchWorld = (name: string, { worlds }: AdminHost): AdminError =>
  new AdminError(404, `There is no world "${name}".`, [
    {
      pointer: '/name',
      message: 'there is no such world',
      found: name,
      allowed: worlds.list().map((world) => world.name),
    },
  ]);

export const handlers: Handlers<typeof contract, AdminContext> = {
  getHealth: () => jsonReply(200, { status: 'ok' }),
  getReady: (_call, { host }) =>
    host.isReady() ? jsonReply(200, { status: 'ready' }) : refusal(503, 'Not every port listens.'),

  listScenarios: ({ query }, { world }) => {
    const probe = Object.fromEntries(query) as Partial<scenarios.ProbeView>;
    const { operation } = probe;
    if (operation !== undefined) return jsonReply(200, scenarios.explainOperation(world, { ...probe, operation }));
    scenarios.assertNoProbe(probe);
    return jsonReply(200, scenarios.overview(world));
  },
  putScenario: ({ params, json }, { world, host }) => {
    const { isNew, scenario } = scenarios.putScenario(world, params.name, json as Json, host.known);
    return jsonReply(isNew ? 201 : 200, scenario);
  },
  showScenario: ({ params }, { world }) => jsonReply(200, scenarios.showScenario(world, params.name)),
  deleteScenario: ({ params }, { world }) => {
    scenarios.deleteScenario(world, params.name);
    return EMPTY;
  },
  enableScenario: ({ params, query, json }, { world, host }) => {
    const limit = json as scenarios.ScenarioLimit | undefined;
    return jsonReply(200, scenarios.enableScenario(worldsMeant(query, world, host), params.name, limit));
  },
  disableScenario: ({ params, query }, { world, host }) =>
    jsonReply(200, scenarios.disableScenario(worldsMeant(query, world, host), params.name)),
  setScenarioState: ({ params, json }, { world }) =>
    jsonReply(200, scenarios.setScenarioState(world, params.name, json as { readonly state: string })),

  armFault: ({ json }, { world, host }) => jsonReply(201, scenarios.armFault(world, json as Json, host.known)),
  listFaults: (_call, { world }) => jsonReply(200, { faults: scenarios.listFaults(world) }),
  disarmFaults: (_call, { world }) => {
    world.faults.disarmAll();
    return EMPTY;
  },

  resetWorld: (_call, { world }) => {
    world.reset();
    return EMPTY;
  },

  createWorld: ({ json }, context) => {
    const { worlds, contracts, known } = context.host;
    const world = createWorld(worlds, (json ?? {}) as NewWorld, { contracts, operations: known });
    return jsonReply(201, viewOf(world, context));
  },
  listWorlds: (_call, context) =>
    jsonReply(200, {
      worlds: context.host.worlds.list().map((world) => {
        const { settings: _settings, settingsByLogIn: _byLogIn, ...view } = viewOf(world, context);
        return view;
      }),
    }),
  showWorld: ({ params: { name } }, context) => {
    const world = context.host.worlds.get(name);
    if (world === undefined) throw noSuchWorld(name, context.host);
    return jsonReply(200, viewOf(world, context));
  },
  dropWorld: ({ params: { name } }, { host }) => {
    if (name === 'default')
      throw new AdminError(400, 'The default world stays; POST reset takes it back to its start.');
    if (!host.worlds.drop(name)) throw noSuchWorld(name, host);
    return EMPTY;
  },

  takeSnapshot: ({ json }, { world }) => jsonReply(201, takeSnapshot(world, (json as SnapshotView | undefined)?.name)),
  listSnapshots: (_call, { world }) => jsonReply(200, { snapshots: listSnapshots(world) }),
  restoreSnapshot: ({ params }, { world }) => {
    restoreSnapshot(world, params.name);
    return EMPTY;
  },
  dropSnapshot: ({ params }, { world }) => {
    dropSnapshot(world, params.name);
    return EMPTY;
  },

  getClock: (_call, { world }) => jsonReply(200, readClock(world.clock)),
  setClock: ({ json }, { world }) => {
    world.setClock(changedClock(world.clock.state, json as ClockChange, 'clock'));
    return jsonReply(200, readClock(world.clock));
  },

  getConfiguration: (_call, { world }) => jsonReply(200, readConfiguration(world)),
  changeConfiguration: ({ json }, { world, host }) =>
    jsonReply(200, changeConfiguration(world, json as Configuration, host.contracts)),

  listTasks: ({ query }, { world }) => {
    const { limit, ...filter } = Object.fromEntries(query) as Readonly<Record<string, string>>;
    return jsonReply(200, {
      tasks: listTasks(world, { ...(filter as TaskFilter), ...(limit !== undefined && { limit: Number(limit) }) }),
    });
  },
  changeTask: ({ params, json }, { world, host }) =>
    jsonReply(200, changeTask(world, params.task_id, json as TaskChange, host.contracts)),
  advanceTask: ({ params }, { world }) => jsonReply(200, advanceTask(world, params.task_id)),
  finishTask: ({ params, json }, { world, host }) =>
    jsonReply(200, finishTask(world, params.task_id, (json ?? {}) as TaskEnd, host.contracts)),

  listServers: (_call, { world }) => jsonReply(200, { servers: listServers(world) }),
  changeServer: ({ params, json }, { world }) =>
    jsonReply(200, changeServer(world, params.server_id, json as ServerChange)),
  listContainers: (_call, { world }) => jsonReply(200, { containers: listContainers(world) }),

  listRequests: ({ query }, { world, host }) => jsonReply(200, listRequests(world, query, host.contracts)),
  clearRequests: (_call, { world }) => {
    world.journal.clear();
    return EMPTY;
  },

  placeImage: ({ json }, { world }) => shown(201, placeImage(world, json as Json)),
  changeImage: ({ params, json }, { world }) => shown(200, changeImage(world, params.image_id, json as Json)),
  removeImage: ({ params }, { world }) => {
    removeImage(world, params.image_id);
    return EMPTY;
  },

  digestImage: async ({ params, json }, { world }) =>
    jsonReply(200, await digestImage(world, params.image_id, (json ?? {}) as DigestRequest)),

  listContracts: (_call, { host }) => jsonReply(200, listContracts(host.contracts)),
  getCoverage: (_call, { world }) =>
    jsonReply(200, {
      cells: world.coverage.cells(),
      totals: world.coverage.totals(),
      observed: world.coverage.observed(),
    }),
  getOpenapi: (call, { host }) => jsonReply(200, openapi(host.version, call.base)),
};

const worldsMeant = (query: URLSearchParams, world: World, host: AdminHost): readonly World[] =>
  query.get('worlds') === 'all' ? host.worlds.list() : [world];
