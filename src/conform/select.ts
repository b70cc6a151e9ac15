import { compileGlob } from '../base/glob.ts';
import { nearestHint, nearestName } from '../contract/nearest.ts';
import { InputError } from '../input/input-error.ts';
import type { ConformCase, Profile } from './case.ts';
import type { Api } from './tasks.ts';

/** Which cases are meant. All conditions must hold. */
export interface CaseSelection {
  /** Any of these profiles. */
  readonly profiles?: readonly Profile[] | undefined;
  /** Any of these APIs. */
  readonly apis?: readonly Api[] | undefined;
  /** Ids, or globs. */
  readonly only?: readonly string[] | undefined;
}

/**
 * Returns the selected cases, in their order.
 * @throws InputError for an id or glob that no case has.
 */
export function selectCases(
  cases: readonly ConformCase[],
  { profiles, apis, only }: CaseSelection,
): readonly ConformCase[] {
  const tests = only?.map((pattern) => ({ pattern, fits: compileGlob(pattern) }));
  const strange = (tests ?? []).filter(({ fits }) => !cases.some(({ id }) => fits(id)));
  if (strange.length > 0) throw unknownCases(strange, cases);
  return cases.filter(
    ({ id, profile, api }) =>
      profiles?.includes(profile) !== false &&
      apis?.includes(api) !== false &&
      tests?.some(({ fits }) => fits(id)) !== false,
  );
}

function unknownCases(strange: readonly { readonly pattern: string }[], cases: readonly ConformCase[]): InputError {
  const ids = cases.map(({ id }) => id);
  return new InputError(
    '--only',
    strange.map(({ pattern }) => ({
      pointer: '',
      message: `no case has this id${nearestHint(nearestName(pattern, ids))}`,
      found: pattern,
      allowed: 'an id that --list shows, or a glob',
    })),
  );
}
