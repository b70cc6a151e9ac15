import { describe, expect, test } from '@jest/globals';
import { compile } from '../../src/contract/schema.ts';

describe('a compiled schema', () => {
  const check = compile({
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: { name: { type: 'string', maxLength: 3 }, at: { type: 'string', format: 'date-time' } },
  });

  test('returns no violation for a valid value', () => {
    expect(check({ name: 'abc', at: '2026-11-21T00:00:00Z' })).toEqual([]);
  });

  test('returns every violation with pointer, keyword and value', () => {
    expect(check({ name: 'abcd', at: 'noon' })).toEqual([
      expect.objectContaining({ pointer: '/name', keyword: 'maxLength', value: 'abcd' }),
      expect.objectContaining({ pointer: '/at', keyword: 'format', value: 'noon' }),
    ]);
    expect(check({ other: 1 }).map(({ keyword }) => keyword)).toEqual(['required', 'additionalProperties']);
  });

  test('throws for an invalid schema when it is compiled', () => {
    expect(() => compile({ type: 'nonsense' }).compileNow()).toThrow(/nonsense|type/);
  });
});
