import type { Json } from '../base/json.ts';
import type { ImageData, Received } from './data/image-data.ts';
import type { Member } from './member.ts';

/** Statuses of an image. */
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
/** Status of an image. */
export type ImageStatus = (typeof IMAGE_STATUSES)[number];

/** Visibilities of an image. */
export const VISIBILITIES = ['public', 'private', 'shared', 'community'] as const;
/** Visibility of an image. */
export type Visibility = (typeof VISIBILITIES)[number];

/** Data that an image has not accepted yet. */
export interface StagedData extends Omit<Received, 'md5' | 'hash'> {
  /** MD5 in lower-case hexadecimal; `null` if computing it would take too long. */
  readonly md5: string | null;
  readonly hash: Received['hash'] | null;
  /** Size of the disk inside; `null` if it is unknown. */
  readonly virtualSizeBytes: number | null;
  /** Whether the disk inside is unreadable, so that the import fails. */
  readonly isFaulty?: true;
  /** Whether the data is still arriving, so that an import would not find it. */
  readonly isPartial?: true;
}

/** Where data of an image is: a store, and the address in it that a client gave. */
export interface Location {
  /** Id of the store. */
  readonly store: string;
  /** `null` for data that the service put into the store itself. */
  readonly address: string | null;
  /** What clients note about the location. */
  readonly metadata: Json;
}

/**
 * One image, independent of the API that created it. Immutable: a change replaces it in the store, so anything derived from
 * it, such as its text in a dialect, can be cached by the value.
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
  /** In the order in which they were added, without duplicates. */
  readonly tags: readonly string[];
  /** Custom properties; values are always strings. */
  readonly properties: Readonly<Record<string, string>>;
  readonly members: readonly Member[];
  readonly data: ImageData | null;
  /** Ids of the stores that contain the data. Default: the default store. */
  readonly stores?: readonly string[];
  /** Address of the data, for an image that was given a location. */
  readonly location?: string;
  /** Locations with an address or with metadata, in the order of `stores`. */
  readonly locations?: readonly Location[];
  /** Data that waits for its import. */
  readonly staged?: StagedData;
  /** Whether data is arriving. If the process ends meanwhile, the image is queued again. */
  readonly isReceiving?: true;
  /** Ids of the servers that use the data, which prevents deletion. */
  readonly usedBy: readonly string[];
}
