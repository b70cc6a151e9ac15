import type { Call } from '../../../contract/contract.ts';
import { minorOf } from '../protocol/microversion.ts';
import { checkLimit, checkNames } from '../protocol/query-checks.ts';

/** A request for usage: a period in milliseconds since 1970, and a page. */
export interface UsageRequest {
  readonly start: number;
  readonly end: number;
  /** Whether each server is listed. */
  readonly isDetailed: boolean;
  /** `undefined` for all servers on one page. */
  readonly limit: number | undefined;
  /** Id of the last server of the previous page. */
  readonly marker: string | undefined;
}

const KNOWN = ['start', 'end', 'detailed'];
const WITH_PAGES = [...KNOWN, 'limit', 'marker'];

/** The first microversions with pages, and that reject unknown parameters. */
const FIRST_WITH_PAGES = 40;
const FIRST_STRICT = 75;

/** A time without a zone, as Nova reads it: with seconds, and up to six decimals. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:T| )(\d\d:\d\d:\d\d)(\.\d{1,6})?$/;
const WITH_BLANK = / /;

function parseTime(value: string | null | undefined, now: number): number {
  if (value === null || value === undefined || value === '') return now;
  const [, day, time, decimals = ''] = TIME.exec(value) ?? [];
  // Nova reads a blank only together with decimals.
  if (day === undefined || (WITH_BLANK.test(value) && decimals === '')) return Number.NaN;
  return Date.parse(`${day}T${time}${decimals.slice(0, 4)}Z`);
}

/** Parses the query of a request for usage. @returns the message of a 400 if the query is invalid. */
export function parseUsage(call: Call, now: number): UsageRequest | string {
  const { query: parameters } = call;
  const minor = minorOf(call);
  const hasPages = minor >= FIRST_WITH_PAGES;
  const error =
    (minor >= FIRST_STRICT ? checkNames(parameters, WITH_PAGES) : undefined) ??
    (hasPages ? checkLimit(call) : undefined);
  if (error !== undefined) return error;
  const start = parseTime(parameters.get('start'), now);
  const end = parseTime(parameters.get('end'), now);
  if (Number.isNaN(start) || Number.isNaN(end)) return 'Invalid datetime string: Datetime is in invalid format';
  if (start > end) return 'Invalid start time. The start time cannot occur after the end time.';
  return {
    start,
    end,
    isDetailed: parameters.get('detailed') === '1',
    limit: hasPages && parameters.has('limit') ? Number(parameters.getAll('limit').at(-1)) : undefined,
    marker: hasPages ? parameters.getAll('marker').at(-1) : undefined,
  };
}
