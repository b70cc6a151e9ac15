import { Clock } from '../domain/clock.ts';
import type { Profiles } from '../domain/profiles.ts';
import { buildOrigin, DEFAULT_SEED } from '../fixtures/build-origin.ts';
import { fixturesNamed } from '../fixtures/default-fixtures.ts';
import type { Directory } from '../identity/directory/directory.ts';

/** Users, projects and images of fixtures, with their ids. */
export interface FixtureCloud {
  readonly directory: Directory;
  readonly images: readonly { readonly id: string; readonly name: string | null }[];
  /** Choices where the documents of a service disagree. */
  readonly profiles: Profiles;
}

/**
 * Returns the users, projects and images of fixtures, with the ids that a Sideglance with this seed generates.
 * @throws InputError for invalid fixtures.
 */
export function cloudOf(fixtures: readonly string[], seed: string = DEFAULT_SEED): FixtureCloud {
  const set = fixturesNamed(fixtures);
  const { identity, images } = buildOrigin(set, { seed, clock: new Clock() });
  const { directory } = identity;
  return {
    directory,
    images: [...images.base.images.values()].map(({ id, name }) => ({ id, name })),
    profiles: set.profiles ?? {},
  };
}
