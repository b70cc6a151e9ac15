import { expect, test } from '@jest/globals';
import { isBase64 } from '../../src/contract/base64.ts';

test.each(['', 'YQ==', 'YWI=', 'YWJj', 'YW Jj\n', '%%%', 'YQ==='])('%j can be decoded', (text) => {
  expect(isBase64(text)).toBe(true);
});

test.each(['x', 'YQ', 'YQ=', 'YWI', 'YWJjZ'])('%j cannot be decoded', (text) => {
  expect(isBase64(text)).toBe(false);
});
