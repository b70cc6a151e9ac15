import { IdentityError } from '../../identity/problem.ts';
import { MALFORMED } from './problems.ts';

/**
 * Date and time as the service reads them: with or without dashes and colons, `T` or a space between the two, seconds and
 * their fraction as they are there, in UTC with or without a `Z`, and in no other zone.
 */
const TIME = new RegExp(
  [
    /^(?<year>\d{4})(?:-(?<month>\d{1,2})-(?<day>\d{1,2})|-?(?<months>\d{2})-?(?<days>\d{2}))/,
    /[ T](?<hour>\d{2}):?(?:(?<minute>\d{2}):?(?:(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?)?Z?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

/** Milliseconds since 1970; `NaN` for what is no time. */
function timeOf(text: string): number {
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
    Date.UTC(year, month - 1, day, hour, minute, second) + Math.trunc(Number(`0.${parts['fraction'] ?? 0}`) * 1000);
  const date = new Date(time);
  // What runs over into the next day or hour is no time.
  const isWhole =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute;
  return isWhole ? time : Number.NaN;
}

/** When something is over; `null`: never. @throws IdentityError for what is no time. */
export function parseExpiry(text: string | null): number | null {
  if (text === null) return null;
  const time = timeOf(text);
  if (!Number.isNaN(time)) return time;
  throw new IdentityError({ kind: 'invalid', message: `Timestamp not in expected format. ${MALFORMED}` });
}
