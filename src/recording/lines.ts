import { readSync } from 'node:fs';

/** A line of a file. */
export interface Line {
  /** Where the line begins, in bytes. */
  readonly offset: number;
  /** Its text without the line break. */
  readonly text: Buffer;
  /** Number of the line, from 1. */
  readonly number: number;
  /** Whether a line break follows. */
  readonly isWhole: boolean;
}

/** Bytes that are read at once. */
const CHUNK = 2 ** 16;
const BREAK = '\n'.charCodeAt(0);

/** Reads a file line by line. */
export function* linesOf(descriptor: number): Generator<Line, undefined> {
  let parts: Buffer[] = [];
  let start = 0;
  let number = 1;
  for (const { chunk, offset } of chunksOf(descriptor)) {
    let from = 0;
    for (let at = chunk.indexOf(BREAK); at >= 0; at = chunk.indexOf(BREAK, from)) {
      yield { offset: start, text: Buffer.concat([...parts, chunk.subarray(from, at)]), number, isWhole: true };
      parts = [];
      from = at + 1;
      start = offset + from;
      number += 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield { offset: start, text: Buffer.concat(parts), number, isWhole: false };
}

function* chunksOf(descriptor: number): Generator<{ readonly chunk: Buffer; readonly offset: number }> {
  let offset = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, offset);
    if (length === 0) return;
    yield { chunk: chunk.subarray(0, length), offset };
    offset += length;
  }
}
