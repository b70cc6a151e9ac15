import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { assertValidBody } from '../admin/checks.ts';
import type { Addresses } from '../admin/client-settings.ts';
import { addressesOf } from '../admin/client-settings.ts';
import { type ClockChange, changedClock } from '../admin/clock.ts';
import { type ClockState, REAL_TIME } from '../domain/clock.ts';
import { createBlobStore } from '../domain/data/blob-store.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts';
import { fixturesNamed, fixturesOf } from '../fixtures/default-fixtures.ts';
import { InputError } from '../input/input-error.ts';
import { Documents } from '../persistence/documents.ts';
import { DEFAULT_WORLD } from '../world/world.ts';
import type { UnusedFaultInWorld } from '../world/worlds.ts';
import { checkOptions } from './check-options.ts';
import { PortError } from './port-error.ts';
import { WorldControl, WorldsControl } from './world-control.ts';

export interface SideglanceOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** Ports of their own for single APIs, by the names of `addresses`: `{ 'image-v2': 9292, identity: 5000 }`. */
  readonly listen?: Readonly<Record<string, number>>;
  /** Fixture files and directories, or the fixtures themselves; the default ones when left out. */
  readonly fixtures?: string | readonly string[] | Readonly<Record<string, unknown>>;
  /** Scenario files and directories, beside those that come with the package. */
  readonly scenarios?: string | readonly string[];
  /** From which ids and chance come. */
  readonly seed?: string | number;
  /** A time (ISO 8601) at which the clock stands still, or a change of the machine's; the machine's when left out. */
  readonly clock?: string | ClockChange;
  /** File that keeps all worlds; what it holds already wins over fixtures, seed and clock. In memory when left out. */
  readonly state?: string;
  /** The address that clients see, where it is not what the Host header says. */
  readonly externalUrl?: string;
  /** Believe `X-Forwarded-Proto`, `-Host` and `-Prefix`. */
  readonly trustProxy?: boolean;
  /** Journal entries kept for each world; 1000 when left out. */
  readonly journalSize?: number;
  /** Hosts beside this machine that imports may fetch data from. */
  readonly importHosts?: readonly string[];
  /** The admin API over HTTP: `false` turns it off (health and readiness stay). */
  readonly admin?: false | { readonly token?: string; readonly port?: number };
}

/** One that runs. What is asked of it without a world concerns the world `default`. */
export interface Sideglance {
  readonly version: string;
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Addresses of the APIs that have a port of their own. */
  readonly own: Addresses;
  /** Port of the admin API. */
  readonly adminPort: number;
  /** What the admin API asks for; made up where it is reachable from elsewhere and none was given. */
  readonly adminToken: string | undefined;
  readonly worlds: WorldsControl;
  /** @throws InputError for a world that is not there. */
  world(name?: string): WorldControl;
  readonly scenarios: WorldControl['scenarios'];
  readonly faults: WorldControl['faults'];
  readonly images: WorldControl['images'];
  readonly requests: WorldControl['requests'];
  readonly configuration: WorldControl['configuration'];
  readonly tasks: WorldControl['tasks'];
  readonly servers: WorldControl['servers'];
  readonly clock: WorldControl['clock'];
  readonly snapshots: WorldControl['snapshots'];
  coverage(): ReturnType<WorldControl['coverage']>;
  reset(): void;
  /**
   * What was armed in any world and no call met: one-off faults, rules of scenarios that somebody enabled, and those of
   * scenario files that play from the start. What was disabled, disarmed, reset or dropped before is among them.
   */
  unusedFaults(): readonly UnusedFaultInWorld[];
  /** Stops to listen and cuts what is open. */
  close(): Promise<void>;
}

/**
 * Starts a Sideglance in this process.
 * @throws InputError for fixtures, scenarios and options that are not as they should be; nothing is started then.
 * @throws PortError for a port that cannot be had.
 * @example
 * const cloud = await startSideglance({ seed: 'mine' });
 * cloud.scenarios.enable('image-v2.deleteImage.403');
 * await cloud.close();
 */
export async function startSideglance(options: SideglanceOptions = {}): Promise<Sideglance> {
  checkOptions(options);
  const host = options.host ?? '127.0.0.1';
  const own = ownMounts(options.listen ?? {});
  const admin = options.admin === false ? undefined : (options.admin ?? {});
  const adminToken =
    admin === undefined ? undefined : (admin.token ?? (isLoopback(host) ? undefined : randomBytes(18).toString('hex')));
  let adminPort: number | undefined;
  let isReady = false;
  const emulatorOptions: EmulatorOptions = {
    ...(options.fixtures !== undefined && { fixtures: fixturesGiven(options.fixtures) }),
    scenarios: [options.scenarios ?? []].flat(),
    ...(options.seed !== undefined && { seed: String(options.seed) }),
    clock: clockState(options.clock),
    ...(options.journalSize !== undefined && { journalCapacity: options.journalSize }),
    ...(options.importHosts !== undefined && { importHosts: options.importHosts }),
    ...(options.externalUrl !== undefined && { externalUrl: options.externalUrl }),
    ...(options.trustProxy !== undefined && { trustProxy: options.trustProxy }),
    admin: {
      isOff: admin === undefined,
      ...(adminToken !== undefined && { token: adminToken }),
      ...(admin?.port !== undefined && { port: () => adminPort }),
    },
    isReady: () => isReady,
  };
  const kept = await createKept(emulatorOptions, options.state);
  const { emulator } = kept;
  const servers: Server[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll(servers).then(kept.close);
    return closing;
  };
  const listen = async (port: number, ownMount?: string): Promise<number> => {
    try {
      const listening = await emulator.listen({ host, port, ...(ownMount !== undefined && { ownMount }) });
      servers.push(listening.server);
      return listening.port;
    } catch (error) {
      await close();
      throw new PortError(port, host, error as NodeJS.ErrnoException);
    }
  };

  const port = await listen(options.port ?? 0);
  const addresses: Record<string, string> = {};
  for (const { name, mount, port: wanted } of own) addresses[name] = addressOf(host, await listen(wanted, mount));
  adminPort = admin?.port === undefined ? port : await listen(admin.port);
  isReady = true;

  const url = options.externalUrl?.replace(/\/+$/, '') ?? addressOf(host, port);
  const parts = {
    worlds: emulator.worlds,
    contracts: emulator.contracts,
    known: emulator.known,
    rootOf: (name: string) => (name === DEFAULT_WORLD ? url : `${url}/w/${name}`),
  };
  const standard = new WorldControl(emulator.worlds.default, parts);
  const worlds = new WorldsControl(parts);
  return {
    version: emulator.version,
    url,
    port,
    own: addresses,
    adminPort,
    adminToken,
    worlds,
    world: (name = 'default') => worlds.get(name) ?? noSuchWorld(name, worlds),
    scenarios: standard.scenarios,
    faults: standard.faults,
    images: standard.images,
    requests: standard.requests,
    configuration: standard.configuration,
    tasks: standard.tasks,
    servers: standard.servers,
    clock: standard.clock,
    coverage: () => standard.coverage(),
    snapshots: standard.snapshots,
    reset: () => standard.reset(),
    unusedFaults: () => emulator.unusedFaults(),
    close,
  };
}

/** An emulator whose worlds a file keeps, or nobody. */
async function createKept(
  options: EmulatorOptions,
  file: string | undefined,
): Promise<{ readonly emulator: Emulator; readonly close: () => Promise<void> }> {
  if (file === undefined) {
    const blobs = createBlobStore();
    return { emulator: createEmulator({ ...options, blobs }), close: async () => blobs.close() };
  }
  const documents = await Documents.keptIn(file);
  try {
    const directory = documents.dataDirectory as string;
    const blobs = createBlobStore({ directory });
    // Files of fixtures are referred to as well, and belong to whoever wrote the fixtures.
    for (const data of documents.data())
      if (data.kind === 'file' && dirname(data.path) === directory) blobs.adopt(data);
    blobs.sweep(documents.data());
    return { emulator: createEmulator({ ...options, blobs, documents }), close: () => documents.close() };
  } catch (error) {
    await documents.close();
    throw error;
  }
}

function noSuchWorld(name: string, worlds: WorldsControl): never {
  const allowed = worlds.list().map((world) => world.name);
  throw new InputError('world', [{ pointer: '', message: 'there is no such world', found: name, allowed }]);
}

const closeAll = async (servers: readonly Server[]): Promise<void> => {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
};

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** The address at which clients of this machine find it. */
function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function ownMounts(listen: Readonly<Record<string, number>>) {
  const mounts = addressesOf('');
  return Object.entries(listen).map(([name, port]) => {
    const mount = mounts[name];
    if (mount === undefined) {
      throw new InputError('listen', [
        { pointer: `/${name}`, message: 'no API is called that', found: name, allowed: Object.keys(mounts) },
      ]);
    }
    return { name, mount, port };
  });
}

const fixturesGiven = (fixtures: NonNullable<SideglanceOptions['fixtures']>) =>
  typeof fixtures === 'string' || Array.isArray(fixtures)
    ? fixturesNamed([fixtures].flat() as readonly string[])
    : fixturesOf(fixtures as Readonly<Record<string, unknown>>);

function clockState(clock: SideglanceOptions['clock']): ClockState {
  if (clock === undefined) return REAL_TIME;
  if (typeof clock !== 'string') {
    assertValidBody('setClock', clock);
    return changedClock(REAL_TIME, clock, 'clock');
  }
  if (Number.isNaN(Date.parse(clock))) {
    throw new InputError('clock', [{ pointer: '', message: 'is no time', found: clock, allowed: 'ISO 8601' }]);
  }
  return changedClock(REAL_TIME, { freeze: clock }, 'clock');
}
