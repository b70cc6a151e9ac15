import { expect, test } from '@jest/globals';
import { isFalse, matchesQuery } from '../../../src/dialects/identity/filters.ts';

const WEB = { name: 'Web-1', domain_id: 'default' };
const matches = (query: string): boolean => matchesQuery(WEB, new URLSearchParams(query));

test('a name matches only in full and case-sensitively', () => {
  expect([matches('name=Web-1'), matches('name=web-1'), matches('name=Web'), matches('name=')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([matches('name__equals=Web-1'), matches('name__iequals=wEB-1')]).toEqual([true, false]);
});

test('suffixes compare a part of the name; those with an i ignore case', () => {
  expect([matches('name__contains=eb'), matches('name__contains=EB'), matches('name__icontains=EB')]).toEqual([
    true,
    false,
    true,
  ]);
  expect([matches('name__startswith=Web'), matches('name__istartswith=wEB'), matches('name__startswith=eb')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([matches('name__endswith=-1'), matches('name__endswith=Web')]).toEqual([true, false]);
});

test('an item matches if it matches every filter, including repeated ones', () => {
  expect([matches('name=Web-1&domain_id=default'), matches('name=Web-1&domain_id=other')]).toEqual([true, false]);
  expect(matches('name=Web-1&name=other')).toBe(false);
});

test('unknown filters and comparisons are ignored', () => {
  expect([
    matches('color=red'),
    matches('name__sounds=like'),
    matches('toString=x'),
    matches('name__contains__x=y'),
  ]).toEqual([true, true, true, true]);
});

test('false has several spellings, and anything else is true', () => {
  expect(['0', 'false', 'False', 'NO', 'off', 'f', 'n'].every(isFalse)).toBe(true);
  expect(['', '1', 'true', 'x', 'none'].some(isFalse)).toBe(false);
});
