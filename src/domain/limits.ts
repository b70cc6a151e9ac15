import { TEBIBYTE } from '../base/size.ts';

/** Limits of one world, set by fixtures and the admin API. `null` means unlimited. */
export interface Limits {
  /** Bytes of the data of one image. */
  readonly imageSizeCap: number;
  /** Bytes of all images of a project. */
  readonly userStorageQuota: number | null;
  /**
   * Bytes of all images of a project, in whole MiB and with every copy counted. Compared with the usage before an upload, so
   * that one upload may exceed it. Default: unlimited.
   */
  readonly imageSizeTotal?: number | null;
  /** Images of a project. */
  readonly imageCountTotal: number | null;
  /** Bytes of data of a project that wait for their import, compared before more is staged. Default: unlimited. */
  readonly imageStageTotal?: number | null;
  /** Images of a project that receive data at the same time. Default: unlimited. */
  readonly imageCountUploading?: number | null;
  readonly imageTagQuota: number;
  readonly imagePropertyQuota: number;
  readonly imageMemberQuota: number;
  /** Locations of the data of one image. Default: unlimited. */
  readonly imageLocationQuota?: number;
  /** Default page size of lists. */
  readonly listDefault: number;
  /** Maximum page size of lists. */
  readonly listMost: number;
  /** Lifetime of a token in seconds. */
  readonly tokenSeconds: number;
  /** Bytes that the image cache may hold. Default: unlimited. */
  readonly cacheBytes?: number | null;
  /** Requests a minute for each project, in APIs that document such a limit. Omitted or `null`: unlimited. */
  readonly callsPerMinute?: number | null;
}

/** Limits of a world whose fixtures set none. */
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
