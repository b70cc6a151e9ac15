import { describe, expect, test } from '@jest/globals';
import { Journal, type JournalOptions, MAX_URL } from '../../src/journal/journal.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import type { EntryPattern, GapPattern } from '../../src/journal/verify/pattern.ts';
import { type Verdict, verify } from '../../src/journal/verify/verify.ts';
import { recorded } from '../support/journal.ts';

type Changes = Partial<RecordedRequest>;

const worldOf = (entries: readonly Changes[], options: Partial<JournalOptions> = {}) => {
  const journal = new Journal(options);
  for (const changes of entries) journal.record(recorded(changes));
  return { journal, name: 'default' };
};

interface Count {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly gap?: GapPattern;
}

const count = (
  entries: readonly Changes[],
  pattern: EntryPattern,
  { atLeast = 0, atMost = Number.POSITIVE_INFINITY, ...rest }: Count,
  options: Partial<JournalOptions> = {},
): Verdict => verify(worldOf(entries, options), { kind: 'count', pattern, atLeast, atMost, ...rest }).atOnce();

const NEVER: Count = { atMost: 0 };
const SOME: Count = { atLeast: 1 };

describe('requests that overlap', () => {
  // The second request arrived first, and was answered last.
  const entries: readonly Changes[] = [
    { method: 'PUT', started: 4000 },
    { method: 'DELETE', started: 0 },
  ];

  test('are in the order in which they arrived', () => {
    const order = (...methods: readonly string[]) =>
      verify(worldOf(entries), { kind: 'order', patterns: methods.map((method) => ({ method })) }).atOnce();
    expect(order('DELETE', 'PUT')).toMatchObject({ result: 'yes', requests: [2, 1] });
    expect(order('PUT', 'DELETE')).toMatchObject({
      result: 'no',
      message: 'no request matches pattern 1 after request 1.',
    });
  });

  test('are as far apart as their arrivals', () => {
    const gap = (limits: Omit<GapPattern, 'clock'>): string =>
      count(entries, {}, { gap: { clock: 'machine', ...limits } }).result;
    expect(gap({ atMost: 1000 })).toBe('no');
    expect(gap({ atLeast: 1000 })).toBe('yes');
  });
});

describe('a URL of which the journal has only the beginning', () => {
  const cut = { url: `/image/v2/images?name=${'a'.repeat(MAX_URL)}&limit=1` };

  test('may have any parameter', () => {
    expect(count([cut], { query: { limit: '1' } }, NEVER).result).toBe('inconclusive');
    expect(count([cut], { query: { limit: null } }, SOME).result).toBe('inconclusive');
    expect(count([cut], { path: '/image/v2/images' }, SOME).result).toBe('yes');
  });

  test('may have any path, if it is cut there', () => {
    const long = { url: `/image/${'a'.repeat(MAX_URL)}` };
    expect(count([long], { path: '/image/a*a' }, SOME).result).toBe('inconclusive');
  });
});

describe('the number of an attempt', () => {
  const failed: Changes = { status: 503 };

  test('is unknown when the journal has dropped requests', () => {
    const entries = [failed, failed, failed];
    expect(count(entries, { attempt: 2 }, SOME).result).toBe('yes');
    expect(count(entries, { attempt: 1 }, SOME, { capacity: 2 }).result).toBe('inconclusive');
    expect(count(entries, { attempt: 3 }, NEVER, { capacity: 2 }).result).toBe('inconclusive');
  });

  test('is unknown when bodies are not stored, because requests of the same size look the same', () => {
    const body = { size: 5, isArriving: false, content: undefined, digests: undefined };
    const entries = [
      { ...failed, requestBody: body },
      { ...failed, requestBody: body },
    ];
    expect(count(entries, { attempt: 2 }, SOME).result).toBe('inconclusive');
    const uploads = entries.map((each) => ({ ...each, requestBody: { ...body, digests: { md5: 'a' } } }));
    expect(count(uploads, { attempt: 2 }, SOME).result).toBe('yes');
  });
});
