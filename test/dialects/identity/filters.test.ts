import { expect, test } from '@jest/globals';
import { isFalse, matchesQuery } from '../../../src/dialects/identity/filters.ts';

const WEB = { name: 'Web-1', domain_id: 'default' };
const fits = (query: string): boolean => matchesQuery(WEB, new URLSearchParams(query));

test('a name matches only in full and case-sensitively', () => {
  expect([fits('name=Web-1'), fits('name=web-1'), fits('name=Web'), fits('name=')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([fits('name__equals=Web-1'), fits('name__iequals=wEB-1')]).toEqual([true, false]);
});

test('suffixes compare a part of the name, and with an i ignore its case', () => {
  expect([fits('name__contains=eb'), fits('name__contains=EB'), fits('name__icontains=EB')]).toEqual([
    true,
    false,
    true,
  ]);
  expect([fits('name__startswith=Web'), fits('name__istartswith=wEB'), fits('name__startswith=eb')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([fits('name__endswith=-1'), fits('name__endswith=Web')]).toEqual([true, false]);
});

test('an item matches if it matches every filter, repeated ones included', () => {
  expect([fits('name=Web-1&domain_id=default'), fits('name=Web-1&domain_id=other')]).toEqual([true, false]);
  expect(fits('name=Web-1&name=other')).toBe(false);
});

test('unknown filters and comparisons are ignored', () => {
  expect([fits('color=red'), fits('name__sounds=like'), fits('toString=x'), fits('name__contains__x=y')]).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('false has several spellings, and anything else is true', () => {
  expect(['0', 'false', 'False', 'NO', 'off', 'f', 'n'].every(isFalse)).toBe(true);
  expect(['', '1', 'true', 'x', 'none'].some(isFalse)).toBe(false);
});
