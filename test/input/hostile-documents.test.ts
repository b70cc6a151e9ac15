import { expect, test } from '@jest/globals';
import { isLong } from '../../src/base/brief.ts';
import { parseDocument } from '../../src/input/input-document.ts';
import { InputError } from '../../src/input/input-error.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Ten lists, each of which contains the one before ten times. */
const bomb = ['a: &a [x]', ...[...'bcdefghij'].map((name, at) => line(name, 'abcdefghi'.charAt(at)))].join('\n');

function line(name: string, before: string): string {
  return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
}

test.each([
  ['aliases that multiply', 'one.yaml', bomb],
  ['a list that contains itself', 'one.yaml', 'images: &a [*a]'],
  ['an object that contains itself', 'one.yaml', 'images:\n- &a\n  name: x\n  properties: { p: *a }'],
  ['an object that merges itself', 'one.yaml', 'a: &a\n  <<: *a'],
  ['a merge key that names no object', 'one.yaml', 'images:\n- <<: [1]'],
  ['an unknown alias', 'one.yaml', 'images: *b'],
  ['lists that are nested too deeply in YAML', 'one.yaml', `images: ${nested(4000)}`],
  ['lists that are nested too deeply in JSON', 'one.json', `{"images":${nested(20_000)}}`],
  ['more than 200 levels', 'one.json', nested(201)],
])('A document with %s is rejected with its file', (_, file, text) => {
  expect(() => parseDocument(file, text)).toThrow(InputError);
  expect(() => parseDocument(file, text)).toThrow(/^one\.(yaml|json):\n {2}/);
});

test('A document may repeat parts with aliases and have 200 levels', () => {
  expect(parseDocument('one.yaml', 'a: &a { x: 1 }\nb: *a\nc: { <<: *a, y: 2 }').value).toEqual({
    a: { x: 1 },
    b: { x: 1 },
    c: { x: 1, y: 2 },
  });
  expect(parseDocument('one.json', nested(200)).value).toHaveLength(1);
});

test('A value that is nested without end is long', () => {
  const value: unknown[] = [];
  value.push(value);
  expect(isLong(value, 60)).toBe(true);
});
