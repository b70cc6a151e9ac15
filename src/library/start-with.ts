import { rmSync } from 'node:fs';
import type { Addresses } from '../admin/client-settings.ts';
import { bindGroup, contextOf } from '../admin/invoke.ts';
import type { AdminHost } from '../admin/operation.ts';
import { ADMIN_GROUPS } from '../admin/operations/index.ts';
import type { Emulator, EmulatorOptions } from '../emulator.ts';
import { InputError } from '../input/input-error.ts';
import { DEFAULT_FSYNC } from '../persistence/documents.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';
import { checkOptions } from './check-options.ts';
import { Listener } from './listener.ts';
import { emulatorOptions, type ListenOptions, listenOptions } from './options.ts';
import { reloader } from './reload.ts';
import type { Sideglance } from './sideglance.ts';
import type { SideglanceOptions } from './sideglance-options.ts';
import { createStoredEmulator } from './state-file.ts';
import { type Tls, tlsOf } from './tls.ts';
import { type WorldMethods, worldMethods } from './world-control.ts';
import { controlWorlds, type WorldsControl } from './worlds-control.ts';

/**
 * Starts a Sideglance with parts that its options do not have.
 * @param onCreated - called with the emulator before it listens.
 * @throws as `startSideglance`.
 */
export async function startWith(
  options: SideglanceOptions,
  parts: Pick<EmulatorOptions, 'start' | 'playback'>,
  onCreated: (host: AdminHost) => void,
): Promise<Sideglance> {
  checkOptions(options);
  const { host, port, own, admin } = listenOptions(options);
  const tls = tlsOf(options.tls, { host, externalUrl: options.externalUrl, ports: portNames(own, admin) });
  let ports: Ports | undefined;
  let listener: Listener | undefined;
  const hostParts: HostParts = {
    isReady: () => ports !== undefined,
    ports: () => listener?.ports ?? [],
    caFile: () => ports?.caFile,
  };
  const access = {
    isOff: admin.isOff,
    isExposed: admin.isExposed,
    origins: admin.origins,
    ...(options.externalUrl !== undefined && { externalUrl: options.externalUrl }),
    ...(options.trustProxy !== undefined && { trustProxy: options.trustProxy }),
    ...(admin.token !== undefined && { token: admin.token }),
    ...(admin.port !== undefined && { port: () => ports?.admin }),
  };
  const stored = await createStoredEmulator(
    { ...emulatorOptions(options), ...hostParts, ...parts, admin: access },
    options.state === undefined ? undefined : { file: options.state, fsync: options.fsync ?? DEFAULT_FSYNC },
  );
  const { emulator } = stored;
  onCreated({ ...emulator, ...hostParts });
  listener = new Listener(emulator, host, tls);
  const close = closeOnce(listener, () => ports?.caFile, stored.close);
  try {
    ports = await openPorts(listener, { host, port, own, admin }, tls);
  } catch (error) {
    await close();
    throw error;
  }
  const url = options.externalUrl?.replace(/\/+$/, '') ?? listener.addressOf(ports.common);
  return {
    ...controlsOf(emulator, url, hostParts),
    version: emulator.version,
    url,
    port: ports.common,
    own: ports.own,
    adminPort: ports.admin,
    adminToken: admin.token,
    caFile: ports.caFile,
    reload: reloader(emulator, options),
    unusedFaults: () => emulator.unusedFaults(),
    close,
  };
}

/** What the admin API knows about the process beyond its worlds. */
type HostParts = Pick<AdminHost, 'isReady' | 'ports' | 'caFile'>;

/** The names of the ports, as `/__admin/ports` lists them. */
const portNames = (own: ListenOptions['own'], admin: ListenOptions['admin']): readonly string[] => [
  'common',
  ...own.map(({ name }) => name),
  ...(admin.port === undefined ? [] : ['admin']),
];

/** Returns a function that closes everything once, and removes the certificate that was written for clients. */
function closeOnce(listener: Listener, caFile: () => string | undefined, closeStore: () => Promise<void>) {
  let closing: Promise<void> | undefined;
  return (): Promise<void> => {
    closing ??= listener.close().then(() => {
      const file = caFile();
      if (file !== undefined) rmSync(file, { force: true });
      return closeStore();
    });
    return closing;
  };
}

interface Ports {
  readonly common: number;
  readonly admin: number;
  /** Addresses of the APIs that have their own port. */
  readonly own: Addresses;
  /** File with the certificate of the created authority. */
  readonly caFile: string | undefined;
}

async function openPorts(
  listener: Listener,
  { port, own, admin }: ListenOptions,
  tls: Tls | undefined,
): Promise<Ports> {
  const hasAdmin = admin.port === undefined && !admin.isOff;
  const common = await listener.listen({ name: 'common', port, hasAdmin });
  const addresses: Record<string, string> = {};
  for (const { name, mount, port: ownPort } of own) {
    addresses[name] = listener.addressOf(
      await listener.listen({ name, port: ownPort, ownMount: mount, hasAdmin: false }),
    );
  }
  return {
    common,
    own: addresses,
    admin:
      admin.port === undefined ? common : await listener.listen({ name: 'admin', port: admin.port, hasAdmin: true }),
    caFile: tls?.writeAuthority(common),
  };
}

/** The controls of all worlds, and those of the default world. */
function controlsOf(
  emulator: Emulator,
  url: string,
  hostParts: HostParts,
): WorldMethods & Pick<Sideglance, 'worlds' | 'world' | 'ports'> {
  const dependencies = {
    host: { ...emulator, ...hostParts },
    rootOf: (name: string) => (name === DEFAULT_WORLD ? url : `${url}/w/${name}`),
  };
  const { host, rootOf } = dependencies;
  const worlds = controlWorlds(dependencies);
  return {
    ...worldMethods(emulator.worlds.default, dependencies),
    worlds,
    ports: bindGroup(ADMIN_GROUPS.ports, contextOf(emulator.worlds.default, host, rootOf)),
    world: (name = DEFAULT_WORLD) => worlds.get(name) ?? unknownWorld(name, worlds),
  };
}

function unknownWorld(name: string, worlds: WorldsControl): never {
  const allowed = worlds.list().map((world) => world.name);
  throw new InputError('world', [{ pointer: '', message: 'unknown world', found: name, allowed }]);
}
