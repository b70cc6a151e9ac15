import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf } from './support.ts';

const failed = (started: number, retryAfter?: string) => ({
  started,
  status: 503,
  responseHeaders: retryAfter === undefined ? [] : ['Retry-After', retryAfter],
});
const done = (started: number) => ({ started, status: 200 });

describe('the wait before a retry', () => {
  test.each([
    [4000, 'fail'],
    [4900, 'pass'],
    [5000, 'pass'],
  ])('of %d ms after Retry-After: 5 is judged %s', (wait, verdict) => {
    expect(verdictOf('retry-after-seconds-ignored', [failed(0, '5'), done(wait)])).toBe(verdict);
  });

  test.each([
    [10_000, 'fail'],
    [30_000, 'pass'],
  ])('of %d ms is judged %s when Retry-After names a time in 30 s by the clock of the world', (wait, verdict) => {
    const noon = Date.UTC(2026, 10, 21, 12);
    const first = { ...failed(0, new Date(noon + 30_000).toUTCString()), time: noon };
    expect(verdictOf('retry-after-date-ignored', [first, { ...done(1), time: noon + wait }])).toBe(verdict);
  });

  test.each([
    [10, 'warn'],
    [500, 'pass'],
  ])('of %d ms twice, without Retry-After, is judged %s', (wait, verdict) => {
    const requests = [failed(0), failed(wait), done(2 * wait)];
    expect(verdictOf('retry-after-absent-no-backoff', requests)).toBe(verdict);
  });

  test('says nothing about a client that had no reason to wait', () => {
    const report = judge([done(0), done(1)]);
    expect(report.findings).toEqual([]);
    expect(verdictOf('retry-after-seconds-ignored', [done(0), done(1)])).toBe('inconclusive');
  });

  test('is inconclusive when the journal has dropped requests and shows no breach', () => {
    const requests = [done(0), done(1), failed(2, '1'), done(2000)];
    expect(verdictOf('retry-after-seconds-ignored', requests, { journal: { capacity: 2 } })).toBe('inconclusive');
    const hasty = [done(0), done(1), failed(2, '1'), done(3)];
    expect(verdictOf('retry-after-seconds-ignored', hasty, { journal: { capacity: 2 } })).toBe('fail');
  });
});
