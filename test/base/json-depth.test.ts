import { expect, test } from '@jest/globals';
import { assertShallow, NestingError } from '../../src/base/json-depth.ts';

const check = (text: string): void => assertShallow(Buffer.from(text), 3);

test.each([
  ['as many levels as allowed', '[{"a":[1]}]'],
  ['brackets in strings', '["[[[[[[", "\\"[[[[["]'],
  ['many lists beside each other', '[[],[],[],[],[],[]]'],
  ['text that is malformed before the excess', '[x[[[[[['],
  ['text that ends in a string', '["[[[[[[[['],
])('accepts %s', (_what, text) => {
  expect(() => check(text)).not.toThrow();
});

test.each([
  ['lists', '[[[[]]]]'],
  ['objects', '{"a":{"a":{"a":{"a":1}}}}'],
  ['text that has no end', '[[[[[[[['],
  ['objects without an end', '{"a":{"a":{"a":{'],
  ['text that is malformed after the excess', '[[[[x'],
])('rejects too many levels of %s', (_what, text) => {
  expect(() => check(text)).toThrow(new NestingError(3));
});
