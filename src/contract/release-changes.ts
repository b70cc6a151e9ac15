import { type AnyRelease, RANK } from '../base/release.ts';
import { type Contract, defaultChoice, type Operation, type Profile, type ReleaseChange } from './contract.ts';

/** Two releases of a service. */
export interface ReleaseSpan {
  /** The older one. */
  readonly from: AnyRelease;
  /** The newer one. */
  readonly to: AnyRelease;
}

/** Whether a release is later than `from`, and not later than `to`. */
const isWithin = (release: AnyRelease, { from, to }: ReleaseSpan): boolean =>
  RANK[release] > RANK[from] && RANK[release] <= RANK[to];

/** Lists what a service changed for clients from one release to another: operations, defaults of profiles, and the rest. */
export const changesBetween = (contract: Contract, span: ReleaseSpan): readonly ReleaseChange[] => [
  ...Object.entries(contract.operations).flatMap(([id, operation]) => operationChanges(id, operation, span)),
  ...Object.entries(contract.profiles ?? {}).flatMap(([name, profile]) => profileChanges(name, profile, span)),
  ...(contract.changes ?? []).filter(({ since }) => isWithin(since, span)),
];

function operationChanges(id: string, { method, path, since, until }: Operation, span: ReleaseSpan) {
  const what = `\`${method.toUpperCase()} ${path}\``;
  const operations = [id];
  const changes: ReleaseChange[] = [];
  if (since !== undefined && isWithin(since, span))
    changes.push({ since, operations, what, before: 'no such operation', after: 'there is one' });
  if (until !== undefined && isWithin(until, span))
    changes.push({ since: until, operations, what, before: 'there is one', after: 'no such operation' });
  return changes;
}

/** Changes of a default. The profile `release` itself is none. */
function profileChanges(name: string, profile: Profile, span: ReleaseSpan): readonly ReleaseChange[] {
  if (name === 'release') return [];
  return Object.keys(profile.since ?? {}).flatMap((key) => {
    const release = key as AnyRelease;
    if (!isWithin(release, span)) return [];
    const { choices, title } = profile;
    const [before, after] = [RANK[release] - 1, RANK[release]].map((rank) => choices[defaultChoice(profile, rank)]);
    return [{ since: release, operations: [], what: title, before: before ?? '', after: after ?? '' }];
  });
}
