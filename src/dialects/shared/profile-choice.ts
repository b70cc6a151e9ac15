import type { Cloud } from '../../cloud.ts';
import type { Profile } from '../../contract/contract.ts';
import type { DialectName } from '../dialect.ts';

/** Names of the choices of one profile. */
type ChoiceOf<P extends Profile> = `${keyof P['choices'] & string}`;

/**
 * Returns a function that looks up the choices of a world for the profiles of a dialect.
 * @param profiles - the profiles; the default of each is its first choice.
 */
export function profileChoice<const P extends Readonly<Record<string, Profile>>>(dialect: DialectName, profiles: P) {
  const first = new Map(Object.entries(profiles).map(([name, { choices }]) => [name, Object.keys(choices)[0]]));
  return <Name extends keyof P & string>(cloud: Pick<Cloud, 'profiles'>, name: Name): ChoiceOf<P[Name]> =>
    (cloud.profiles[dialect]?.[name] ?? first.get(name)) as ChoiceOf<P[Name]>;
}
