import { compareTexts } from '../../../domain/image-store/image-order.ts';
import type { Server } from '../../../domain/servers/server.ts';
import { checkEnum } from '../protocol/query-checks.ts';
import { powerStateOf, vmStateOf } from './present.ts';

/** The order of a list of servers. */
export interface ServerOrder {
  /** Absent for the default order. */
  readonly compare?: (one: Server, other: Server) => number;
  /** The first key that is for administrators alone. */
  readonly adminKey?: string;
}

/** Value of a server that lists are sorted by. `null` comes first. */
type SortValue = (server: Server) => string | number | null;

/** What all servers have in common. */
const alike: SortValue = () => null;

/** What each `sort_key` compares. */
const SORT_KEYS: Readonly<Record<string, SortValue>> = {
  access_ip_v4: ({ accessIpv4 = null }) => accessIpv4,
  access_ip_v6: ({ accessIpv6 = null }) => accessIpv6,
  auto_disk_config: ({ diskConfig }) => Number(diskConfig === 'AUTO'),
  availability_zone: alike,
  config_drive: alike,
  created_at: ({ createdAt }) => createdAt,
  display_description: ({ description, name }) => (description === undefined ? name : description),
  display_name: ({ name }) => name,
  host: alike,
  hostname: ({ hostname, name }) => hostname ?? name,
  image_ref: ({ imageId }) => imageId ?? '',
  instance_type_id: ({ flavor }) => flavor.id,
  kernel_id: alike,
  key_name: ({ keyName = null }) => keyName,
  launch_index: ({ ordinal = 0 }) => ordinal,
  launched_at: ({ createdAt }) => createdAt,
  locked_by: ({ isLocked, lockedBy }) => (isLocked ? (lockedBy ?? 'owner') : null),
  node: alike,
  power_state: ({ status }) => powerStateOf(status),
  progress: alike,
  project_id: ({ projectId }) => projectId,
  ramdisk_id: alike,
  root_device_name: alike,
  task_state: ({ taskState }) => taskState,
  terminated_at: alike,
  updated_at: ({ updatedAt }) => updatedAt,
  user_id: ({ userId }) => userId,
  uuid: ({ id }) => id,
  vm_state: ({ status }) => vmStateOf(status),
};

/** Keys by which only administrators sort. */
const ADMIN_KEYS: ReadonlySet<string> = new Set(['host', 'node']);

/** Columns of Nova's database, by which nobody sorts: they are passed over up to microversion 2.74. */
const IGNORED_KEYS = [
  ...['architecture', 'cell_name', 'cleaned', 'default_ephemeral_device', 'default_swap_device', 'deleted'],
  ...['deleted_at', 'disable_terminate', 'ephemeral_gb', 'ephemeral_key_uuid', 'id', 'key_data', 'launched_on'],
  ...['locked', 'memory_mb', 'os_type', 'reservation_id', 'root_gb', 'shutdown_terminate', 'user_data', 'vcpus'],
  'vm_mode',
];

/** The first microversion that sorts by `locked`, and the first that rejects the ignored keys. */
const FIRST_WITH_LOCKED = 73;
const FIRST_STRICT = 75;

/** The message of a 400 for a key that servers are not sorted by; `undefined` if there is none. */
export function checkSortKeys(parameters: URLSearchParams, minor: number): string | undefined {
  const allowed = [...Object.keys(SORT_KEYS), ...(minor >= FIRST_STRICT ? ['locked'] : IGNORED_KEYS)];
  return checkEnum(parameters, 'sort_key', allowed);
}

/**
 * Parses `sort_key` and `sort_dir`. Keys without a direction have the first one that is given.
 * @param minor - microversion.
 * @returns the message of a 400 for directions that do not fit.
 */
export function parseOrder(parameters: URLSearchParams, minor: number): ServerOrder | string {
  const directions = parameters.getAll('sort_dir');
  const given = parameters.getAll('sort_key');
  const keys = given.length === 0 ? ['created_at'] : given;
  if (directions.length > keys.length) return 'Invalid input received: Sort direction size exceeds sort key size';
  if (directions.some((direction) => direction !== 'asc' && direction !== 'desc')) {
    return "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'";
  }
  const terms = keys.flatMap((key, index) => {
    const value = sortValueOf(key, minor);
    const isAscending = (directions[index] ?? directions[0]) === 'asc';
    return value === undefined ? [] : [{ value, sign: isAscending ? 1 : -1 }];
  });
  const adminKey = keys.find((key) => ADMIN_KEYS.has(key));
  const isDefault = terms.length === 0 || given.length + directions.length === 0;
  return { ...(!isDefault && { compare: comparison(terms) }), ...(adminKey !== undefined && { adminKey }) };
}

function sortValueOf(key: string, minor: number): SortValue | undefined {
  if (key === 'locked' && minor >= FIRST_WITH_LOCKED) return ({ isLocked }) => Number(isLocked);
  return Object.hasOwn(SORT_KEYS, key) ? SORT_KEYS[key] : undefined;
}

interface SortTerm {
  readonly value: SortValue;
  /** 1 for ascending, -1 for descending. */
  readonly sign: number;
}

/** Compares servers by each term, and by id last. */
const comparison =
  (terms: readonly SortTerm[]) =>
  (one: Server, other: Server): number => {
    for (const { value, sign } of terms) {
      const difference = compareValues(value(one), value(other));
      if (difference !== 0) return sign * difference;
    }
    return compareTexts(one.id, other.id);
  };

function compareValues(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return typeof one === 'number' && typeof other === 'number' ? one - other : compareTexts(String(one), String(other));
}
