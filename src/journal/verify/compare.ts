import type { Steps } from '../../base/slices.ts';
import type { Entry } from '../entry.ts';
import type { StoredReader } from '../query.ts';
import { type Field, UNKNOWN } from './fields.ts';
import { type Subject, shownOf } from './subjects.ts';

/** One condition that a request does not meet. */
export interface Difference {
  /** `status`, `header/Accept`, `response/body/id`. */
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

/** A request that almost matches, with what is different. */
export interface NearMiss extends Pick<Entry, 'id' | 'operation' | 'method' | 'url' | 'status'> {
  readonly differences: readonly Difference[];
}

/** Maximum number of near misses. */
const MAX_NEAREST = 3;

/** How a request compares with a pattern. */
export interface Comparison {
  readonly subject: Subject;
  /** `unknown` when only what the journal did not store could differ. */
  readonly match: 'yes' | 'no' | 'unknown';
  /** The conditions that it does not meet. */
  readonly unmet: readonly Field[];
}

/** Compares requests with the conditions of a pattern. */
export function* compareAll(subjects: readonly Subject[], fields: readonly Field[]): Steps<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const subject of subjects) {
    comparisons.push(compare(subject, fields));
    yield;
  }
  return comparisons;
}

function compare(subject: Subject, fields: readonly Field[]): Comparison {
  let isUnknown = false;
  const unmet: Field[] = [];
  for (const field of fields) {
    const value = field.name === 'attempt' && !subject.hasKnownAttempt ? UNKNOWN : field.read(subject.entry);
    if (value === UNKNOWN) isUnknown = true;
    else if (!field.fits(value)) unmet.push(field);
  }
  return { subject, unmet, match: unmet.length > 0 ? 'no' : isUnknown ? 'unknown' : 'yes' };
}

/** JSON has no value for what is missing. */
function foundOf(value: unknown): unknown {
  if (Array.isArray(value) && value.length < 2) return value[0] ?? null;
  return value === undefined || value === UNKNOWN ? null : value;
}

/** The requests with the fewest differences, the latest first among equals. */
export function nearestOf(comparisons: readonly Comparison[], reader: StoredReader): readonly NearMiss[] {
  const nearest: Comparison[] = [];
  for (const comparison of comparisons) {
    if (comparison.match !== 'no') continue;
    const at = nearest.findIndex(({ unmet }) => unmet.length >= comparison.unmet.length);
    if (at < 0 && nearest.length === MAX_NEAREST) continue;
    nearest.splice(at < 0 ? nearest.length : at, 0, comparison);
    nearest.length = Math.min(nearest.length, MAX_NEAREST);
  }
  return nearest.map((comparison) => nearMissOf(comparison, reader));
}

function nearMissOf({ subject, unmet }: Comparison, reader: StoredReader): NearMiss {
  const shown = shownOf(subject, reader);
  const { id, operation, method, url, status } = shown;
  const differences = unmet.map(({ name, expected, read }) => ({ field: name, expected, found: foundOf(read(shown)) }));
  return { id, operation, method, url, status, differences };
}
