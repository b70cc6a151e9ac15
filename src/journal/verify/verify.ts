import type { Steps, Work } from '../../base/slices.ts';
import { type EntryReader, type StoredReader, workOnView } from '../query.ts';
import { compareAll, type NearMiss, nearestOf } from './compare.ts';
import { fieldsOf } from './fields.ts';
import type { EntryPattern, Expectation, GapPattern } from './pattern.ts';
import { type Missing, mayMatch, missingIn, type Subject, subjectsOf } from './subjects.ts';

/** Whether an expectation holds. */
export interface Verdict {
  /** `inconclusive` when requests that the journal dropped, or bodies that it did not store, could change the answer. */
  readonly result: 'yes' | 'no' | 'inconclusive';
  /** The reason, in one sentence. */
  readonly message: string;
  /** Number of matching requests. */
  readonly count: number;
  /** Ids of the matching requests. */
  readonly requests: readonly number[];
  /** With `no`, the most similar requests, the nearest first. */
  readonly nearest: readonly NearMiss[];
}

/** The requests of a journal, and what it does not have. */
interface Subjects {
  readonly reader: StoredReader;
  readonly all: readonly Subject[];
  readonly missing: Missing;
}

/** Returns the work of checking whether the requests in a journal meet an expectation. */
export function verify(reader: EntryReader, expectation: Expectation): Work<Verdict> {
  const missing = missingIn(reader);
  return workOnView(reader, function* (view) {
    const subjects = { reader: view, all: yield* subjectsOf(view), missing };
    return expectation.kind === 'order'
      ? yield* verifyOrder(subjects, expectation.patterns)
      : yield* verifyCount(subjects, expectation);
  });
}

type CountExpectation = Extract<Expectation, { readonly kind: 'count' }>;

function* verifyCount(subjects: Subjects, expectation: CountExpectation): Steps<Verdict> {
  const { pattern, atLeast, atMost, gap } = expectation;
  const { dropped, waiting } = subjects.missing;
  const fields = fieldsOf(pattern);
  const comparisons = yield* compareAll(subjects.all, fields);
  const matching = comparisons.filter(({ match }) => match === 'yes').map(({ subject }) => subject);
  const unanswered = waiting.filter((entry) => mayMatch(entry, fields)).length;
  const unknown = unanswered + comparisons.filter(({ match }) => match === 'unknown').length;
  const count = matching.length;
  const most = dropped ? Number.POSITIVE_INFINITY : count + unknown;
  const verdictOf = (result: Verdict['result'], reason: string): Verdict => ({
    result,
    message: `${reason}.`,
    count,
    requests: matching.map(({ recorded }) => recorded.id),
    nearest: result === 'no' ? nearestOf(comparisons, subjects.reader) : [],
  });
  const found = `${count} ${count === 1 ? 'request matches' : 'requests match'}`;
  const wanted = describeCount(atLeast, atMost);
  if (count > atMost || most < atLeast) return verdictOf('no', `${found}, expected ${wanted}`);
  const violation = gap === undefined ? undefined : gapViolation(matching, gap);
  // A request between the two that the journal did not store completely could match, too.
  if (violation !== undefined && unknown === 0) return verdictOf('no', violation);
  if (count < atLeast || most > atMost || (gap !== undefined && (dropped || unknown > 0))) {
    return verdictOf('inconclusive', `${found}, expected ${wanted}, but ${doubt({ dropped, unknown, unanswered })}`);
  }
  return verdictOf('yes', `${found}, as expected`);
}

interface Doubt {
  readonly dropped: boolean;
  readonly unknown: number;
  readonly unanswered: number;
}

function doubt({ dropped, unknown, unanswered }: Doubt): string {
  if (dropped) return 'the journal has dropped requests';
  if (unanswered > 0) return `${unanswered} more may match: they have no response yet`;
  return `${unknown} more may match: the journal did not store their whole bodies`;
}

function describeCount(atLeast: number, atMost: number): string {
  if (atMost === 0) return 'none';
  if (atLeast === atMost) return `exactly ${atLeast}`;
  if (atMost === Number.POSITIVE_INFINITY) return `at least ${atLeast}`;
  return atLeast === 0 ? `at most ${atMost}` : `${atLeast} to ${atMost}`;
}

/** Describes the first two successive requests whose distance in time is wrong. */
function gapViolation(subjects: readonly Subject[], { atLeast = 0, atMost, clock }: GapPattern): string | undefined {
  const timeOf = ({ recorded }: Subject): number => (clock === 'world' ? recorded.time : recorded.started);
  // The world's clock was read at the response.
  const matching = clock === 'world' ? subjects.toSorted((a, b) => a.recorded.id - b.recorded.id) : subjects;
  for (let at = 1; at < matching.length; at += 1) {
    const [before, after] = [matching[at - 1] as Subject, matching[at] as Subject];
    const gap = timeOf(after) - timeOf(before);
    const ids = `requests ${before.recorded.id} and ${after.recorded.id} are ${seconds(gap)} apart`;
    if (gap < atLeast) return `${ids}, expected at least ${seconds(atLeast)}`;
    if (atMost !== undefined && gap > atMost) return `${ids}, expected at most ${seconds(atMost)}`;
  }
  return undefined;
}

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(3))} s`;

function* verifyOrder({ reader, all, missing }: Subjects, patterns: readonly EntryPattern[]): Steps<Verdict> {
  const found: number[] = [];
  let isUncertain = missing.dropped;
  let from = 0;
  for (const [index, pattern] of patterns.entries()) {
    const fields = fieldsOf(pattern);
    const comparisons = yield* compareAll(from === 0 ? all : all.slice(from), fields);
    const at = comparisons.findIndex(({ match }) => match === 'yes');
    // A request that may match this pattern earlier would leave more requests for the next pattern.
    isUncertain ||= comparisons.some(({ match }) => match === 'unknown');
    isUncertain ||= missing.waiting.some((entry) => mayMatch(entry, fields));
    if (at < 0) {
      const after = index === 0 ? '' : ` after request ${found.at(-1)}`;
      const reason = `no request matches pattern ${index}${after}`;
      return {
        result: isUncertain ? 'inconclusive' : 'no',
        message: isUncertain ? `${reason}, but the journal does not hold everything.` : `${reason}.`,
        count: found.length,
        requests: found,
        nearest: isUncertain ? [] : nearestOf(comparisons, reader),
      };
    }
    found.push((all[from + at] as Subject).recorded.id);
    from += at + 1;
  }
  return {
    result: 'yes',
    message: 'All requests are there, in this order.',
    count: found.length,
    requests: found,
    nearest: [],
  };
}
