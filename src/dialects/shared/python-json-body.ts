import { ExactNumber } from '../../base/exact-numbers.ts';
import { isInexact, parseWithNumbers } from './json-numbers.ts';

/** Parses JSON as Python's standard library does from bytes: in UTF-8, UTF-16 or UTF-32, with `NaN` and `Infinity`. */

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** Byte order marks, longest first: that of UTF-32 starts like that of UTF-16. */
const MARKS: readonly (readonly [mark: Buffer, encoding: Encoding])[] = [
  [Buffer.from([0, 0, 0xfe, 0xff]), 'utf-32be'],
  [Buffer.from([0xff, 0xfe, 0, 0]), 'utf-32le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
];

/** Returns the encoding of a text without a mark. JSON starts with ASCII, so that zero bytes show the width of a character. */
function encodingOf(body: Buffer): Encoding {
  const [first, second, third, fourth] = body;
  if (body.length === 2) return first === 0 ? 'utf-16be' : second === 0 ? 'utf-16le' : 'utf-8';
  if (body.length < 4) return 'utf-8';
  if (first === 0) return second === 0 ? 'utf-32be' : 'utf-16be';
  if (second === 0) return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le';
  return 'utf-8';
}

function decode(body: Buffer, encoding: Encoding): string {
  switch (encoding) {
    case 'utf-16be':
      return decode(Buffer.from(body).swap16(), 'utf-16le');
    case 'utf-32be':
      return decode(Buffer.from(body).swap32(), 'utf-32le');
    case 'utf-32le': {
      if (body.length % 4 !== 0) throw new RangeError('The text ends within a character.');
      const codes = Array.from({ length: body.length / 4 }, (_, index) => body.readUInt32LE(index * 4));
      return codes.map((code) => String.fromCodePoint(code)).join('');
    }
    default:
      // `ignoreBOM` keeps a second byte order mark, which is not JSON.
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
  }
}

/** Decodes the text of a body. @throws Error if the bytes are not a text in the encoding that they start with. */
function textOf(body: Buffer): string {
  const [mark, encoding] = MARKS.find(([bytes]) => body.subarray(0, bytes.length).equals(bytes)) ?? [];
  return mark === undefined || encoding === undefined
    ? decode(body, encodingOf(body))
    : decode(body.subarray(mark.length), encoding);
}

/** A number whose digits JavaScript's numbers lose, where a JSON text can have one. */
const INEXACT = /(?:^|[[,:\s])-?(?:\d{16,}|\d+\.0+|\d+(?:\.\d+)?[eE][+-]?\d+)\s*(?:[,\]}]|$)/;

/** Parses JSON. @throws Error if the bytes are not text or not JSON. */
export const parsePythonJson = (body: Buffer): unknown => parsePythonText(textOf(body));

/** Parses JSON that is decoded already. @throws SyntaxError */
export function parsePythonText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return INEXACT.test(text) ? parseWithNumbers(text) : value;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return parseWithNumbers(text);
  }
}

/** Returns the number that a body consists of, if JavaScript's numbers lose its digits. */
export function exactNumberOf(body: Buffer): ExactNumber | undefined {
  const literal = body.toString().trim();
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(literal) && isInexact(literal)
    ? new ExactNumber(literal)
    : undefined;
}
