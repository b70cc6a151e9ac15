import { expect, test } from '@jest/globals';
import { compile } from '../../src/contract/schema.ts';

const check = compile({ type: ['number', 'string'], minimumAmount: 1, maximumAmount: 10 });
const positive = compile({ type: ['number', 'string'], exclusiveMinimumAmount: 0 });

test.each([1, 10, '1', '10', '2.5', 'ten'])('%j is within 1 and 10, or no number', (value) => {
  expect(check(value)).toEqual([]);
});

test.each([
  [0, 'minimumAmount', '0'],
  ['0', 'minimumAmount', '0'],
  ['-1', 'minimumAmount', '-1'],
  [11, 'maximumAmount', '11'],
  ['10.5', 'maximumAmount', '10.5'],
])('%j is not within 1 and 10', (value, keyword, amount) => {
  expect(check(value)).toMatchObject([{ keyword, params: { amount } }]);
});

test('the integer part of a number has to be above an exclusive minimum, and so has a text', () => {
  expect(positive(0.5)).toMatchObject([{ keyword: 'exclusiveMinimumAmount', params: { limit: 0, amount: '0' } }]);
  expect(positive('0.5')).toEqual([]);
  expect(positive('0.0')).toMatchObject([{ params: { amount: '0.0' } }]);
});
