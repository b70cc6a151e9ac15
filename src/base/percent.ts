/** Percent-encoding, byte by byte: a text of bytes has one character for each byte. */
import { isUtf8 as isUtf8Buffer } from 'node:buffer';

const toByte = (_whole: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));

/** Decodes all percent-encoded bytes. A percent sign without two hexadecimal digits is literal. */
export const decodeBytes = (text: string): string =>
  text.includes('%') ? text.replace(/%([\da-f]{2})/gi, toByte) : text;

/** Whether a text of bytes is valid UTF-8. */
export const isUtf8 = (bytes: string): boolean => isUtf8Buffer(Buffer.from(bytes, 'latin1'));

/** Reads a text of bytes as UTF-8; bytes that are not become replacement characters. */
export const utf8Of = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

/** Encodes the bytes of a path that are neither allowed there nor a slash. */
export const encodePathBytes = (bytes: string): string =>
  bytes.replace(
    /[^\w\-.~!$&'()*+,;=:@/]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
