import { crc32 } from 'node:zlib';
import type { InputIssue } from '../input/input-error.ts';

/** Where a record stands in its file. */
export interface RecordPosition {
  /** Number of the record in its file, from 0. */
  readonly sequence: number;
  /** Number of records that follow and belong to the same change. */
  readonly more: number;
}

/** A line of a file, converted to a record. */
export interface DecodedLine extends RecordPosition {
  readonly record: readonly unknown[];
}

/** What a line holds; `issue` says what is wrong with it. A damaged line may still be readable. */
export interface CheckedLine {
  readonly decoded: DecodedLine | undefined;
  readonly issue: InputIssue | undefined;
}

/** Length of `["`, the checksum and `",`. */
const PREFIX = 12;

/** Returns the initial value of the checksums of a file, so that a line of another file does not fit. @param id - id of the file. */
export const checksumSeed = (id: string): number => crc32(id);

/**
 * Converts a record to a line: a JSON list of the CRC-32 of the rest of the line, the sequence number, the number of records
 * that belong to the same change, and the members of the record.
 * @param seed - the value of `checksumSeed` for the file.
 */
export function encodeLine(record: readonly unknown[], position: RecordPosition, seed: number): string {
  const content = contentOf(record, position);
  return `${prefixOf(crc32(content, seed))}${content}\n`;
}

/** Returns what a line has after its checksum, without the line end. */
export const contentOf = (record: readonly unknown[], { sequence, more }: RecordPosition): string =>
  `${sequence},${more},${JSON.stringify(record).slice(1)}`;

/** Returns a number of bytes that a line with this content does not exceed. */
export const maxBytesOf = (content: string): number => PREFIX + 3 * content.length + 1;

/**
 * Writes a line to a buffer. Texts that are joined until they are written to a file outlive many collections of garbage, and
 * slow all of them down; buffers are not part of the heap.
 * @param content - of `contentOf`.
 * @returns the position behind the line.
 */
export function writeLine(buffer: Buffer, at: number, content: string, seed: number): number {
  const start = at + PREFIX;
  const end = start + buffer.write(content, start);
  buffer.write(prefixOf(crc32(buffer.subarray(start, end), seed)), at, 'latin1');
  buffer[end] = LINE_END;
  return end + 1;
}

const LINE_END = '\n'.charCodeAt(0);

const prefixOf = (checksum: number): string => `["${checksum.toString(16).padStart(8, '0')}",`;

/** Returns whether a text has a line that begins with a checksum. */
export const isChecksummed = (text: string): boolean => /^\["[0-9a-f]{8}",/m.test(text);

/**
 * Converts a line to a record, and checks its checksum.
 * @param bytes - the line without its end.
 * @param seed - the value of `checksumSeed`; `undefined` if it is unknown, so that nothing can be checked.
 */
export function decodeLine(bytes: Buffer, seed: number | undefined): CheckedLine {
  const decoded = parseLine(bytes);
  if (decoded === undefined) {
    const allowed = 'one record in JSON, as Sideglance wrote it';
    return { decoded, issue: { pointer: '', message: 'expected a record', found: beginningOf(bytes), allowed } };
  }
  if (seed === undefined) return { decoded, issue: undefined };
  const found = bytes.toString('latin1', 2, PREFIX - 2);
  const allowed = crc32(bytes.subarray(PREFIX), seed).toString(16).padStart(8, '0');
  if (found === allowed) return { decoded, issue: undefined };
  const message = 'the checksum does not fit the record, so the line was changed after it was written';
  return { decoded, issue: { pointer: '', message, found, allowed } };
}

/** Returns the beginning of a line, for messages. */
export const beginningOf = (bytes: Buffer): string => bytes.toString('utf8', 0, 100);

function parseLine(bytes: Buffer): DecodedLine | undefined {
  let members: unknown;
  try {
    members = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(members) || !Number.isSafeInteger(members[1]) || !Number.isSafeInteger(members[2]))
    return undefined;
  return { sequence: members[1], more: members[2], record: members.slice(3) };
}
