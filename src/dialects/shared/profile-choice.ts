import type { Cloud } from '../../cloud.ts';
import type { Profile } from '../../contract/contract.ts';
import type { DialectName } from '../dialect.ts';

/** Names of the choices of one profile. */
type ChoiceOf<P extends Profile> = `${keyof P['choices'] & string}`;

/** A cloud whose profiles are read. */
export type ProfiledCloud = Pick<Cloud, 'profiles' | 'noteProfile'>;

/**
 * Returns functions that look up the choices of a world for the profiles of a dialect.
 * @param profiles - the profiles; the default of each is its first choice.
 */
export function profileChoices<const P extends Readonly<Record<string, Profile>>>(dialect: DialectName, profiles: P) {
  type Choice<Name extends keyof P> = ChoiceOf<P[Name]>;
  const first = new Map(Object.entries(profiles).map(([name, { choices }]) => [name, Object.keys(choices)[0]]));
  const peek = <Name extends keyof P & string>(cloud: ProfiledCloud, name: Name): Choice<Name> =>
    (cloud.profiles[dialect]?.[name] ?? first.get(name)) as Choice<Name>;
  return {
    /**
     * Returns the choice where it decides the response: one other than the default is noted, and the response counts as one
     * by profile. Read it only after all that would decide the same.
     */
    choiceOf<Name extends keyof P & string>(cloud: ProfiledCloud, name: Name): Choice<Name> {
      const choice = peek(cloud, name);
      if (choice !== first.get(name)) cloud.noteProfile?.(`${dialect}/${name}: ${choice}`);
      return choice;
    },
    /** Returns the choice where the response may still be the same with the default. */
    peekChoice: peek,
  };
}
