import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { isObject } from '../base/json.ts';
import { InputError } from '../input/input-error.ts';

/** One change as a line of the log: its kind, then what it changes. State files hold the kinds: do not rename them. */
export type LogRecord =
  | readonly ['layer', id: number, parent: number | null]
  | readonly ['image', layer: number, document: unknown]
  | readonly ['document', layer: number, collection: string, id: string, document: unknown]
  | readonly ['world', name: string, origin: number, present: number]
  | readonly ['snapshot', world: string, name: string, layer: number]
  /** Deletes a snapshot. */
  | readonly ['forget', world: string, name: string]
  /** Drops a world. */
  | readonly ['drop', name: string];

/** A line of a log: its number, from 1, and its record. */
export interface LogLine {
  readonly line: number;
  /** JSON that has not been checked yet. */
  readonly record: unknown;
}

/** A log as it was read: one JSON line for each change, in the order of the changes. */
export interface ParsedLog {
  /** The generation of the state that the log continues. */
  readonly generation: number;
  readonly records: readonly LogLine[];
}

/**
 * Reads a log. Ignores an incomplete last line: the process was killed while writing it, before it sent the response.
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

/** A log that is open for writing. */
export class DocumentLog {
  readonly #descriptor: number;
  #bytes = 0;

  /** Creates the log; replaces a file of that path. */
  constructor(path: string, generation: number) {
    this.#descriptor = openSync(path, 'w', 0o600);
    this.#write(`${JSON.stringify({ generation })}\n`);
  }

  /** Size of the log in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes records. They survive the end of the process, also a kill, once this has returned. */
  append(records: readonly LogRecord[]): void {
    this.#write(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    try {
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#bytes + at);
    } catch (error) {
      // Without the truncation, the next record would follow on half a line.
      ftruncateSync(this.#descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += bytes.length;
  }
}
