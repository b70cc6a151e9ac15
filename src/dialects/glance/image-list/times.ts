const ISO_TIME =
  /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

/**
 * Parses an ISO 8601 time: UTC unless it names a zone; omitted parts count from the start.
 * @returns milliseconds since 1970.
 */
export function parseIsoTime(text: string): number | undefined {
  const match = ISO_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  const time = utcTime([year, month, day, hour, minute, second].map(Number));
  const back = new Date(time);
  const isReal =
    Number(year) >= 1 &&
    back.getUTCMonth() === Number(month) - 1 &&
    back.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  return time + Math.floor(Number(`0.${fraction}`) * 1000) - offsetOf(zone);
}

/** The time of a date in UTC. Unlike `Date.UTC`, it takes the years 1 to 99 for what they are. */
function utcTime([year = 0, month = 1, day = 1, ...time]: readonly number[]): number {
  const date = new Date(Date.UTC(2000, month - 1, day, ...time));
  return date.setUTCFullYear(year, month - 1, day);
}

/** The earliest and the latest time that Python can represent, in milliseconds since 1970. */
const EARLIEST = utcTime([1]);
const LATEST = utcTime([10_000]) - 1;

/** Whether Python can represent a time in UTC. */
export const isRepresentable = (time: number): boolean => time >= EARLIEST && time <= LATEST;

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

const STRICT_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Parses a time such as `2026-11-21` or `2026-11-21T12:00:00Z`, UTC unless it names a zone.
 * @returns milliseconds since 1970.
 */
export function parseStrictTime(text: string): number | undefined {
  const match = STRICT_TIME.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(text.includes('T') && match[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}
