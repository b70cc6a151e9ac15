import { describe, expect, test } from '@jest/globals';
import { Journal, type JournalOptions } from '../../src/journal/journal.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { redactToken } from '../../src/journal/redact.ts';
import type { EntryPattern, Expectation } from '../../src/journal/verify/pattern.ts';
import { type Verdict, verify } from '../../src/journal/verify/verify.ts';
import { recorded } from '../support/journal.ts';

type Changes = Partial<RecordedRequest>;

const worldOf = (entries: readonly Changes[], options: Partial<JournalOptions> = {}) => {
  const journal = new Journal(options);
  for (const changes of entries) journal.record(recorded(changes));
  return { journal, name: 'default' };
};

const stored = (content: string | undefined, size = content?.length ?? 0) => ({
  size,
  isArriving: false,
  content,
  digests: undefined,
});

type Count = Omit<Extract<Expectation, { kind: 'count' }>, 'kind' | 'pattern'>;
const AT_LEAST_ONE: Count = { atLeast: 1, atMost: Number.POSITIVE_INFINITY };

const count = (entries: readonly Changes[], pattern: EntryPattern, expected = AT_LEAST_ONE, options = {}): Verdict =>
  verify(worldOf(entries, options), { kind: 'count', pattern, ...expected }).atOnce();

const order = (entries: readonly Changes[], patterns: readonly EntryPattern[], options = {}): Verdict =>
  verify(worldOf(entries, options), { kind: 'order', patterns }).atOnce();

const FAILED: Changes = { status: 503, source: 'injected' };

describe('the number of requests', () => {
  test.each([
    [1, Number.POSITIVE_INFINITY, 'yes'],
    [3, Number.POSITIVE_INFINITY, 'no'],
    [2, 2, 'yes'],
    [1, 1, 'no'],
    [0, 2, 'yes'],
    [0, 1, 'no'],
    [0, 0, 'no'],
  ])('from %d to %d is %s for two matching requests', (atLeast, atMost, result) => {
    expect(count([FAILED, {}, FAILED], { status: 503 }, { atLeast, atMost })).toMatchObject({
      result,
      count: 2,
      requests: [1, 3],
    });
  });

  test('is inconclusive only when requests that the journal dropped could change the answer', () => {
    const resultOf = (atLeast: number, atMost: number): string =>
      count([FAILED, FAILED, FAILED], { status: 503 }, { atLeast, atMost }, { capacity: 2 }).result;
    expect(resultOf(2, Number.POSITIVE_INFINITY)).toBe('yes');
    expect(resultOf(3, Number.POSITIVE_INFINITY)).toBe('inconclusive');
    expect(resultOf(2, 2)).toBe('inconclusive');
    expect(resultOf(0, 1)).toBe('no');
    expect(count([{}, {}, {}], { status: 503 }, { atLeast: 0, atMost: 0 }, { capacity: 2 }).result).toBe(
      'inconclusive',
    );
  });

  test('is inconclusive when a body was not stored completely', () => {
    const entries = [{ requestBody: stored('{"name":', 90_000) }, { requestBody: stored('{"name":"a"}') }];
    const pattern = { body: { '/name': 'a' } };
    expect(count(entries, pattern, { atLeast: 1, atMost: 1 })).toMatchObject({
      result: 'inconclusive',
      message:
        '1 request matches, expected exactly 1, but 1 more may match: the journal did not store their whole bodies.',
    });
    expect(count(entries, pattern).result).toBe('yes');
    expect(count(entries, { ...pattern, status: 404 }, { atLeast: 0, atMost: 0 }).result).toBe('yes');
    expect(count(entries, pattern, { atLeast: 3, atMost: 3 }).result).toBe('no');
  });

  test('is inconclusive for the size of an upload that is still arriving, and the outcome of a pending response', () => {
    const arriving = { requestBody: { ...stored(undefined, 10), isArriving: true }, outcome: 'pending' as const };
    expect(count([arriving], { size: { upTo: 100 } }).result).toBe('inconclusive');
    expect(count([arriving], { outcome: 'complete' }).result).toBe('inconclusive');
    expect(count([arriving], { outcome: 'pending' }).result).toBe('yes');
  });
});

describe('a pattern', () => {
  const token = 'gAAAA-secret';
  const entry: Changes = {
    method: 'POST',
    url: '/image/v2/images?limit=25&tag=a&tag=b',
    operation: 'image-v2.createImage',
    requestHeaders: ['Accept', 'application/json', 'X-Auth-Token', token, 'User-Agent', 'openstacksdk/4.0'],
    requestBody: stored('{"name":"n","tags":["x","y"],"min_disk":3,"password":"p4ss"}'),
    responseHeaders: ['Retry-After', '5'],
    responseBody: stored('{"id":"abc"}'),
    caller: { userId: 'u1', userName: 'demo', projectId: 'p1', projectName: 'demo' },
    fired: { scenario: 'outage', rule: 1, kind: 'answer', phase: 'after' },
    label: 'one',
    connection: 4,
    ...FAILED,
  };

  test.each<EntryPattern>([
    {},
    { operation: 'image-v2.*', dialect: 'image-v2', method: 'post', path: '/image/v2/im*' },
    { query: { limit: '25', tag: 'b', marker: null } },
    { status: 503, source: 'injected', outcome: 'complete' },
    { status: '5xx' },
    { user: 'demo', project: 'p1', label: 'one', userAgent: 'openstacksdk/*' },
    { scenario: 'outage', rule: 1, kind: 'answer', phase: 'after', attempt: 1, connection: 4, violations: false },
    { header: { accept: '*json', Expect: null, 'X-Auth-Token': token } },
    { header: { 'x-auth-token': redactToken(token) } },
    { body: { '/name': 'n', '/min_disk': 3, '/tags': ['x', 'y'], '/tags/*': 'y', '/password': 'p4ss' } },
    {
      size: { over: 5, upTo: 100 },
      response: { header: { 'Retry-After': '5' }, body: { '/id': 'a*' }, size: { upTo: 12 } },
    },
  ])('%j matches', (pattern) => {
    expect(count([entry], pattern).result).toBe('yes');
  });

  test.each<[EntryPattern, object]>([
    [{ operation: 'image-v2.showImage' }, { field: 'operation', found: 'image-v2.createImage' }],
    [{ query: { marker: '*' } }, { field: 'query/marker', expected: '*', found: null }],
    [{ query: { tag: null } }, { field: 'query/tag', expected: null, found: ['a', 'b'] }],
    [{ status: '4xx' }, { field: 'status', expected: '4xx', found: 503 }],
    [{ header: { 'X-Auth-Token': 'other' } }, { field: 'header/X-Auth-Token', found: redactToken(token) }],
    [{ body: { '/password': 'other' } }, { field: 'body/password', expected: 'other', found: '[redacted]' }],
    [{ body: { '/min_disk': '3' } }, { field: 'body/min_disk', expected: '3', found: 3 }],
    [{ response: { header: { 'Retry-After': null } } }, { field: 'response/header/Retry-After', found: '5' }],
    [{ size: { upTo: 5 } }, { field: 'size', found: 60 }],
  ])('%j does not match, and the near miss names the difference', (pattern, difference) => {
    const verdict = count([entry], pattern);
    expect(verdict.result).toBe('no');
    expect(verdict.nearest).toMatchObject([{ id: 1, differences: [difference] }]);
  });

  test('lists the most similar requests first', () => {
    const verdict = count([{ status: 404, method: 'PUT' }, { status: 404 }, { url: '/' }, {}], {
      status: 200,
      method: 'DELETE',
      path: '/image/v2/images/x',
    });
    expect(verdict.nearest.map(({ id }) => id)).toEqual([4, 3, 2]);
  });
});

describe('the time between requests', () => {
  const at = (started: number, changes: Changes = {}): Changes => ({ started, time: started * 10, ...changes });
  const gap = (entries: readonly Changes[], pattern: Count['gap'], options = {}): Verdict =>
    count(entries, {}, { ...AT_LEAST_ONE, ...(pattern !== undefined && { gap: pattern }) }, options);

  test('is measured between each request and the next', () => {
    const entries = [at(0), at(1000), at(1200)];
    expect(gap(entries, { atLeast: 200, atMost: 1000, clock: 'machine' }).result).toBe('yes');
    expect(gap(entries, { atLeast: 1000, clock: 'machine' })).toMatchObject({
      result: 'no',
      message: 'requests 2 and 3 are 0.2 s apart, expected at least 1 s.',
    });
    expect(gap(entries, { atMost: 500, clock: 'machine' }).result).toBe('no');
    expect(gap(entries, { atLeast: 2000, clock: 'world' }).result).toBe('yes');
  });

  test('is inconclusive when the journal has dropped requests', () => {
    expect(gap([at(0), at(10), at(1200)], { atLeast: 1000, clock: 'machine' }, { capacity: 2 }).result).toBe(
      'inconclusive',
    );
  });
});

describe('the order of requests', () => {
  const entries: readonly Changes[] = [{ status: 401 }, { method: 'POST', status: 201 }, { status: 200 }];

  test('allows other requests in between', () => {
    expect(order(entries, [{ status: 401 }, { status: 200 }])).toMatchObject({ result: 'yes', requests: [1, 3] });
  });

  test('names the first pattern that no later request matches', () => {
    expect(order(entries, [{ status: 201 }, { status: 401 }])).toMatchObject({
      result: 'no',
      message: 'no request matches pattern 1 after request 2.',
      nearest: [{ id: 3, differences: [{ field: 'status', expected: 401, found: 200 }] }],
    });
  });

  test('does not match one request twice', () => {
    expect(order(entries, [{ status: 401 }, { status: 401 }]).result).toBe('no');
  });

  test('is inconclusive when dropped requests or truncated bodies could complete it', () => {
    expect(order(entries, [{ status: 401 }, { status: 200 }], { capacity: 2 }).result).toBe('inconclusive');
    const truncated = { requestBody: stored('{"name":', 90_000) };
    const named = { requestBody: stored('{"name":"a"}') };
    const patterns = [{ body: { '/name': 'a' } }, { status: 404 }];
    expect(order([truncated, { status: 404 }, named], patterns).result).toBe('inconclusive');
    expect(order([truncated, named, { status: 404 }], patterns).result).toBe('yes');
  });
});
