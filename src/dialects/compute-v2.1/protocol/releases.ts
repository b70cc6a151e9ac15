import { DEFAULT_RELEASE, RANK, RELEASES, type Release, type ReleaseRanks } from '../../../base/release.ts';

/** What the releases of Nova have in different forms. */
export interface NovaRelease {
  /** Minor number of the last microversion. */
  readonly maxMinor: number;
  /** Version 2.0 in the documents of versions. */
  readonly legacy: { readonly status: 'SUPPORTED' | 'DEPRECATED'; readonly updated: string };
  /** What a 500 asks users to do. */
  readonly advice: string;
  /** Whether a message says of an empty value that it should not be empty, instead of that it is too short. */
  readonly saysNonEmpty: boolean;
}

const REPORT = 'Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.';

const ZED: NovaRelease = {
  maxMinor: 93,
  legacy: { status: 'SUPPORTED', updated: '2011-01-21T11:33:21Z' },
  advice: REPORT,
  saysNonEmpty: false,
};

const BY_RELEASE: Readonly<Record<Release, NovaRelease>> = {
  zed: ZED,
  '2025.1': { ...ZED, maxMinor: 100 },
  '2026.2': {
    maxMinor: 104,
    legacy: { status: 'DEPRECATED', updated: '2025-07-04T12:00:00Z' },
    advice: 'Please contact the administrator',
    saysNonEmpty: true,
  },
};

const BY_RANK = new Map(RELEASES.map((release) => [RANK[release], BY_RELEASE[release]]));

/** A request with the releases of its world; without them it has those of the default release. */
export interface ReleasedCall {
  readonly releases?: ReleaseRanks | undefined;
}

/** Returns what the release of a request has. */
export const releaseOf = ({ releases }: ReleasedCall): NovaRelease =>
  (releases && BY_RANK.get(releases['compute-v2.1'])) ?? BY_RELEASE[DEFAULT_RELEASE];

/** Whether the world of a request has a release or a later one. */
export const isSince = ({ releases }: ReleasedCall, release: Release): boolean =>
  (releases?.['compute-v2.1'] ?? RANK[DEFAULT_RELEASE]) >= RANK[release];
