import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../src/journal/entry.ts';
import { Journal } from '../../src/journal/journal.ts';
import { nearestOperations } from '../../src/journal/near-miss.ts';

const entry = (changes: Partial<Entry> = {}): Omit<Entry, 'id'> => ({
  time: 0,
  dialect: 'image-v2',
  operation: 'image-v2.showImage',
  method: 'GET',
  url: '/image/v2/images/x',
  status: 200,
  source: 'natural',
  milliseconds: 1,
  ...changes,
});

describe('the journal', () => {
  test('numbers its entries and returns the newest ones in chronological order', () => {
    const journal = new Journal(10);
    for (let status = 200; status < 205; status += 1) journal.record(entry({ status }));
    expect(journal.query({ limit: 2 }).map(({ id, status }) => [id, status])).toEqual([
      [4, 203],
      [5, 204],
    ]);
  });

  test('drops the oldest entries when it is full, and counts them', () => {
    const journal = new Journal(3);
    for (let status = 200; status < 208; status += 1) journal.record(entry({ status }));
    expect(journal.query({ limit: 100 }).map(({ status }) => status)).toEqual([205, 206, 207]);
    expect(journal.recorded).toBe(8);
    expect(journal.dropped).toBe(5);
  });

  test('truncates long URLs, so that its size is bounded', () => {
    const journal = new Journal();
    journal.record(entry({ operation: null, url: `/${'x'.repeat(16_000)}` }));
    expect(journal.query({ limit: 1 })[0]?.url).toBe(`/${'x'.repeat(2047)}`);
  });

  test('returns only entries that match every member of the query', () => {
    const journal = new Journal();
    journal.record(entry());
    journal.record(entry({ status: 503, source: 'injected' }));
    journal.record(entry({ status: 503 }));
    journal.record(entry({ operation: 'image-v2.deleteImage', status: 503, source: 'injected' }));
    const ids = (query: object): readonly number[] => journal.query({ limit: 9, ...query }).map(({ id }) => id);
    expect(ids({ status: 503, source: 'injected', operation: 'image-v2.showImage' })).toEqual([2]);
    expect(ids({ status: 503 })).toEqual([2, 3, 4]);
    expect(ids({ after: 3 })).toEqual([4]);
    expect(ids({ method: 'PUT' })).toEqual([]);
  });

  test('restarts its ids when it is cleared', () => {
    const journal = new Journal(2);
    for (let count = 0; count < 5; count += 1) journal.record(entry());
    journal.clear();
    journal.record(entry({ status: 404 }));
    expect(journal.query({ limit: 9 }).map(({ id, status }) => [id, status])).toEqual([[1, 404]]);
    expect(journal.dropped).toBe(0);
  });
});

describe('near misses', () => {
  const candidates = [
    { name: 'image-v2.listImages', method: 'GET', path: '/image/v2/images' },
    { name: 'image-v2.showImage', method: 'GET', path: '/image/v2/images/{image_id}' },
    { name: 'image-v2.deleteImage', method: 'DELETE', path: '/image/v2/images/{image_id}' },
    { name: 'compute-v2.1.showImage', method: 'GET', path: '/compute/v2.1/{tenant_id}/images/{image_id}' },
  ];

  test('list the operation with a misspelled segment first', () => {
    expect(nearestOperations('GET', '/image/v2/image', candidates)[0]).toBe(
      'image-v2.listImages (GET /image/v2/images)',
    );
  });

  test('prefer the same path with another method over another path', () => {
    expect([...nearestOperations('PUT', '/image/v2/images/x', candidates, 2)].sort()).toEqual([
      'image-v2.deleteImage (DELETE /image/v2/images/{image_id})',
      'image-v2.showImage (GET /image/v2/images/{image_id})',
    ]);
  });

  test('prefer the same method when both paths match', () => {
    expect(nearestOperations('DELETE', '/image/v3/images/x', candidates, 1)).toEqual([
      'image-v2.deleteImage (DELETE /image/v2/images/{image_id})',
    ]);
  });
});
