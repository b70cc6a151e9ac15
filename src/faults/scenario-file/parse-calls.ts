import type { Json } from '../../base/json.ts';
import { parseDuration } from '../../input/duration.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Calls, Moment } from '../fault.ts';

/** Which calls a rule takes, of a value that has passed the schema; what of it takes none is an issue. */
export function parseCalls(value: Json | undefined, pointer: string, issues: InputIssue[]): Calls {
  const { after, until, for: span, ...rest } = (value ?? {}) as Json;
  const calls: Calls = {
    per: 'rule',
    ...(rest as Partial<Calls>),
    ...(after !== undefined && { after: parseMoment(after as string, `${pointer}/after`, issues) }),
    ...(until !== undefined && { until: parseMoment(until as string, `${pointer}/until`, issues) }),
    ...(span !== undefined && { for: parseDuration(span as string) }),
  };
  checkNumbers(calls, value, pointer, issues);
  checkTimes(calls, value, pointer, issues);
  return calls;
}

function parseMoment(text: string, pointer: string, issues: InputIssue[]): Moment {
  if (!text.includes('T')) return { since: parseDuration(text) };
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    issues.push({ pointer, message: 'is no time that there is', found: text, allowed: 'a time: 2026-11-21T12:00:00Z' });
  }
  return { at };
}

function checkNumbers(calls: Calls, value: Json | undefined, pointer: string, issues: InputIssue[]): void {
  const { from = 1, to = Number.POSITIVE_INFINITY, every = 1, only } = calls;
  const first = Math.ceil(from / every) * every;
  if (from > to) {
    issues.push({
      pointer,
      message: 'takes no call: "from" is past "to"',
      found: { from, to },
      allowed: `to: ${from} or more`,
    });
  } else if (first > to) {
    issues.push({
      pointer,
      message: `takes no call: there is no multiple of ${every} among them`,
      found: value,
      allowed: `to: ${first} or more`,
    });
  } else if (only?.every((number) => number < from || number > to || number % every !== 0)) {
    issues.push({
      pointer: `${pointer}/only`,
      message: 'takes no call: the rest of "calls" leaves all of these out',
      found: only,
      allowed: 'a call that from, to and every leave in',
    });
  }
}

function checkTimes(
  { after, until, for: span }: Calls,
  value: Json | undefined,
  pointer: string,
  issues: InputIssue[],
): void {
  if (span === 0) {
    issues.push({
      pointer: `${pointer}/for`,
      message: 'takes one call at most: no time passes',
      found: value?.['for'],
      allowed: 'a time, or "times: 1"',
    });
  }
  if (isPast(after, until)) {
    issues.push({
      pointer: `${pointer}/until`,
      message: 'takes no call: "until" is not past "after"',
      found: value?.['until'],
      allowed: after === undefined ? 'a time' : `a time past ${String(value?.['after'])}`,
    });
  }
}

/** Whether a rule is over when it begins. Points of different kinds can only be compared once a scenario plays. */
function isPast(after: Moment | undefined, until: Moment | undefined): boolean {
  if (until === undefined) return false;
  if (after === undefined) return 'since' in until && until.since === 0;
  if ('since' in until) return 'since' in after && until.since <= after.since;
  return 'at' in after && until.at <= after.at;
}

/** The most calls that a rule can take of one count; infinite where there is no bound. */
export function mostTaken({ from = 1, to, every = 1, only, times }: Calls): number {
  const bound = times ?? Number.POSITIVE_INFINITY;
  if (only !== undefined) {
    const last = to ?? Number.POSITIVE_INFINITY;
    return Math.min(bound, only.filter((one) => one >= from && one <= last && one % every === 0).length);
  }
  if (to === undefined) return bound;
  return Math.min(bound, Math.floor(to / every) - Math.ceil(from / every) + 1);
}
