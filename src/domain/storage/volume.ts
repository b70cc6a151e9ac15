/** States of a volume in which an image can be made of it, and others. */
export const VOLUME_STATUSES = [
  'available',
  'in-use',
  'creating',
  'attaching',
  'detaching',
  'deleting',
  'error',
] as const;
export type VolumeStatus = (typeof VOLUME_STATUSES)[number];

/** A disk, as far as images are made of it. A value. */
export interface Volume {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly status: VolumeStatus;
  readonly sizeGibibytes: number;
  /** Id of the server that it is attached to; `null` for none. */
  readonly serverId: string | null;
}

/** Services that back servers up. */
export const BACKUP_KINDS = ['CSBS', 'CBR'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** States of a backup. */
export const BACKUP_STATUSES = ['available', 'creating', 'restoring', 'deleting', 'error'] as const;
export type BackupStatus = (typeof BACKUP_STATUSES)[number];

/** A backup of a whole server. A value: a change makes a new one. */
export interface Backup {
  readonly id: string;
  readonly name: string;
  /** Project id. */
  readonly projectId: string;
  readonly kind: BackupKind;
  readonly status: BackupStatus;
  readonly sizeGibibytes: number;
  /** Id of the server that was backed up; `null` where nobody says. */
  readonly serverId: string | null;
  /** Id of the image that was made of it; `null` for none. */
  readonly imageId: string | null;
}
