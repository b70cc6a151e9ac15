import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { InputError } from '../input/input-error.ts';

const CHUNK_BYTES = 1024 * 1024;
const LINE_END = 10;

/** A line of a file. */
export interface RawLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The line without its end. */
  readonly bytes: Buffer;
  /** Position of the line in the file. */
  readonly at: number;
  /** Whether the line has an end. Only what follows the last line end has none; it may be empty. */
  readonly isComplete: boolean;
}

/**
 * Reads the lines of a file, one after the other. The last value is what follows the last line end.
 * @throws InputError if the file cannot be read.
 */
export function* readLines(path: string): Generator<RawLine> {
  const descriptor = open(path);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let line = 1;
    let at = 0;
    for (let position = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, position);
      if (length === 0) break;
      position += length;
      const bytes = rest.length === 0 ? chunk.subarray(0, length) : Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_END, rest.length); end >= 0; end = bytes.indexOf(LINE_END, start)) {
        yield { line, bytes: bytes.subarray(start, end), at, isComplete: true };
        line += 1;
        at += end + 1 - start;
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
    yield { line, bytes: rest, at, isComplete: false };
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    if (statSync(path).isFile()) return openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  throw unreadable(path, 'is not a file');
}

const unreadable = (path: string, message: string): InputError =>
  new InputError(path, [{ pointer: '', message, allowed: 'a readable file' }]);
