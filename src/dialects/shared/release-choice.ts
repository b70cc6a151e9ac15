import {
  type AnyRelease,
  existsAt,
  isReleased,
  RELEASES,
  type Release,
  type ReleasedDialect,
  releaseAt,
} from '../../base/release.ts';
import type { Cloud } from '../../cloud.ts';
import type { Operation, Profile } from '../../contract/contract.ts';

/** A cloud whose release is read. */
export type ReleasedCloud = Pick<Cloud, 'releases' | 'noteProfile'>;

/** Notes that the response is another one than in the release of the world, because the dialect has a release of its own. */
export const noteRelease = ({ releases, noteProfile }: ReleasedCloud, dialect: ReleasedDialect): void =>
  noteProfile?.(`${dialect}/release: ${releaseAt(releases[dialect])}`);

/** Returns whether a world has an operation in its release; notes if the release of the dialect decides it. */
export function offers(cloud: ReleasedCloud, dialect: string, operation: Operation): boolean {
  if (!isReleased(dialect)) return true;
  const { releases } = cloud;
  const isOffered = existsAt(operation, releases[dialect]);
  if (isOffered !== existsAt(operation, releases.world)) noteRelease(cloud, dialect);
  return isOffered;
}

/** Describes the releases of a world as choices of the profile `release` of a dialect. */
export const releaseProfile = <const Older extends Readonly<Partial<Record<AnyRelease, string>>>>(
  texts: Readonly<Record<Release, string>>,
  older: Older,
) =>
  ({
    title: 'The release of the service; that of the world when not chosen',
    choices: { ...texts, ...older },
    since: Object.fromEntries(RELEASES.map((release) => [release, release])),
  }) satisfies Profile;
