/** States of a server, as the Compute API words them. */
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
export type ServerStatus = (typeof SERVER_STATUSES)[number];

/** What a server has of processors, memory and disk. */
export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  readonly ramMebibytes: number;
  readonly diskGibibytes: number;
}

/** The flavor of a server of which nobody says one. */
export const DEFAULT_FLAVOR: Flavor = { id: '1', name: 'm1.tiny', vcpus: 1, ramMebibytes: 512, diskGibibytes: 1 };

/** A server, as far as images are made of it. A value: a change makes a new one. */
export interface Server {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly userId: string;
  readonly status: ServerStatus;
  /** What it is doing: `image_snapshot`, say; `null` for nothing. */
  readonly taskState: string | null;
  /** Only administrators may act on a locked one. */
  readonly isLocked: boolean;
  /** Id of the image that it runs from; `null` for one that runs from a volume. */
  readonly imageId: string | null;
  readonly flavor: Flavor;
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** How images are made of it by themselves, where that is switched on. */
  readonly imageSchedule?: ImageSchedule;
}

/** Images that the provider makes of a server day by day, or week by week. */
export interface ImageSchedule {
  /** How many of them are kept. */
  readonly retention: number;
  /** Every day where it is not said. */
  readonly dayOfWeek?: DayOfWeek;
  /** When the next one is due: milliseconds since 1970. */
  readonly nextAt: number;
}

/** From Sunday on, as clocks count them. */
export const DAYS_OF_WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];
