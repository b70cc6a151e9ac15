import { ALL_RELEASES, type AnyRelease } from '../../../base/release.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { noteRelease } from '../../shared/release-choice.ts';

/** The versions of the API that a release has. */
export interface ApiVersions {
  /** The newest minor version. */
  readonly minor: number;
  /** The version before which the newest one is listed; the newest is the first when omitted. */
  readonly currentBefore?: number;
  /** Status of version 1 in the list of versions; absent in releases that have removed it. */
  readonly version1?: 'SUPPORTED' | 'DEPRECATED';
}

const VERSIONS: Readonly<Record<AnyRelease, ApiVersions>> = {
  mitaka: { minor: 3, version1: 'SUPPORTED' },
  newton: { minor: 4, version1: 'DEPRECATED' },
  queens: { minor: 6 },
  zed: { minor: 16 },
  // A fault of the service: it lists 2.17 between 2.8 and 2.7.
  '2025.1': { minor: 17, currentBefore: 7 },
  '2026.2': { minor: 18 },
};

const BY_RANK = ALL_RELEASES.map((release) => VERSIONS[release]);

/** Returns the newest minor version in a release. @param rank - the release, as in `RANK`. */
export const newestMinor = (rank: number): number => BY_RANK[rank]?.minor ?? 0;

/** Returns the versions of the API in a world. */
export function apiVersionsOf(cloud: ProfiledCloud): ApiVersions {
  const { releases } = cloud;
  if (releases['image-v2'] !== releases.world) noteRelease(cloud, 'image-v2');
  return BY_RANK[releases['image-v2']] as ApiVersions;
}
