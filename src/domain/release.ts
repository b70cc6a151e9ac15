import { type AnyRelease, RANK, RELEASED_DIALECTS, type Release, type ReleaseRanks } from '../base/release.ts';
import type { Profiles } from './profiles.ts';

/**
 * Returns the ranks of the releases of a world.
 * @param release - release of the world, which each dialect has unless its profile `release` chooses another one.
 */
export function ranksOf(release: Release, profiles: Profiles): ReleaseRanks {
  const rankOf = (dialect: string): number => RANK[(profiles[dialect]?.['release'] ?? release) as AnyRelease];
  const dialects = Object.fromEntries(RELEASED_DIALECTS.map((dialect) => [dialect, rankOf(dialect)]));
  return { world: RANK[release], ...dialects } as ReleaseRanks;
}
