import { IdentityError } from '../../identity/problem.ts';
import { MALFORMED } from './errors.ts';

/**
 * A date and time in the forms that Keystone accepts: dashes and colons are optional, `T` or a space separates date and
 * time, minutes, seconds and their fraction are optional, and the time is UTC with or without a `Z`.
 */
const TIME = new RegExp(
  [
    /^(?<year>\d{4})(?:-(?<month>\d{1,2})-(?<day>\d{1,2})|-?(?<months>\d{2})-?(?<days>\d{2}))/,
    /[ T](?<hour>\d{2}):?(?:(?<minute>\d{2}):?(?:(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?)?Z?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

/** Milliseconds since 1970, in steps of a thousandth; `NaN` if the text is not a valid time. */
export function parseTime(text: string): number {
  const parts = TIME.exec(text)?.groups;
  if (parts === undefined) return Number.NaN;
  const numbers = [
    parts['year'],
    parts['month'] ?? parts['months'],
    parts['day'] ?? parts['days'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  ].map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const [year, month, day, hour, minute, second] = numbers;
  const time =
    Date.UTC(year, month - 1, day, hour, minute, second) +
    // Keystone keeps microseconds, and drops what is beyond them.
    Number((parts['fraction'] ?? '').slice(0, 6).padEnd(6, '0')) / 1000;
  const date = new Date(time);
  // `Date.UTC` carries over values that are out of range; Keystone rejects them.
  const isInRange =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute;
  return isInRange ? time : Number.NaN;
}

/**
 * Parses a time as `parseTime` does; also a date, month or year alone, and times with an offset from UTC.
 * @returns milliseconds since 1970, or `NaN`.
 */
export function parseIsoTime(text: string): number {
  const zone = /^(?<local>.+[ T].*)(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2})?$/.exec(text)?.groups;
  if (zone === undefined) return parseTime(withTime(text));
  const { local = '', sign, hours = '0', minutes = '0' } = zone;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return local.endsWith('Z') ? Number.NaN : parseTime(local) + (sign === '+' ? -offset : offset);
}

/** Completes a date, month or year to its first instant. */
function withTime(text: string): string {
  if (/[ T]/.test(text)) return text;
  if (/^\d{4}$/.test(text)) return `${text}-01-01T00`;
  return /^\d{4}-\d{1,2}$/.test(text) ? `${text}-01T00` : `${text}T00`;
}

/**
 * Parses a time of expiry; `null` means never.
 * @returns milliseconds since 1970, in steps of a thousandth.
 * @throws IdentityError `invalid`.
 */
export function parseExpiry(text: string | null): number | null {
  if (text === null) return null;
  const time = parseTime(text);
  if (!Number.isNaN(time)) return time;
  throw new IdentityError({ kind: 'invalid', message: `Timestamp not in expected format. ${MALFORMED}` });
}
