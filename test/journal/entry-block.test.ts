import { describe, expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { recorded } from '../support/journal.ts';

const IMAGE = '929e1a83-1a21-456d-aea9-907a5e9f9e95';

/** Response headers of one operation: some values are the same in each response, some are not. */
const headers = (index: number, date = 'Mon, 30 Nov 2026 21:04:57 GMT'): readonly string[] => [
  'Content-Type',
  'application/json',
  'X-Openstack-Request-Id',
  `req-${index}`,
  'Date',
  date,
  'Content-Length',
  String(index % 7),
];

/** Records entries, and returns what the journal has of the latest ones. */
function recordedAndRead(
  all: readonly Partial<RecordedRequest>[],
  capacity = all.length,
): readonly Partial<RecordedRequest>[] {
  const journal = new Journal({ capacity });
  for (const changes of all) journal.record(recorded(changes));
  const members = Object.keys(all[0] ?? {}) as (keyof RecordedRequest)[];
  return [...journal.after()].map((entry) => Object.fromEntries(members.map((name) => [name, entry[name]])));
}

describe('entries that nobody has read', () => {
  test.each<[string, (index: number) => Partial<RecordedRequest>]>([
    ['with headers that differ in some values', (index) => ({ responseHeaders: headers(index) })],
    ['with other dates', (index) => ({ responseHeaders: headers(index, `date ${index >> 2}`) })],
    [
      'with the same values under other names',
      (index) => ({ responseHeaders: ['A', 'same', index % 2 === 0 ? 'B' : 'C', 'same'] }),
    ],
    ['with other numbers of headers', (index) => ({ responseHeaders: headers(index).slice(0, (index % 5) * 2) })],
    [
      'with more headers than are compared',
      (index) => ({ responseHeaders: Array.from({ length: 80 }, (_, at) => `${at}-${index}`) }),
    ],
    ['with values beyond Latin-1', (index) => ({ responseHeaders: ['X', `Größe ${index}`, 'Y', `尺寸 ${index}`] })],
    ['with empty values', (index) => ({ responseHeaders: ['X', '', 'Y', String(index)] })],
    ['with long values', (index) => ({ responseHeaders: ['X', `${index}`.padEnd(1500, 'x')] })],
    ['with values too long to copy', (index) => ({ responseHeaders: ['X', `${index}`.padEnd(40_000, 'x')] })],
    ['with URLs that differ', (index) => ({ url: `/image/v2/images/${index}`, label: `test ${index % 3}` })],
    ['with image ids in their URLs', (index) => ({ url: `/v2/images/${IMAGE}/${index % 2}`, imageId: IMAGE })],
    ['with image ids that are escaped in their URLs', () => ({ url: '/v2/images/a%62c', imageId: 'abc' })],
    ['with times', (index) => ({ time: index * 1e9 + 0.5, started: index + 0.125, firstByte: 0.25, lastByte: 0.25 })],
    ['whose last byte came later', (index) => ({ firstByte: 0.25, lastByte: 0.25 + index })],
  ])('are read as they were recorded: %s', (_what, changes) => {
    const all = Array.from({ length: 200 }, (_, index) => changes(index));
    expect(recordedAndRead(all)).toEqual(all);
    expect(recordedAndRead(all, 37)).toEqual(all.slice(-37));
  });

  test('are the same object each time they are read', () => {
    const journal = new Journal();
    journal.record(recorded());
    expect(journal.entry(1)).toBe(journal.entry(1));
  });

  test('give their memory back when the process needs it', () => {
    const journal = new Journal({ capacity: 100 });
    for (let count = 0; count < 50; count += 1) journal.record(recorded());
    while (journal.dropOldest());
    expect([journal.bytes, journal.dropped, [...journal.after()]]).toEqual([0, 50, []]);
    journal.record(recorded({ url: '/later' }));
    expect([...journal.after()].map(({ id, url }) => [id, url])).toEqual([[51, '/later']]);
  });
});
