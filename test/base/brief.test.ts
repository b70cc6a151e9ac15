import { expect, test } from '@jest/globals';
import { firstNames, isLong } from '../../src/base/brief.ts';

test.each([
  ['', 1, true],
  ['abc', 5, false],
  ['abcd', 5, true],
  [null, 4, false],
  [[1, 2, 3], 8, false],
  [{ name: 'value' }, 18, false],
  [{ name: 'value' }, 10, true],
  [Array.from({ length: 1000 }), 100, true],
])('%j longer than %i characters: %s', (value, max, expected) => {
  expect(isLong(value, max)).toBe(expected);
});

test('returns the first names of an object', () => {
  expect(firstNames({ a: 1, b: 2, c: 3 }, 2)).toEqual(['a', 'b']);
});
