/** Statuses of a server, by the names of the Compute API. */
export const SERVER_STATUSES = [
  'ACTIVE',
  'BUILD',
  'ERROR',
  'PAUSED',
  'REBOOT',
  'REBUILD',
  'RESCUE',
  'RESIZE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SHUTOFF',
  'SUSPENDED',
  'VERIFY_RESIZE',
] as const;
/** Status of a server. */
export type ServerStatus = (typeof SERVER_STATUSES)[number];

/** Processors, memory and disk of a server. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ramMebibytes: number;
  readonly diskGibibytes: number;
}

/** Flavor of a server whose fixture names none. */
export const DEFAULT_FLAVOR: Flavor = { id: '1', name: 'm1.tiny', vcpus: 1, ramMebibytes: 512, diskGibibytes: 1 };

/** Who created a server. */
export interface ServerCreator {
  readonly userName: string;
  readonly projectName: string;
}

/** A server from which images can be created. Immutable. */
export interface Server {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly userId: string;
  readonly status: ServerStatus;
  /** Names of its user and its project when it was created. */
  readonly createdBy?: ServerCreator;
  /** What the server is doing; `null` for nothing. */
  readonly taskState: string | null;
  /** Whether only administrators may act on the server. */
  readonly isLocked: boolean;
  /** Who locked the server. Default: its project. */
  readonly lockedBy?: 'owner' | 'admin';
  readonly lockedReason?: string;
  /** Addresses that its user writes down, for nobody but users to read. */
  readonly accessIpv4?: string;
  readonly accessIpv6?: string;
  /** Name of the host inside the server. Default: the name of the server. */
  readonly hostname?: string;
  /** Id of the image that the server runs from; `null` for a volume. */
  readonly imageId: string | null;
  readonly flavor: Flavor;
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Name of the key pair that was put into the server. */
  readonly keyName?: string;
  readonly description?: string | null;
  /** Who partitions the disk. Default: MANUAL. */
  readonly diskConfig?: 'AUTO' | 'MANUAL';
  /** Number of servers that the same request created before. */
  readonly ordinal?: number;
  /** Id of the task that builds the server. */
  readonly buildTask?: string;
  /** Schedule for images of the server; absent if it is disabled. */
  readonly imageSchedule?: ImageSchedule;
}

/** Schedule, daily or weekly, on which the provider creates images from a server. */
export interface ImageSchedule {
  /** Number of images that are kept. */
  readonly retention: number;
  /** Day of a weekly schedule. Default: daily. */
  readonly dayOfWeek?: DayOfWeek;
  /** When the next image is due: milliseconds since 1970. */
  readonly nextAt: number;
}

/** Days of the week from Sunday, as `Date.getUTCDay` counts them. */
export const DAYS_OF_WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
/** Day of the week. */
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];
