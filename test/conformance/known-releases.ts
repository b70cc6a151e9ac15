import type { Step } from '../../scripts/conformance/case.ts';
import type { Difference } from '../../scripts/conformance/compare.ts';
import type { Release } from '../../src/base/release.ts';
import { findKnown, KNOWN, type KnownDifference } from './known-differences.ts';
import type { KnownKind } from './known-kinds.ts';

/** Web servers that run the services of a release, and what they do to responses. */
const SERVED_BY_UWSGI: readonly KnownKind[] = [
  {
    applies: ({ api = 'image' }, { what, reference }) =>
      api === 'image' && what === 'header content-length' && reference === undefined,
    reason: 'The recorded Glance runs under uwsgi, which sends no Content-Length; Zed under uwsgi does the same.',
  },
  {
    applies: (_request, { what, reference }) => what === 'status' && reference === 0,
    reason: 'The recorded service broke off without a response.',
  },
];

/** Intended differences of all lists of a release. */
const KINDS: Readonly<Partial<Record<Release, readonly KnownKind[]>>> = { '2026.2': SERVED_BY_UWSGI };

/** A step of a list that was recorded on a release. */
export interface RecordedPlace {
  readonly list: string;
  readonly release: Release;
  readonly step: Step | undefined;
}

/** Returns the entries about a list and a release that explain none of the differences. */
export function obsoleteFor(
  known: readonly KnownDifference[],
  { list, release }: Pick<RecordedPlace, 'list' | 'release'>,
  differences: readonly Difference[],
): readonly KnownDifference[] {
  const used = new Set(differences.map((difference) => findKnown(known, list, { ...difference, release })));
  return known.filter((each) => each.list === list && each.releases?.includes(release) !== false && !used.has(each));
}

/** Returns why a difference from the recorded services of a release is intended; `undefined` if it is not. */
export function reasonFor({ list, release, step }: RecordedPlace, difference: Difference): string | undefined {
  const known = findKnown(KNOWN, list, { ...difference, release });
  if (known !== undefined || step === undefined) return known?.reason;
  return KINDS[release]?.find(({ applies }) => applies(step, difference))?.reason;
}
