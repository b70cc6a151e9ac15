/** Values in DER, the encoding of certificates and keys. */

const SEQUENCE = 0x30;
const SET = 0x31;

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.of(size);
  const bytes = Buffer.from(size.toString(16).padStart(size > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** A value with its tag. @param parts - the encoded content, of at most 64 KiB. */
export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

/** A list of values in order. */
export const sequence = (...parts: readonly Buffer[]): Buffer => tagged(SEQUENCE, ...parts);

/** A set of one value. */
export const setOf = (part: Buffer): Buffer => tagged(SET, part);

/** The explicit context tag of a number. */
export const explicit = (number: number, ...parts: readonly Buffer[]): Buffer => tagged(0xa0 | number, ...parts);

/** The implicit context tag of a number, for bytes. */
export const implicitBytes = (number: number, content: Buffer): Buffer => tagged(0x80 | number, content);

/** A positive number. @param bytes - big-endian. */
export const positive = (bytes: Buffer): Buffer =>
  tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));

/** A small number, from 0 to 65,535. */
export const integer = (value: number): Buffer =>
  positive(Buffer.from(value.toString(16).padStart(value > 0xff ? 4 : 2, '0'), 'hex'));

/** Bytes. */
export const octets = (content: Buffer): Buffer => tagged(0x04, content);
/** Bits, in whole bytes. */
export const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.of(0), content);
/** A text. */
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text));
/** The value that stands for none. */
export const nothing = (): Buffer => tagged(0x05);

/** An object identifier, such as `2.5.4.3`. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] =>
    value < 0x80 ? [value] : [...base128(Math.floor(value / 0x80)).map((byte) => byte | 0x80), value % 0x80];
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A time between 1950 and 2049, to the second. @param time - milliseconds since 1970. */
export const utcTime = (time: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(time).toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}Z`));
