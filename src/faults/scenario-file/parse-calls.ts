import type { Json } from '../../base/json.ts';
import { parseDuration } from '../../input/duration.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Calls, Moment } from '../fault.ts';

/**
 * Parses the member `calls` of a rule that has passed the schema. A number stands for the number of the last request.
 * @param pointer - JSON pointer of the member.
 * @param issues - collects the problems that are found, such as conditions that no request satisfies.
 */
export function parseCalls(written: Json | number | undefined, pointer: string, issues: InputIssue[]): Calls {
  const value = typeof written === 'number' ? { to: written } : written;
  const { after, until, for: span, ...rest } = (value ?? {}) as Json;
  const calls: Calls = {
    per: 'rule',
    ...(rest as Partial<Calls>),
    ...(after !== undefined && { after: parseMoment(after as string, `${pointer}/after`, issues) }),
    ...(until !== undefined && { until: parseMoment(until as string, `${pointer}/until`, issues) }),
    ...(span !== undefined && { for: parseDuration(span as string) }),
  };
  const found = [contradictionOf(calls, value), ...timeIssues(calls, value)];
  for (const issue of found) if (issue !== undefined) issues.push({ ...issue, pointer: pointer + issue.pointer });
  return calls;
}

function parseMoment(text: string, pointer: string, issues: InputIssue[]): Moment {
  if (!text.includes('T')) return { since: parseDuration(text) };
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    issues.push({ pointer, message: 'is not a valid time', found: text, allowed: 'a time: 2026-11-21T12:00:00Z' });
  }
  return { at };
}

/** Returns why no request number satisfies the conditions; the pointer starts at `calls`. */
function contradictionOf(calls: Calls, value: Json | undefined): InputIssue | undefined {
  const { from = 1, to = Number.POSITIVE_INFINITY, every = 1, only } = calls;
  const first = Math.ceil(from / every) * every;
  if (from > to) {
    return {
      pointer: '',
      message: 'matches no request: "from" is greater than "to"',
      found: { from, to },
      allowed: `to: ${from} or more`,
    };
  }
  if (first > to) {
    return {
      pointer: '',
      message: `matches no request: the range contains no multiple of ${every}`,
      found: value,
      allowed: `to: ${first} or more`,
    };
  }
  if (!only?.every((number) => number < from || number > to || number % every !== 0)) return undefined;
  return {
    pointer: '/only',
    message: 'matches no request: from, to and every exclude all of these numbers',
    found: only,
    allowed: 'a number that from, to and every allow',
  };
}

/** Returns the problems of the time conditions; their pointers start at `calls`. */
function timeIssues({ after, until, for: span }: Calls, value: Json | undefined): readonly InputIssue[] {
  const issues: InputIssue[] = [];
  if (span === 0) {
    issues.push({
      pointer: '/for',
      message: 'matches at most one request: the time is zero',
      found: value?.['for'],
      allowed: 'a time, or "times: 1"',
    });
  }
  if (isPast(after, until)) {
    issues.push({
      pointer: '/until',
      message: 'matches no request: "until" is not later than "after"',
      found: value?.['until'],
      allowed: after === undefined ? 'a time' : `a time later than ${String(value?.['after'])}`,
    });
  }
  return issues;
}

/** Returns whether a rule ends before it begins. Moments of different kinds can be compared only when a scenario is enabled. */
function isPast(after: Moment | undefined, until: Moment | undefined): boolean {
  if (until === undefined) return false;
  if (after === undefined) return 'since' in until && until.since === 0;
  if ('since' in until) return 'since' in after && until.since <= after.since;
  return 'at' in after && until.at <= after.at;
}

/** Returns how often a rule can fire for one counter; infinity if there is no bound. */
export function maxFired({ from = 1, to, every = 1, only, times }: Calls): number {
  const bound = times ?? Number.POSITIVE_INFINITY;
  if (only !== undefined) {
    const last = to ?? Number.POSITIVE_INFINITY;
    return Math.min(bound, only.filter((one) => one >= from && one <= last && one % every === 0).length);
  }
  if (to === undefined) return bound;
  return Math.min(bound, Math.floor(to / every) - Math.ceil(from / every) + 1);
}
