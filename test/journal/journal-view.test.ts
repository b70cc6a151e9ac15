import { expect, test } from '@jest/globals';
import { Journal, type JournalOptions } from '../../src/journal/journal.ts';
import type { JournalView } from '../../src/journal/journal-view.ts';
import { recorded } from '../support/journal.ts';

/** Records a request whose body is its number, often enough to fill pages. */
function record(journal: Journal, number: number): void {
  const body = `${number} `.repeat(2000);
  const requestBody = journal.storeBody(body, body.length);
  journal.record(recorded({ url: `/${number}`, requestBody, responseHeaders: ['X-Number', String(number)] }));
}

function journalWith(count: number, options: Partial<JournalOptions> = {}): Journal {
  const journal = new Journal({ capacity: 50, maxBytes: 64 * 2 ** 20, ...options });
  for (let number = 1; number <= count; number += 1) record(journal, number);
  return journal;
}

/** What a view has of each entry: the numbers in its URL, headers and body. */
const numbersIn = (view: JournalView): readonly string[] =>
  [...view.after()].map(({ url, responseHeaders, requestBody }) => {
    const bodies = new Set(String(requestBody.content).trim().split(' '));
    return [url.slice(1), responseHeaders[1], ...bodies].join();
  });

const expected = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => Array.from({ length: 3 }, () => from + at).join());

test('A view has the entries of its moment, however many the journal records and drops afterwards', () => {
  const journal = journalWith(70);
  const view = journal.view();
  expect([view.dropped, view.recorded]).toEqual([20, 70]);
  for (let number = 71; number <= 400; number += 1) {
    record(journal, number);
    if (number % 40 === 0) expect(numbersIn(view)).toEqual(expected(21, 70));
  }
  expect(numbersIn(view)).toEqual(expected(21, 70));
  view.close();
});

test('A view has its entries after the journal is cleared and filled again', () => {
  const journal = journalWith(60);
  const view = journal.view();
  record(journal, 61);
  journal.clear();
  for (let number = 1001; number < 1200; number += 1) record(journal, number);
  expect(numbersIn(view)).toEqual(expected(11, 60));
  expect(journal.recorded).toBe(199);
  view.close();
});

test('A view finds entries by sequence number as its journal did', () => {
  const journal = journalWith(30);
  const view = journal.view();
  const found = Array.from({ length: 35 }, (_, sequence) => journal.firstAfter(sequence));
  for (let number = 31; number <= 100; number += 1) record(journal, number);
  expect(Array.from({ length: 35 }, (_, sequence) => view.firstAfter(sequence))).toEqual(found);
  view.close();
});

test('Views do not see each other, and a closed one holds nothing', () => {
  const journal = journalWith(50);
  const first = journal.view();
  record(journal, 51);
  const second = journal.view();
  first.close();
  for (let number = 52; number <= 120; number += 1) record(journal, number);
  expect([...first.after()]).toEqual([]);
  expect(numbersIn(second)).toEqual(expected(2, 51));
  second.close();
  expect([...second.after()]).toEqual([]);
});

test('Reading a view leaves the journal as it is: the memory of its entries is used again', () => {
  const journal = journalWith(50);
  const view = journal.view();
  numbersIn(view);
  view.close();
  for (let number = 51; number <= 200; number += 1) record(journal, number);
  const later = journal.view();
  expect(numbersIn(later)).toEqual(expected(151, 200));
  later.close();
});
