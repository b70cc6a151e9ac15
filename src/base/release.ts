/** Releases of the OpenStack services that a world can double. */

/** The releases of a world, oldest first. */
export const RELEASES = ['zed', '2025.1', '2026.2'] as const;
/** One of `RELEASES`. */
export type Release = (typeof RELEASES)[number];

/** The release of worlds for which nobody chooses one. */
export const DEFAULT_RELEASE: Release = 'zed';

/** The release of worlds in files from before worlds had releases. */
export const FIRST_RELEASE: Release = 'zed';

/** All releases that a dialect can choose, oldest first: older ones are choices of its profile `release` alone. */
export const ALL_RELEASES = ['mitaka', 'newton', 'queens', ...RELEASES] as const;
/** One of `ALL_RELEASES`. */
export type AnyRelease = (typeof ALL_RELEASES)[number];

/** The dialects that double services with releases. */
export const RELEASED_DIALECTS = ['image-v2', 'compute-v2.1', 'identity'] as const;
/** One of `RELEASED_DIALECTS`. */
export type ReleasedDialect = (typeof RELEASED_DIALECTS)[number];

/** Place of each release in `ALL_RELEASES`, so that two releases are compared as numbers. */
export const RANK = Object.fromEntries(ALL_RELEASES.map((release, rank) => [release, rank])) as Readonly<
  Record<AnyRelease, number>
>;

/** The releases of a world as ranks: of the world itself, and of each dialect. */
export type ReleaseRanks = Readonly<Record<ReleasedDialect | 'world', number>>;

/** Whether a dialect has releases. */
export const isReleased = (dialect: string): dialect is ReleasedDialect =>
  (RELEASED_DIALECTS as readonly string[]).includes(dialect);

/** Returns the name of a rank. */
export const releaseAt = (rank: number): AnyRelease => ALL_RELEASES[rank] as AnyRelease;

/** Whether something exists in a release, by the first and the first later one without it. */
export const existsAt = (
  { since, until }: { readonly since?: AnyRelease; readonly until?: AnyRelease },
  rank: number,
): boolean => (since === undefined || rank >= RANK[since]) && (until === undefined || rank < RANK[until]);
