import { describe, expect, test } from '@jest/globals';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { judge } from './support.ts';

/** A request on some connection; it took 2 ms. */
const sent = (
  connection: number,
  started: number,
  changes: Partial<RecordedRequest> = {},
): Partial<RecordedRequest> => ({
  connection,
  started,
  firstByte: 2,
  lastByte: 2,
  ...changes,
});
const busy: Partial<RecordedRequest> = { status: 503, responseHeaders: ['Retry-After', '2'] };
const rulesIn = (requests: readonly Partial<RecordedRequest>[]) => judge(requests).findings.map(({ rule }) => rule);

describe('several threads of a client', () => {
  test('that each wait as long as Retry-After says are not accused', () => {
    const requests = [sent(1, 0, busy), sent(2, 1, busy), sent(1, 2100), sent(2, 2101)];
    expect(rulesIn(requests)).toEqual([]);
  });

  test('that begin one after the other are not taken for one that retries', () => {
    const requests = [sent(1, 0, busy), sent(2, 300, busy), sent(1, 2100), sent(2, 2400)];
    expect(rulesIn(requests)).toEqual([]);
  });

  test('that begin at almost the same time on new connections are not taken for one that retries', () => {
    expect(rulesIn([sent(1, 0, busy), sent(2, 3, busy), sent(3, 2100), sent(4, 2103)])).toEqual([]);
  });

  test('are accused of what one of them does on its own connection', () => {
    const requests = [sent(1, 0, busy), sent(2, 1, busy), sent(1, 300), sent(2, 2101)];
    expect(rulesIn(requests)).toEqual(['retry-after-seconds-ignored']);
  });

  test('with different tokens are different clients of the service', () => {
    const as = (token: string) => ({ requestHeaders: ['User-Agent', 'client', 'X-Auth-Token', token] });
    expect(rulesIn([sent(1, 0, { ...busy, ...as('a') }), sent(2, 300, as('b')), sent(3, 2100, as('a'))])).toEqual([]);
  });

  test('that read the same image at once do not poll', () => {
    expect(rulesIn(Array.from({ length: 8 }, (_, at) => sent(at, at)))).toEqual([]);
  });
});

describe('one client that opens a connection for each request', () => {
  test('is accused of a retry that comes too early', () => {
    expect(rulesIn([sent(1, 0, busy), sent(2, 300)])).toEqual(['retry-after-seconds-ignored']);
  });
});

describe('a journal that has dropped requests', () => {
  test('does not make a client guilty of what it may have done before', () => {
    const url = '/image/v2/images/x/file';
    const fired = { scenario: 's', rule: 0, kind: 'corrupt', phase: 'before' };
    const corrupted = { url, fired, outcome: 'faulty' as const };
    const download = [sent(1, 0, corrupted), sent(1, 5000, corrupted)];
    expect(judge(download).findings).toEqual([]);
    expect(judge(download, { journal: { capacity: 1 } }).findings).toEqual([]);
    expect(judge(download.slice(1)).findings).toEqual([
      expect.objectContaining({ rule: 'download-corruption-unnoticed' }),
    ]);
  });
});

describe('a client that is known to do one thing at a time', () => {
  test('retries when it sends an equal request on another connection at once', () => {
    const requests = [sent(1, 0, busy), sent(2, 3), sent(1, 2100, busy), sent(2, 2103)];
    expect(rulesIn(requests)).toEqual([]);
    expect(judge(requests, { isSequential: true }).findings.map(({ rule }) => rule)).toEqual([
      'retry-after-seconds-ignored',
      'retry-after-seconds-ignored',
    ]);
  });
});
