import { describe, expect, test } from '@jest/globals';
import { parsePythonJson, parsePythonText } from '../../../src/dialects/shared/python-json-body.ts';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf32 = (text: string): Buffer => {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return Buffer.from(Uint32Array.from(codes).buffer);
};
const swap16 = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const swap32 = (bytes: Buffer): Buffer => Buffer.from(bytes).swap32();

const TEXT = '{"a": "é😀"}';

describe('JSON as Python reads it', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16', utf16(`\ufeff${TEXT}`)],
    ['UTF-16, big endian', swap16(utf16(`\ufeff${TEXT}`))],
    ['UTF-16 without a mark', utf16(TEXT)],
    ['UTF-16, big endian, without a mark', swap16(utf16(TEXT))],
    ['UTF-32', utf32(`\ufeff${TEXT}`)],
    ['UTF-32, big endian', swap32(utf32(`\ufeff${TEXT}`))],
    ['UTF-32 without a mark', utf32(TEXT)],
    ['UTF-32, big endian, without a mark', swap32(utf32(TEXT))],
  ])('is accepted in %s', (_encoding, body) => {
    expect(parsePythonJson(body)).toEqual({ a: 'é😀' });
  });

  test('is told apart by its zero bytes when it is short', () => {
    expect([utf16('1'), swap16(utf16('1')), utf16('[]'), Buffer.from('1')].map(parsePythonJson)).toEqual([1, 1, [], 1]);
  });

  test('knows numbers that JSON does not have', () => {
    expect(parsePythonJson(Buffer.from('[NaN, -Infinity, "NaN"]'))).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      'NaN',
    ]);
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['two byte order marks', Buffer.from('\ufeff\ufeff{}')],
    ['a cut character', Buffer.concat([utf32(TEXT), Buffer.from([0x20])])],
    ['no JSON', Buffer.from('{')],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', (_what, body) => {
    expect(() => parsePythonJson(body)).toThrow();
  });
});

test('texts that start with a zero character are not taken for numbers', () => {
  const text = String.raw`{"\u0000number 5": "\u0000number 5", "a": ["\u0000\u0000x", 1.0, NaN]}`;
  expect(parsePythonText(text)).toEqual({ '\0number 5': '\0number 5', a: ['\0\0x', 1, Number.NaN] });
});
