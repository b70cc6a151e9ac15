import { expect, test } from '@jest/globals';
import { ExactNumber, exactAt, exactMember, floatHoldersIn, holdsExact } from '../../src/base/exact-numbers.ts';
import { parsePythonText } from '../../src/dialects/shared/python-json-body.ts';

test.each([
  ['1.0', '1.0'],
  ['1E2', '100.0'],
  ['0.1e1', '1.0'],
  ['-0.0', '-0.0'],
  ['1e16', '1e+16'],
  ['1.5e300', '1.5e+300'],
  ['1e999', 'inf'],
  ['9007199254740993', '9007199254740993'],
  ['-123456789012345678901', '-123456789012345678901'],
])('%s is printed as Python prints it', (literal, text) => {
  expect(new ExactNumber(literal).text).toBe(text);
});

test('a parsed text keeps numbers whose digits are lost, at any depth', () => {
  const value = parsePythonText('{"a": [1, {"b": 1.0}], "c": 9007199254740993, "d": 1.5, "e": 7}') as object;
  expect(value).toEqual({ a: [1, { b: 1 }], c: 9007199254740992, d: 1.5, e: 7 });
  expect(holdsExact(value)).toBe(true);
  expect(exactAt(value, ['a', '1', 'b'])).toEqual(new ExactNumber('1.0'));
  expect(exactMember(value, 'c')).toEqual(new ExactNumber('9007199254740993'));
  expect(exactMember(value, 'd')).toBe(1.5);
  expect(exactMember(value, 'e')).toBe(7);
});

test('only floats without a fraction are found as floats', () => {
  const value = parsePythonText('{"a": [1.0, 2], "b": 9007199254740993, "c": {"d": 1E2}, "e": 1.5}');
  expect(floatHoldersIn(value)).toEqual([
    { path: ['a'], names: ['0'] },
    { path: ['c'], names: ['d'] },
  ]);
});

test('a text without such numbers holds none', () => {
  expect(holdsExact(parsePythonText('{"a": "1.0", "b": [1, 2.5], "c": ": 1.0,"}'))).toBe(false);
});

test('an exact number is written as a JSON number', () => {
  expect(JSON.stringify({ a: new ExactNumber('1.0') })).toBe('{"a":1}');
});
