import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { addressesOf, clientSettings } from './admin/client-settings.ts';
import { type AdminAccess, createAdmin } from './admin/index.ts';
import { type Contract, jsonReply, type Reply } from './contract/contract.ts';
import { SERVICE_CONVENTIONS } from './dialects/conventions.ts';
import { DIALECTS } from './dialects/index.ts';
import { buildRoutes, type Routes } from './dialects/routes.ts';
import { Clock, type ClockState, REAL_TIME } from './domain/clock.ts';
import { createBlobStore } from './domain/data/blob-store.ts';
import type { BlobStore } from './domain/data/image-data.ts';
import { initialFaults } from './faults/engine/engine.ts';
import { ScenarioLibrary } from './faults/scenario-file/library.ts';
import type { KnownOperations } from './faults/scenario-file/operations.ts';
import { buildOrigin, DEFAULT_SEED } from './fixtures/build-origin.ts';
import { defaultFixtures } from './fixtures/default-fixtures.ts';
import type { FixtureSet } from './fixtures/fixture-set.ts';
import { checkSettings } from './fixtures/settings.ts';
import { createApp } from './http/app.ts';
import { createAppServer } from './http/app-server.ts';
import { createDownloads } from './http/downloads.ts';
import type { HttpCall } from './http/http-call.ts';
import { STAGES } from './http/stages.ts';
import { InputError } from './input/input-error.ts';
import { packageVersion } from './input/package-files.ts';
import type { Documents } from './persistence/documents.ts';
import { initialState } from './world/parts/parts.ts';
import type { World } from './world/world.ts';
import { type UnusedFaultInWorld, Worlds } from './world/worlds.ts';

/** What an emulator starts from and how it runs. */
export interface EmulatorOptions {
  /** Initial content of worlds; default: the default fixtures. */
  readonly fixtures?: FixtureSet;
  /** Scenario files and directories in addition to the shipped scenarios. */
  readonly scenarios?: readonly string[];
  /** Omits the shipped scenarios. */
  readonly isWithoutShipped?: boolean;
  readonly seed?: string;
  readonly clock?: ClockState;
  /** Stores image data; default: a new store. */
  readonly blobs?: BlobStore;
  /** Where worlds are saved; default: they are not saved. */
  readonly documents?: Documents;
  /** Maximum number of journal entries of each world; default: 1000. */
  readonly journalCapacity?: number;
  readonly externalUrl?: string;
  readonly trustProxy?: boolean;
  readonly admin?: AdminAccess;
  /** Hosts that imports may fetch data from, in addition to this machine. */
  readonly importHosts?: readonly string[];
  /** Whether every port listens; default: always true. */
  readonly isReady?: () => boolean;
}

/** An emulator that does not listen yet. */
export interface Emulator {
  readonly app: Express;
  readonly worlds: Worlds;
  readonly routes: Routes;
  readonly contracts: readonly Contract[];
  /** Operations that rules can match. */
  readonly known: KnownOperations;
  readonly version: string;
  /** Faults of all worlds that were armed and never fired. */
  unusedFaults(): readonly UnusedFaultInWorld[];
  /**
   * Starts to listen.
   * @param ownMount - mount to serve at the root of this port, such as `/image`.
   * @returns the server and its port.
   */
  listen(options: { readonly host: string; readonly port: number; readonly ownMount?: string }): Promise<{
    readonly server: Server;
    readonly port: number;
  }>;
}

/**
 * Creates an emulator.
 * @throws InputError for invalid scenario files.
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const routes = buildRoutes(DIALECTS);
  const contracts = DIALECTS.map((dialect) => dialect.contract);
  const version = packageVersion();
  const library = new ScenarioLibrary({
    operations: routes.operations,
    files: options.scenarios ?? [],
    ...(options.isWithoutShipped && { shipped: null }),
  });
  const worlds = new Worlds({
    contracts,
    conventions: SERVICE_CONVENTIONS,
    blobs: options.blobs ?? createBlobStore(),
    journalCapacity: options.journalCapacity ?? 1000,
    downloads: createDownloads(options.importHosts),
    ...(options.documents !== undefined && { persistence: { documents: options.documents, library } }),
    origin: ({ fixtures = options.fixtures ?? defaultFixtures(), seed = options.seed ?? DEFAULT_SEED, clock }) => {
      const issues = checkSettings(fixtures, contracts);
      if (issues.length > 0) throw new InputError('fixtures', issues);
      const start = new Clock(clock ?? options.clock ?? REAL_TIME);
      const { images: imageStore, ...rest } = buildOrigin(fixtures, { seed, clock: start });
      return initialState(seed, { ...rest, imageStore, faults: initialFaults(seed, library) });
    },
  });
  const isReady = options.isReady ?? (() => true);
  const app = createApp({
    routes,
    stages: STAGES,
    worlds,
    admin: createAdmin({ version, worlds, contracts, known: library.operations, isReady }, options.admin),
    index: (call, world) => index(call, world, version),
    ...(options.externalUrl !== undefined && { externalUrl: options.externalUrl.replace(/\/+$/, '') }),
    ...(options.trustProxy !== undefined && { trustProxy: options.trustProxy }),
  });
  return {
    app,
    worlds,
    routes,
    contracts,
    known: library.operations,
    version,
    unusedFaults: () => [
      ...library.unusedFaults().map((fault) => ({ world: null, ...fault })),
      ...worlds.unusedFaults(),
    ],
    listen: ({ host, port, ownMount }) =>
      new Promise((resolve, reject) => {
        const server = createAppServer(app, ownMount);
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve({ server, port: (server.address() as AddressInfo).port });
        });
      }),
  };
}

/** Response to `GET /`: the APIs with their URLs, and how to log in. */
function index(call: HttpCall, world: World, version: string): Reply {
  const { root } = call;
  const addresses = addressesOf(root);
  const settings = clientSettings(root, world.identity.directory);
  return jsonReply(200, {
    name: 'sideglance',
    version,
    description: 'A double for cloud image services.',
    world: world.name,
    dialects: DIALECTS.map(({ name, contract }) => ({
      name,
      title: contract.title,
      url: addresses[name] ?? root + contract.mount,
    })),
    addresses,
    credentials: settings ?? null,
    admin: `${root}/__admin`,
    openapi: `${root}/__admin/openapi.json`,
  });
}
