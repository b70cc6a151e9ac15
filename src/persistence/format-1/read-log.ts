import { readFileSync } from 'node:fs';
import { isObject } from '../../base/json.ts';
import { InputError } from '../../input/input-error.ts';

/** A line of a log: its number, from 1, and its record. */
export interface LogLine {
  readonly line: number;
  /** JSON that has not been checked yet. */
  readonly record: unknown;
}

/** A log of format 1 as it was read: one JSON line for each change, in the order of the changes. */
export interface ParsedLog {
  /** The generation of the state that the log continues. */
  readonly generation: number;
  readonly records: readonly LogLine[];
}

/**
 * Reads a log of format 1. Ignores an incomplete last line: the process was killed while writing it, before it sent the response.
 * @returns `undefined` if the file does not exist or has no complete line.
 * @throws InputError if the file cannot be read or a line is not JSON.
 */
export function readLog(path: string): ParsedLog | undefined {
  const lines = readText(path).split('\n').slice(0, -1);
  const [header, ...records] = lines.map((text, index) => parseLine(path, text, index + 1));
  return header === undefined ? undefined : { generation: generationOf(path, header), records };
}

/** Returns the text of a file; an empty one if the file does not exist. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new InputError(path, [{ pointer: '', message: `cannot be read (${code})`, allowed: 'a readable file' }]);
  }
}

function generationOf(path: string, { line, record }: LogLine): number {
  const generation = isObject(record) ? record['generation'] : undefined;
  if (Number.isSafeInteger(generation)) return generation as number;
  throw new InputError(path, [
    {
      pointer: '/generation',
      line,
      message: 'expected the generation of the state that the log continues',
      found: record,
      allowed: '{"generation": <integer>}',
    },
  ]);
}

function parseLine(path: string, text: string, line: number): LogLine {
  try {
    return { line, record: JSON.parse(text) as unknown };
  } catch {
    throw new InputError(path, [
      { pointer: '', line, message: 'expected JSON', found: text.slice(0, 100), allowed: 'one record in JSON' },
    ]);
  }
}

/** Returns whether a file begins as a log of format 1. */
export const isFormerLog = (path: string): boolean => readText(path).startsWith('{"generation":');
