import { expect, test } from '@jest/globals';
import { compile } from '../../src/contract/schema.ts';
import { checkStrictly } from '../../src/contract/strict-integers.ts';
import { parsePythonText } from '../../src/dialects/shared/python-json-body.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    disk: { type: ['integer', 'string'], minimumAmount: 2 },
    factor: { type: ['number', 'string'] },
    sizes: { type: 'array', items: { type: 'integer' } },
  },
} as const;

const keywordsOf = (text: string): readonly string[] =>
  checkStrictly(compile(SCHEMA), SCHEMA, parsePythonText(text)).map(({ pointer, keyword }) => `${pointer} ${keyword}`);

test('a float without a fraction is no integer', () => {
  expect(keywordsOf('{"disk": 2.0}')).toEqual(['/disk type']);
  expect(keywordsOf('{"sizes": [1, 1E2, 3]}')).toEqual(['/sizes/1 type']);
});

test('an integer, and a float where numbers are allowed, are valid', () => {
  expect(keywordsOf('{"disk": 2, "factor": 1.0, "sizes": [1]}')).toEqual([]);
});

test('the wrong type of a value takes the place of its other violations', () => {
  expect(keywordsOf('{"disk": 1.0, "factor": true}')).toEqual(['/disk type', '/factor type']);
});

test('a violation names the value with its digits', () => {
  const [violation] = checkStrictly(compile(SCHEMA), SCHEMA, parsePythonText('{"disk": 2.0}'));
  expect(violation?.value).toMatchObject({ text: '2.0', isFloat: true });
});
