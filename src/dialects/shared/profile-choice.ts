import { ALL_RELEASES, type AnyRelease, isReleased, RANK } from '../../base/release.ts';
import type { Cloud } from '../../cloud.ts';
import { defaultChoice, type Profile } from '../../contract/contract.ts';
import type { DialectName } from '../dialect.ts';
import { noteRelease } from './release-choice.ts';

/** Names of the choices of one profile. */
type ChoiceOf<P extends Profile> = `${keyof P['choices'] & string}`;

/** A cloud whose profiles are read. */
export type ProfiledCloud = Pick<Cloud, 'profiles' | 'releases' | 'noteProfile'>;

/** The default choices of profiles in one release, by profile. */
const defaultsIn = (profiles: Readonly<Record<string, Profile>>, rank: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(profiles).map(([name, profile]) => [name, defaultChoice(profile, rank)]));

/**
 * Returns functions that look up the choices of a world for the profiles of a dialect, and its release.
 * @param profiles - the profiles; a choice that a world does not make is the default of its release.
 */
export function profileChoices<const P extends Readonly<Record<string, Profile>>>(dialect: DialectName, profiles: P) {
  type Choice<Name extends keyof P> = ChoiceOf<P[Name]>;
  const defaults = ALL_RELEASES.map((_release, rank) => defaultsIn(profiles, rank));
  const released = isReleased(dialect) ? dialect : undefined;
  const place = released ?? 'world';
  const peek = <Name extends keyof P & string>(cloud: ProfiledCloud, name: Name): Choice<Name> =>
    (cloud.profiles[dialect]?.[name] ?? defaults[cloud.releases[place]]?.[name]) as Choice<Name>;
  const note = (cloud: ProfiledCloud, name: string, choice: string): void => {
    const isChosen = cloud.profiles[dialect]?.[name] !== undefined;
    if (isChosen || released === undefined) cloud.noteProfile?.(`${dialect}/${name}: ${choice}`);
    else noteRelease(cloud, released);
  };
  return {
    /**
     * Returns the choice where it decides the response: one other than the default in the release of the world is noted, and
     * the response counts as one by profile. Read it only after all that would decide the same.
     */
    choiceOf<Name extends keyof P & string>(cloud: ProfiledCloud, name: Name): Choice<Name> {
      const choice = peek(cloud, name);
      if (choice !== defaults[cloud.releases.world]?.[name]) note(cloud, name, choice);
      return choice;
    },
    /** Returns the choice where the response may still be the same with the default. */
    peekChoice: peek,
    /**
     * Returns whether the service has this release or a later one, where that decides the response: if the dialect has another
     * release than the world, and the world's would decide otherwise, that is noted.
     */
    since(cloud: ProfiledCloud, release: AnyRelease): boolean {
      const { releases } = cloud;
      const rank = RANK[release];
      const isSince = releases[place] >= rank;
      if (isSince !== releases.world >= rank && released !== undefined) noteRelease(cloud, released);
      return isSince;
    },
    /** As `since`, where the response may still be the same in the other release. */
    peekSince: (cloud: ProfiledCloud, release: AnyRelease): boolean => cloud.releases[place] >= RANK[release],
  };
}
