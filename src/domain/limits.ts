import { TEBIBYTE } from '../base/size.ts';
/** Limits of one world; fixtures and the admin API set them. `null` is without limit. */
export interface Limits {
  /** Bytes of one image's data. */
  readonly imageSizeCap: number;
  /** Bytes of all images of a project. */
  readonly userStorageQuota: number | null;
  /**
   * Bytes of all images of a project past which no more come, in whole MiB and with every copy counted: an upload may go
   * past it once. Absent or `null`: any number.
   */
  readonly imageSizeTotal?: number | null;
  /** Images of a project. */
  readonly imageCountTotal: number | null;
  /** Bytes of data of a project that wait for their import, past which no more come; absent or `null`: any number. */
  readonly imageStageTotal?: number | null;
  /** Images of a project whose data is on its way at one time; absent or `null`: any number. */
  readonly imageCountUploading?: number | null;
  readonly imageTagQuota: number;
  readonly imagePropertyQuota: number;
  readonly imageMemberQuota: number;
  /** Places that may hold the data of one image; absent: any number. */
  readonly imageLocationQuota?: number;
  /** Page size of image-v2 when none is asked for, and the most it gives. */
  readonly listDefault: number;
  readonly listMost: number;
  /** Seconds for which a token is good. */
  readonly tokenSeconds: number;
  /** Bytes that the cache of the image service may hold; absent or `null`: any number. */
  readonly cacheBytes?: number | null;
  /** Calls that a project may make in a minute, of the APIs that document such a limit; absent or `null`: any number. */
  readonly callsPerMinute?: number | null;
}

export const DEFAULT_LIMITS: Limits = {
  imageSizeCap: TEBIBYTE,
  userStorageQuota: null,
  imageCountTotal: null,
  imageTagQuota: 128,
  imagePropertyQuota: 128,
  imageMemberQuota: 128,
  imageLocationQuota: 10,
  listDefault: 25,
  listMost: 1000,
  tokenSeconds: 86_400,
};
