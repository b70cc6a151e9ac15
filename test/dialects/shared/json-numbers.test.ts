import { expect, test } from '@jest/globals';
import { exactMember, holdsExact } from '../../../src/base/exact-numbers.ts';
import { parsePythonText } from '../../../src/dialects/shared/python-json-body.ts';

const textAt = (text: string, name: string): string => {
  const value = exactMember(parsePythonText(text) as object, name);
  return (value as { readonly text?: string }).text ?? JSON.stringify(value);
};

test.each([
  ['[1.0]', '0', '1.0'],
  ['[ -1e2 ]', '0', '-100.0'],
  ['{"a" : 12345678901234567890}', 'a', '12345678901234567890'],
  ['["\\"1.0", 2.0]', '0', '"\\"1.0"'],
  ['["\\"1.0", 2.0]', '1', '2.0'],
  ['["a\\\\", 2.0]', '1', '2.0'],
  ['{"1.0": 1, "b": 1.0}', '1.0', '1'],
  ['["\\u0000number 5", 1.0]', '0', '"\\u0000number 5"'],
  ['["\\u0000", 1.0]', '0', '"\\u0000"'],
  ['{"\\u0000number 5" : 1.0}', '\u0000number 5', '1.0'],
  ['{"\\u0000a": "\\u0000\\u0000b", "c": 1.0}', '\u0000a', '"\\u0000\\u0000b"'],
  ['{"__proto__": 1.0}', '__proto__', '1.0'],
])('%s has at %s the value %s', (text, name, expected) => {
  expect(textAt(text, name)).toBe(expected);
});

test('NaN and infinities are numbers outside of texts alone', () => {
  expect(parsePythonText('[NaN, -Infinity, Infinity, "NaN", {"NaN": "-Infinity"}]')).toEqual([
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    'NaN',
    { NaN: '-Infinity' },
  ]);
});

test.each(['[01.0]', '[1.]', '[1.0', '[NaNs]', '[-]', '[NaN, 01.0]', '{"a": NaN, "b}', '[--Infinity]'])(
  '%s is no JSON',
  (text) => {
    expect(() => parsePythonText(text)).toThrow(/JSON/);
  },
);

test('lists of lists know that they hold such numbers', () => {
  const value = parsePythonText('[[[1.0]], [[2]], {"a": [3e0]}]') as readonly object[];
  expect([value, ...value].map(holdsExact)).toEqual([true, true, false, true]);
});
