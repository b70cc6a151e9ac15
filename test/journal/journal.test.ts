import { describe, expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import { JournalMemory } from '../../src/journal/memory.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { NO_BODY } from '../../src/journal/stored-body.ts';
import { entriesOf, recorded } from '../support/journal.ts';

const worldWith = (journal: Journal) => ({ journal, name: 'default' });

const fill = (journal: Journal, count: number, changes: Partial<RecordedRequest> = {}): void => {
  for (let at = 0; at < count; at += 1) journal.record(recorded(changes));
};

const idsOf = (journal: Journal): readonly number[] => [...journal.after()].map(({ id }) => id);

describe('the journal', () => {
  test('numbers its entries and returns the newest ones in chronological order', () => {
    const journal = new Journal({ capacity: 10 });
    for (let status = 200; status < 205; status += 1) journal.record(recorded({ status }));
    expect(entriesOf(worldWith(journal), { limit: 2 }).map(({ id, status }) => [id, status])).toEqual([
      [4, 203],
      [5, 204],
    ]);
  });

  test('drops the oldest entries when it is full, and counts them', () => {
    const journal = new Journal({ capacity: 3 });
    fill(journal, 8);
    expect(idsOf(journal)).toEqual([6, 7, 8]);
    expect([journal.recorded, journal.dropped]).toEqual([8, 5]);
  });

  test('drops the oldest entries when they use too much memory', () => {
    const journal = new Journal({ maxBytes: 100_000 });
    const body = 'x'.repeat(20_000);
    for (let count = 0; count < 50; count += 1) {
      const responseBody = { ...NO_BODY, size: body.length, content: body };
      journal.record(recorded({ responseBody }));
    }
    expect(idsOf(journal)).toEqual([47, 48, 49, 50]);
    expect(journal.bytes).toBeLessThanOrEqual(100_000);
  });

  test('truncates long URLs, so that its size is bounded', () => {
    const journal = new Journal();
    journal.record(recorded({ operation: null, url: `/${'x'.repeat(16_000)}` }));
    expect(entriesOf(worldWith(journal))[0]?.url).toBe(`/${'x'.repeat(2047)}`);
  });

  test('restarts its ids when it is cleared', () => {
    const journal = new Journal({ capacity: 2 });
    fill(journal, 5);
    journal.clear();
    journal.record(recorded({ status: 404 }));
    expect(entriesOf(worldWith(journal)).map(({ id, status }) => [id, status])).toEqual([[1, 404]]);
    expect([journal.dropped, journal.recorded]).toEqual([0, 1]);
  });
});

describe('dropped entries', () => {
  const begin = (journal: Journal, changes: Partial<RecordedRequest>): RecordedRequest =>
    Object.assign(journal.begin(), { method: 'GET', url: '/x', status: 200 }, changes);

  test('leave nothing to the entries that use their memory again', () => {
    const journal = new Journal({ capacity: 2 });
    const fired = { scenario: 'one', rule: 0, kind: 'answer', phase: 'before' };
    const full = begin(journal, {
      operation: 'image-v2.showImage',
      source: 'injected',
      profiles: ['ims/x: y'],
      outcome: 'faulty',
      fired,
      decision: { rule: 0 },
      isDecidedEarly: true,
      caller: { userId: '1', userName: 'demo', projectId: '2', projectName: 'demo' },
      imageId: '3',
      responseHeaders: ['A', '1', 'B', '2'],
      requestBody: journal.storeBody('request', 7),
      responseBody: journal.storeBody('response', 8),
      nearest: ['image-v2.showImage'],
      violations: [{ pointer: '', message: 'wrong' }],
      failure: 'failed',
    });
    journal.record(full);
    const fresh = new Journal();
    fresh.record(begin(fresh, { responseHeaders: ['C', '3'] }));
    for (let id = 2; id < 100; id += 1) {
      journal.record(begin(journal, { responseHeaders: ['C', '3'] }));
      const [entry] = entriesOf(worldWith(journal), { limit: 1 });
      expect(entry).toEqual({ ...entriesOf(worldWith(fresh))[0], id, sequence: id });
    }
  });

  test('are not used again after somebody has read them', () => {
    const journal = new Journal({ capacity: 1 });
    journal.record(begin(journal, { url: '/first' }));
    const [read] = [...journal.after()];
    for (let count = 0; count < 3; count += 1) journal.record(begin(journal, { url: '/later' }));
    expect(read?.url).toBe('/first');
  });
});

describe('the memory of all journals', () => {
  const entryBytes = recorded().measure();

  test('is limited: entries of the journal that has been idle for longest are dropped first', () => {
    const memory = new JournalMemory(entryBytes * 10);
    const [idle, busy] = [new Journal({}, memory), new Journal({}, memory)];
    fill(idle, 6);
    fill(busy, 7);
    expect([idsOf(idle), idsOf(busy)]).toEqual([
      [4, 5, 6],
      [1, 2, 3, 4, 5, 6, 7],
    ]);
    fill(busy, 5);
    expect([idsOf(idle), idsOf(busy)]).toEqual([[], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]);
    expect(memory.bytes).toBe(entryBytes * 10);
  });

  test('is released by clearing and closing a journal', () => {
    const memory = new JournalMemory(entryBytes * 10);
    const [first, second] = [new Journal({}, memory), new Journal({}, memory)];
    fill(first, 3);
    fill(second, 4);
    first.clear();
    expect(memory.bytes).toBe(entryBytes * 4);
    second.close();
    expect(memory.bytes).toBe(0);
    fill(first, 12);
    expect(idsOf(first)).toHaveLength(10);
  });
});
