import { describe, expect, test } from '@jest/globals';
import { parseExpiry } from '../../../src/dialects/identity/parse-time.ts';
import { IdentityError } from '../../../src/identity/problem.ts';

const NEW_YEAR = Date.UTC(2099, 0, 1);
const HOUR = 3_600_000;

test('no expiry means never', () => {
  expect(parseExpiry(null)).toBeNull();
});

describe('A time is parsed', () => {
  test.each([
    ['to the second, with a Z', '2099-01-01T00:00:00Z', NEW_YEAR],
    ['without a zone, as UTC', '2099-01-01T00:00:00', NEW_YEAR],
    ['with a space in the middle', '2099-01-01 00:00:00', NEW_YEAR],
    ['to the microsecond', '2099-01-01T00:00:00.123456', NEW_YEAR + 123.456],
    ['to the nanosecond', '2099-01-01T00:00:00.999999999Z', NEW_YEAR + 999.999],
    ['with a comma before the fraction', '2099-01-01T00:00:00,5Z', NEW_YEAR + 500],
    ['to the minute', '2099-01-01T05:30Z', NEW_YEAR + 5.5 * HOUR],
    ['to the hour', '2099-01-01T05Z', NEW_YEAR + 5 * HOUR],
    ['without dashes and colons', '20990101T053000Z', NEW_YEAR + 5.5 * HOUR],
    ['with short months and days', '2099-1-1T00:00:00Z', NEW_YEAR],
    ['on 29 February of a leap year', '2096-02-29T00:00:00Z', Date.UTC(2096, 1, 29)],
  ])('%s', (_title, text, time) => {
    expect(parseExpiry(text)).toBe(time);
  });
});

describe('An invalid time is rejected', () => {
  test.each([
    ['an empty string', ''],
    ['a word', 'now'],
    ['a date without a time', '2099-01-01'],
    ['only a year', '2099'],
    ['another zone', '2099-01-01T00:00:00+02:00'],
    ['UTC as an offset', '2099-01-01T00:00:00+00:00'],
    ['two Zs', '2099-01-01T00:00:00ZZ'],
    ['a lower-case z', '2099-01-01T00:00:00z'],
    ['a lower-case t', '2099-01-01t00:00:00Z'],
    ['a point without digits', '2099-01-01T00:00:00.Z'],
    ['month 13', '2099-13-01T00:00:00Z'],
    ['30 February', '2099-02-30T00:00:00Z'],
    ['29 February of another year', '2099-02-29T00:00:00Z'],
    ['hour 25', '2099-01-01T25:00:00Z'],
    ['minute 60', '2099-01-01T00:60:00Z'],
    ['a year of five digits', '99999-01-01T00:00:00Z'],
    ['a space at the start', ' 2099-01-01T00:00:00Z'],
    ['a space at the end', '2099-01-01T00:00:00Z '],
  ])('%s', (_title, text) => {
    const parse = (): unknown => parseExpiry(text);
    expect(parse).toThrow(IdentityError);
    expect(parse).toThrow(
      expect.objectContaining({
        problem: { kind: 'invalid', message: expect.stringMatching(/^Timestamp not in expected format\. /) },
      }),
    );
  });
});
