import type { ImageData, Received } from './data/image-data.ts';
import type { Member } from './member.ts';

export const IMAGE_STATUSES = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'pending_delete',
  'deleted',
] as const;
export type ImageStatus = (typeof IMAGE_STATUSES)[number];

export const VISIBILITIES = ['public', 'private', 'shared', 'community'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Data that is not yet an image's own. */
export interface StagedData extends Omit<Received, 'md5' | 'hash'> {
  /** Digests, lower-case hexadecimal; `null` where taking them would take too long. */
  readonly md5: string | null;
  readonly hash: Received['hash'] | null;
  /** Size of the disk inside, where it shows. */
  readonly virtualSizeBytes: number | null;
  /** Whether the disk inside cannot be made out although it must, which its import finds. */
  readonly isFaulty?: true;
  /** Whether it is still on its way, so that an import would not find it. */
  readonly isPartial?: true;
}

/**
 * One image, whichever API made it. A value: a change makes a new one, and the store swaps them, so whatever was made
 * from an image (its text in some dialect, say) stays true for as long as that value is in the store.
 */
export interface Image {
  readonly id: string;
  readonly name: string | null;
  /** Project id. */
  readonly owner: string | null;
  readonly status: ImageStatus;
  readonly visibility: Visibility;
  readonly isProtected: boolean;
  readonly isHidden: boolean;
  readonly containerFormat: string | null;
  readonly diskFormat: string | null;
  /** Gigabytes. */
  readonly minDisk: number;
  /** Megabytes. */
  readonly minRam: number;
  readonly sizeBytes: number | null;
  readonly virtualSizeBytes: number | null;
  /** MD5 of the data, lower-case hexadecimal. */
  readonly checksum: string | null;
  readonly hashAlgorithm: string | null;
  readonly hashValue: string | null;
  /** Milliseconds since 1970, by the world's clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
  /** In the order they were added, each once. */
  readonly tags: readonly string[];
  /** Further properties; the value is always a string. */
  readonly properties: Readonly<Record<string, string>>;
  readonly members: readonly Member[];
  readonly data: ImageData | null;
  /** Ids of the stores that hold the data; the usual one where it is not said. */
  readonly stores?: readonly string[];
  /** Where the data is to be had, for an image that was given a location. */
  readonly location?: string;
  /** Data that came in and waits to be imported. */
  readonly staged?: StagedData;
  /** What keeps the data from being removed (ids of servers); empty for an image that is free to go. */
  readonly usedBy: readonly string[];
}
