import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { addressesOf, clientSettings } from './admin/client-settings.ts';
import { type AdminAccess, type AdminObserver, createAdmin, maySeeSecrets, observeAdmin } from './admin/index.ts';
import type { PortHandle } from './admin/ports.ts';
import { contained } from './base/internal-errors.ts';
import { DEFAULT_RELEASE, type Release } from './base/release.ts';
import { MEBIBYTE } from './base/size.ts';
import { type Contract, jsonReply, type Reply } from './contract/contract.ts';
import { Coverage } from './coverage/coverage.ts';
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
import { type AppServer, type AppServerOptions, createAppServer } from './http/app-server.ts';
import { type ConnectionOptions, dialectConnections } from './http/connections.ts';
import { createDownloads, type DownloadLimits } from './http/downloads.ts';
import type { HttpCall } from './http/http-call.ts';
import { type InvalidRequest, journalInvalid } from './http/invalid-request.ts';
import type { Playback } from './http/playback.ts';
import { STAGES } from './http/stages.ts';
import type { KeyedCertificate } from './http/tls/certificates.ts';
import { InputError } from './input/input-error.ts';
import type { LoadingListener } from './input/loading.ts';
import { packageVersion } from './input/package-files.ts';
import type { ReportedRequest } from './journal/entry.ts';
import { JOURNAL_MEMORY, type JournalOptions } from './journal/journal.ts';
import { JournalMemory, type RequestObserver } from './journal/memory.ts';
import { toReport } from './journal/to-entry.ts';
import type { Documents } from './persistence/documents.ts';
import { initialState } from './world/parts/parts.ts';
import type { World } from './world/world.ts';
import { DEFAULT_WORLD } from './world/world-name.ts';
import type { WorldState } from './world/world-state.ts';
import { type UnusedFaultInWorld, Worlds } from './world/worlds.ts';

/** Initial content and behavior of an emulator. */
export interface EmulatorOptions {
  /** Initial content of worlds; default: the default fixtures. */
  readonly fixtures?: FixtureSet;
  /** Scenario files and directories in addition to the shipped scenarios. */
  readonly scenarios?: readonly string[];
  /** Seed for generated ids and random choices. */
  readonly seed?: string;
  /** Initial clock; default: the time of the machine. */
  readonly clock?: ClockState;
  /** Release of worlds for which neither a request nor fixtures of their own choose one; default: that of the fixtures. */
  readonly release?: Release;
  /** Stores image data; default: a new store. */
  readonly blobs?: BlobStore;
  /** Where worlds are saved; default: they are not saved. */
  readonly documents?: Documents;
  /** Limits of the journal of each world; default: `JOURNAL_DEFAULTS`. */
  readonly journal?: Partial<JournalOptions>;
  /** Maximum memory of all journals together, in bytes; default: `JOURNAL_MEMORY`. */
  readonly journalMemory?: number;
  /** Receives each request to a doubled API once its response has been sent; default: nobody does. */
  readonly onRequest?: (request: ReportedRequest) => void;
  /** Is called with each request to the admin API; see `SideglanceOptions`. */
  readonly onAdminRequest?: AdminObserver;
  /** Called before worlds are built; default: nobody is. */
  readonly onLoading?: LoadingListener;
  /** Whether worlds count the responses that clients received; default: true. */
  readonly coverage?: boolean;
  /** The address that clients use; default: the Host header. */
  readonly externalUrl?: string;
  /** Whether `X-Forwarded-Proto`, `-Host` and `-Prefix` are trusted. */
  readonly trustProxy?: boolean;
  /** How long connections stay open; default: as long as those of the services. */
  readonly connections?: ConnectionOptions;
  /** Access to the admin API; default: open to all. */
  readonly admin?: AdminAccess;
  /** Folders whose files requests to the admin API may name in fixtures; default: none. */
  readonly fixtureFolders?: readonly string[];
  /** Limits of the downloads of imports. */
  readonly downloads?: DownloadLimits;
  /** Returns whether every port listens; default: always true. */
  readonly isReady?: () => boolean;
  /** Returns the ports that the admin API controls; default: none. */
  readonly ports?: () => readonly PortHandle[];
  /** Returns the file with the authority that clients have to trust; default: none. */
  readonly caFile?: () => string | undefined;
  /** A world to start with, in place of the default one if it has its name; default: none. */
  readonly start?: StartWorld;
  /** Plays the responses of a recording; default: every world responds by itself. */
  readonly playback?: Playback;
}

/** A world that an emulator starts with. */
export interface StartWorld {
  readonly name: string;
  /** Returns its state. @param library - the scenarios that it may refer to. */
  state(library: ScenarioLibrary): WorldState;
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
  /**
   * Loads the scenario files again. Returns the names of the scenarios that have changed.
   * @throws InputError for invalid files; the scenarios stay as they are then.
   */
  reloadScenarios(): readonly string[];
  /**
   * Starts the default world again, from other fixtures, which later worlds start from too.
   * @throws InputError for fixtures that do not fit the APIs; nothing changes then.
   */
  replaceFixtures(fixtures: FixtureSet): void;
  /** Faults of all worlds that were armed and never fired. */
  unusedFaults(): readonly UnusedFaultInWorld[];
  /** Starts to listen. Rejects with the error of `server.listen`. */
  listen(options: PortOptions): Promise<Listening>;
}

/** Where an emulator listens. */
interface PortOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Mount to serve at the root of the port, such as `/image`. */
  readonly ownMount?: string;
  /** Certificate of a port with TLS. */
  readonly certificate?: KeyedCertificate;
}

/** A listening server and its port. */
interface Listening {
  readonly server: AppServer;
  readonly port: number;
}

/** Maximum size of a file that a request to the admin API names, in bytes: reading it delays other requests. */
const MAX_ADMIN_FILE = 64 * MEBIBYTE;

/**
 * Creates an emulator.
 * @throws InputError for invalid scenario files.
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const {
    externalUrl,
    trustProxy,
    connections = {},
    isReady = () => true,
    ports = () => [],
    caFile = () => undefined,
  } = options;
  const routes = buildRoutes(DIALECTS);
  const contracts = DIALECTS.map((dialect) => dialect.contract);
  const version = packageVersion();
  const library = new ScenarioLibrary({ operations: routes.operations, files: options.scenarios ?? [] });
  const content: Content = { fixtures: options.fixtures };
  const worlds = createWorlds(options, { contracts, library, content });
  const known = library.operations;
  const files = { folders: options.fixtureFolders ?? [], maxBytes: MAX_ADMIN_FILE };
  const ownPorts = new Map<string, number>();
  const admin = createAdmin(
    { version, worlds, contracts, known, routes, isReady, ports, caFile, files },
    options.admin,
  );
  const app = createApp({
    routes,
    stages: STAGES,
    worlds,
    ownPorts,
    dialectConnections: dialectConnections(connections),
    playback: options.playback,
    admin: options.onAdminRequest === undefined ? admin : observeAdmin(admin, options.onAdminRequest),
    index: (call, world) =>
      index(call, world, { version, caFile: caFile(), showsLogin: maySeeSecrets(call, options.admin ?? {}) }),
    ...(externalUrl !== undefined && { externalUrl: externalUrl.replace(/\/+$/, '') }),
    ...(trustProxy !== undefined && { trustProxy }),
  });
  return {
    app,
    worlds,
    routes,
    contracts,
    known,
    version,
    reloadScenarios: () => {
      const { changes, commit } = library.reload();
      worlds.reloadScenarios(changes);
      commit();
      return changes.map(({ name }) => name);
    },
    replaceFixtures: (fixtures) => {
      worlds.default.startFrom(worlds.originOf(fixtures));
      content.fixtures = fixtures;
    },
    unusedFaults: () => [
      ...library.unusedFaults().map((fault) => ({ world: null, ...fault })),
      ...worlds.unusedFaults(),
    ],
    listen: async (portOptions) => {
      const onInvalid = (invalid: InvalidRequest): void => journalInvalid(invalid, worlds);
      const listening = await listen(app, { ...portOptions, connections, onInvalid });
      if (portOptions.ownMount !== undefined) ownPorts.set(portOptions.ownMount, listening.port);
      return listening;
    },
  };
}

/** What new worlds start from. */
interface Content {
  /** `undefined` for the default fixtures. */
  fixtures: FixtureSet | undefined;
}

/** What worlds are created with, besides the options. */
interface WorldsContext {
  readonly contracts: readonly Contract[];
  readonly library: ScenarioLibrary;
  readonly content: Content;
}

function createWorlds(options: EmulatorOptions, { contracts, library, content }: WorldsContext): Worlds {
  const { start } = options;
  const isDefault = start?.name === DEFAULT_WORLD;
  const worlds = new Worlds({
    ...(isDefault && { defaultOrigin: start.state(library) }),
    contracts,
    conventions: SERVICE_CONVENTIONS,
    blobs: options.blobs ?? createBlobStore(),
    coverageTotal: new Coverage(contracts),
    isCoverageOff: options.coverage === false,
    journal: options.journal ?? {},
    journalMemory: new JournalMemory(options.journalMemory ?? JOURNAL_MEMORY, observerOf(options)),
    downloads: createDownloads(options.downloads),
    ...(options.documents !== undefined && { persistence: { documents: options.documents, library } }),
    origin: ({
      fixtures = content.fixtures ?? defaultFixtures(),
      seed = options.seed ?? DEFAULT_SEED,
      clock,
      release,
    }) => {
      const issues = checkSettings(fixtures, contracts);
      if (issues.length > 0) throw new InputError('fixtures', issues);
      options.onLoading?.({ step: 'building', what: `${fixtures.images.length} images` });
      const start = new Clock(clock ?? options.clock ?? REAL_TIME);
      const chosen = release ?? options.release ?? fixtures.release ?? DEFAULT_RELEASE;
      const { images: imageStore, ...rest } = buildOrigin(fixtures, { seed, clock: start, release: chosen });
      return initialState(seed, { ...rest, release: chosen, imageStore, faults: initialFaults(seed, library) });
    },
  });
  if (start !== undefined && !isDefault) worlds.createFrom(start.name, start.state(library));
  return worlds;
}

/** Secrets are never reported, even if the journal shows them. */
const observerOf = ({ onRequest }: EmulatorOptions): RequestObserver | undefined => {
  if (onRequest === undefined) return undefined;
  const report = contained('the call of onRequest', onRequest);
  return (entry, world) => report(toReport(entry, { world, showsSecrets: false }));
};

function listen(app: Express, { host, port, ...options }: PortOptions & AppServerOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createAppServer(app, options);
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ server, port: (server.address() as AddressInfo).port });
    });
  });
}

interface IndexOptions {
  readonly version: string;
  readonly caFile: string | undefined;
  /** Whether to show a user's password and keys. */
  readonly showsLogin: boolean;
}

/** Response to `GET /`: the APIs with their URLs, and how to log in. */
function index(call: HttpCall, world: World, { version, caFile, showsLogin }: IndexOptions): Reply {
  const { root } = call;
  const addresses = addressesOf(root);
  const settings = showsLogin ? clientSettings(root, world.identity.directory, { caFile }) : undefined;
  return jsonReply(200, {
    name: 'sideglance',
    version,
    description: 'A test double for cloud image services.',
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
