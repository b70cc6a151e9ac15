import { createHash } from 'node:crypto';
import { toSeconds } from '../../../domain/clock.ts';
import type { Server, ServerStatus } from '../../../domain/servers/server.ts';
import type { Addresses } from '../../nova/image-views.ts';

/** Nova's internal state (`vm_state`) of each status. */
const VM_STATES: Readonly<Record<ServerStatus, string>> = {
  ACTIVE: 'active',
  BUILD: 'building',
  ERROR: 'error',
  PAUSED: 'paused',
  REBOOT: 'active',
  REBUILD: 'active',
  RESCUE: 'rescued',
  RESIZE: 'active',
  SHELVED: 'shelved',
  SHELVED_OFFLOADED: 'shelved_offloaded',
  SHUTOFF: 'stopped',
  SUSPENDED: 'suspended',
  VERIFY_RESIZE: 'resized',
};

/** The state that Nova's errors name for a status. */
export const vmStateOf = (status: string): string =>
  Object.hasOwn(VM_STATES, status) ? VM_STATES[status as ServerStatus] : status;

const RUNNING = 1;
const SHUT_DOWN = 4;
const PAUSED = 3;

/** Number that the Compute API shows for the power state of a virtual machine. */
export function powerStateOf(status: ServerStatus): number {
  if (status === 'PAUSED') return PAUSED;
  if (status === 'BUILD') return 0;
  return status === 'SHUTOFF' || status === 'SUSPENDED' || status.startsWith('SHELVED') ? SHUT_DOWN : RUNNING;
}

/** Statuses with a `progress`. */
const WITH_PROGRESS: ReadonlySet<ServerStatus> = new Set(['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE']);

const links = (kind: string, id: string, at: Addresses) => [
  { rel: 'self', href: `${at.self}/${kind}/${id}` },
  { rel: 'bookmark', href: `${at.bookmark}/${kind}/${id}` },
];
const bookmark = (kind: string, id: string, at: Addresses) => ({
  id,
  links: [{ rel: 'bookmark', href: `${at.bookmark}/${kind}/${id}` }],
});

/** Who reads a server: some members are for administrators alone. */
export interface ServerReader {
  /** Microversion. */
  readonly minor: number;
  readonly isAdmin: boolean;
}

/** Members that later microversions added. */
const laterMembers = (server: Server, minor: number): object => ({
  ...(minor >= 9 && { locked: server.isLocked }),
  ...(minor >= 73 && { locked_reason: server.lockedReason ?? null }),
  ...(minor >= 19 && { description: server.description ?? null }),
  ...(minor >= 26 && { tags: [] }),
  ...(minor >= 63 && { trusted_image_certificates: null }),
});

/** The first microversion that shows a flavor by its resources instead of its id. */
const FIRST_WITH_FLAVOR = 47;

function presentFlavor({ flavor }: Server, at: Addresses, minor: number): object {
  if (minor < FIRST_WITH_FLAVOR) return bookmark('flavors', flavor.id, at);
  const { vcpus, ramMebibytes: ram, diskGibibytes: disk, name } = flavor;
  return { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: {} };
}

/** The members that every response about one server has. */
const presentBase = (server: Server, at: Addresses, minor: number): object => ({
  id: server.id,
  name: server.name,
  status: server.status,
  tenant_id: server.projectId,
  user_id: server.userId,
  metadata: server.metadata,
  hostId: createHash('sha224').update(`${server.projectId}sideglance`).digest('hex'),
  image: server.imageId === null ? '' : bookmark('images', server.imageId, at),
  flavor: presentFlavor(server, at, minor),
  created: toSeconds(server.createdAt),
  updated: toSeconds(server.updatedAt),
  addresses: {},
  accessIPv4: server.accessIpv4 ?? '',
  accessIPv6: server.accessIpv6 ?? '',
  links: links('servers', server.id, at),
  'OS-DCF:diskConfig': server.diskConfig ?? 'MANUAL',
  ...(WITH_PROGRESS.has(server.status) && { progress: 0 }),
  ...laterMembers(server, minor),
});

/** A server in full. */
const presentServer = (server: Server, at: Addresses, { minor, isAdmin }: ServerReader): object => ({
  ...presentBase(server, at, minor),
  ...presentExtensions(server),
  ...(minor >= FIRST_WITH_HOSTNAME && { 'OS-EXT-SRV-ATTR:hostname': server.hostname ?? server.name }),
  ...(isAdmin && presentForAdmin(server, minor)),
});

/** Whether a server waits for a host. */
const isUnplaced = ({ status, buildTask }: Server): boolean => buildTask !== undefined && status === 'BUILD';

/** Members that were extensions of the API before it had microversions. */
const presentExtensions = (server: Server): object => ({
  'OS-EXT-AZ:availability_zone': isUnplaced(server) ? '' : 'nova',
  config_drive: '',
  key_name: server.keyName ?? null,
  'OS-SRV-USG:launched_at': server.status === 'BUILD' ? null : toSeconds(server.createdAt).replace('Z', '.000000'),
  'OS-SRV-USG:terminated_at': null,
  'OS-EXT-STS:task_state': server.taskState,
  'OS-EXT-STS:vm_state': vmStateOf(server.status),
  'OS-EXT-STS:power_state': powerStateOf(server.status),
  'os-extended-volumes:volumes_attached': [],
});

/** The first microversions with details of the virtual machine, with the state of its host, and with its host name for all. */
const FIRST_WITH_MACHINE = 3;
const FIRST_WITH_HOST_STATUS = 16;
const FIRST_WITH_HOSTNAME = 90;

/** The name of the only host. */
const HOST = 'sideglance';

/** Members for administrators. */
function presentForAdmin(server: Server, minor: number): object {
  const host = isUnplaced(server) ? null : HOST;
  const name = (text: string): string => `OS-EXT-SRV-ATTR:${text}`;
  return {
    [name('host')]: host,
    [name('hypervisor_hostname')]: host,
    [name('instance_name')]: host === null ? '' : `instance-${server.id.slice(-8)}`,
    ...(minor >= FIRST_WITH_MACHINE && {
      [name('hostname')]: server.hostname ?? server.name,
      [name('reservation_id')]: `r-${server.id.slice(0, 8)}`,
      [name('launch_index')]: server.ordinal ?? 0,
      [name('kernel_id')]: '',
      [name('ramdisk_id')]: '',
      [name('root_device_name')]: host === null ? null : '/dev/vda',
      [name('user_data')]: null,
    }),
    ...(minor >= FIRST_WITH_HOST_STATUS && { host_status: host === null ? '' : 'UP' }),
  };
}

/** The first microversion that shows the groups of a server. */
const FIRST_WITH_GROUPS = 71;
/** The first microversion that shows a server in full after a change. */
const FIRST_IN_FULL = 75;

const groups = (minor: number): object => (minor >= FIRST_WITH_GROUPS ? { server_groups: [] } : {});

/** `{server}`. */
export const presentServerDetail = (server: Server, at: Addresses, reader: ServerReader): object => ({
  server: { ...presentServer(server, at, reader), ...groups(reader.minor) },
});

/** `{server}` after a change. */
export const presentUpdatedServer = (server: Server, at: Addresses, reader: ServerReader): object =>
  reader.minor >= FIRST_IN_FULL
    ? presentServerDetail(server, at, reader)
    : { server: { ...presentBase(server, at, reader.minor), ...groups(reader.minor) } };

/** A page of a list. */
export interface ServerPage {
  readonly servers: readonly Server[];
  /** Whether servers are shown in full. */
  readonly isDetail: boolean;
  /** Address of the next page, if there is one. */
  readonly next?: string | undefined;
}

/** `{servers, servers_links}`. */
export const presentServerPage = (
  { servers, isDetail, next }: ServerPage,
  at: Addresses,
  reader: ServerReader,
): object => ({
  servers: servers.map((server) =>
    isDetail
      ? presentServer(server, at, reader)
      : { id: server.id, name: server.name, links: links('servers', server.id, at) },
  ),
  ...(next !== undefined && { servers_links: [{ rel: 'next', href: next }] }),
});
