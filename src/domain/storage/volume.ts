/** Statuses of a volume. */
export const VOLUME_STATUSES = [
  'available',
  'in-use',
  'creating',
  'attaching',
  'detaching',
  'deleting',
  'error',
] as const;
/** Status of a volume. */
export type VolumeStatus = (typeof VOLUME_STATUSES)[number];

/** A disk that images can be created from. Immutable. */
export interface Volume {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly status: VolumeStatus;
  readonly sizeGibibytes: number;
  /** Id of the server that the volume is attached to; `null` for none. */
  readonly serverId: string | null;
  /** Whether the server runs from the volume. */
  readonly isRoot?: true;
}

/** Size of a volume whose size is not given. */
export const DEFAULT_VOLUME_GIBIBYTES = 40;

/** Services that create backups of servers. */
export const BACKUP_KINDS = ['CSBS', 'CBR'] as const;
/** Service that created a backup. */
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** Statuses of a backup. */
export const BACKUP_STATUSES = ['available', 'creating', 'restoring', 'deleting', 'error'] as const;
/** Status of a backup. */
export type BackupStatus = (typeof BACKUP_STATUSES)[number];

/** A backup of a server with all its volumes. Immutable. */
export interface Backup {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly kind: BackupKind;
  readonly status: BackupStatus;
  readonly sizeGibibytes: number;
  /** Id of the server; `null` if it is unknown. */
  readonly serverId: string | null;
  /** Id of the image that was created from the backup; `null` for none. */
  readonly imageId: string | null;
}
