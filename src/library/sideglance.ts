import type { Addresses } from '../admin/client-settings.ts';
import type { Emulator } from '../emulator.ts';
import { InputError } from '../input/input-error.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';
import type { UnusedFaultInWorld } from '../world/worlds.ts';
import { checkOptions } from './check-options.ts';
import { Listener } from './listener.ts';
import { emulatorOptions, type ListenOptions, listenOptions, type SideglanceOptions } from './options.ts';
import { createStoredEmulator } from './state-file.ts';
import { type WorldControl, type WorldMethods, worldMethods } from './world-control.ts';
import { controlWorlds, type WorldsControl } from './worlds-control.ts';

/** A running Sideglance. Its methods that name no world control the world `default`. */
export interface Sideglance extends WorldMethods {
  /** Version of the package. */
  readonly version: string;
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Addresses of the APIs that have their own port. */
  readonly own: Addresses;
  /** Port of the admin API. */
  readonly adminPort: number;
  /** Token of the admin API. Generated when other machines can reach it and no token was given. */
  readonly adminToken: string | undefined;
  readonly worlds: WorldsControl;
  /** Returns the control of a world. @throws InputError for an unknown world. */
  world(name?: string): WorldControl;
  /**
   * Lists faults of all worlds that were armed and never fired: one-off faults, rules of scenarios that were
   * enabled, and those of scenario files that are enabled from the start. Includes faults that were disabled, disarmed,
   * reset or dropped before they fired.
   */
  unusedFaults(): readonly UnusedFaultInWorld[];
  /** Stops listening, closes open connections and writes the state file. */
  close(): Promise<void>;
}

/**
 * Starts a Sideglance in this process.
 * @throws InputError for invalid fixtures, scenarios and options; nothing is started then.
 * @throws PortError when it cannot listen on a port.
 * @example
 * const cloud = await startSideglance({ seed: 'mine' });
 * cloud.scenarios.enable('image-v2.deleteImage.403');
 * await cloud.close();
 */
export async function startSideglance(options: SideglanceOptions = {}): Promise<Sideglance> {
  checkOptions(options);
  const { host, port, own, admin } = listenOptions(options);
  let ports: Ports | undefined;
  const emulatorAdmin = {
    isOff: admin.isOff,
    ...(admin.token !== undefined && { token: admin.token }),
    ...(admin.port !== undefined && { port: () => ports?.admin }),
  };
  const isReady = (): boolean => ports !== undefined;
  const stored = await createStoredEmulator(
    { ...emulatorOptions(options), admin: emulatorAdmin, isReady },
    options.state,
  );
  const { emulator } = stored;
  const listener = new Listener(emulator, host);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= listener.close().then(stored.close);
    return closing;
  };
  try {
    ports = await openPorts(listener, { host, port, own, admin });
  } catch (error) {
    await close();
    throw error;
  }
  const url = options.externalUrl?.replace(/\/+$/, '') ?? listener.addressOf(ports.common);
  return {
    ...controlsOf(emulator, url, isReady),
    version: emulator.version,
    url,
    port: ports.common,
    own: ports.own,
    adminPort: ports.admin,
    adminToken: admin.token,
    unusedFaults: () => emulator.unusedFaults(),
    close,
  };
}

interface Ports {
  readonly common: number;
  readonly admin: number;
  /** Addresses of the APIs that have their own port. */
  readonly own: Addresses;
}

async function openPorts(listener: Listener, { port, own, admin }: ListenOptions): Promise<Ports> {
  const common = await listener.listen(port);
  const addresses: Record<string, string> = {};
  for (const api of own) addresses[api.name] = listener.addressOf(await listener.listen(api.port, api.mount));
  return {
    common,
    own: addresses,
    admin: admin.port === undefined ? common : await listener.listen(admin.port),
  };
}

/** The controls of all worlds, and those of the default world. */
function controlsOf(
  emulator: Emulator,
  url: string,
  isReady: () => boolean,
): WorldMethods & Pick<Sideglance, 'worlds' | 'world'> {
  const dependencies = {
    host: { ...emulator, isReady },
    rootOf: (name: string) => (name === DEFAULT_WORLD ? url : `${url}/w/${name}`),
  };
  const worlds = controlWorlds(dependencies);
  return {
    ...worldMethods(emulator.worlds.default, dependencies),
    worlds,
    world: (name = DEFAULT_WORLD) => worlds.get(name) ?? unknownWorld(name, worlds),
  };
}

function unknownWorld(name: string, worlds: WorldsControl): never {
  const allowed = worlds.list().map((world) => world.name);
  throw new InputError('world', [{ pointer: '', message: 'unknown world', found: name, allowed }]);
}
