import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { InputError } from '../input/input-error.ts';

/** One change, as it stands in the log: what happened, then to what. */
export type LogRecord =
  | readonly ['layer', id: number, parent: number | null]
  | readonly ['image', layer: number, document: unknown]
  | readonly ['document', layer: number, collection: string, id: string, document: unknown]
  | readonly ['world', name: string, origin: number, present: number]
  | readonly ['snapshot', world: string, name: string, layer: number]
  | readonly ['forget', world: string, name: string]
  | readonly ['drop', name: string];

/** A log that was found: one JSON line for each change, in the order in which they happened. */
export interface FoundLog {
  readonly generation: number;
  /** With the number of its line. */
  readonly records: readonly { readonly line: number; readonly record: unknown }[];
}

/**
 * Reads a log. A last line without its end was being written when the process was killed, and never answered for; it
 * is left out.
 * @returns `undefined` where there is no log, or not so much as a first line.
 * @throws InputError for a log that holds anything else than changes.
 */
export function readLog(path: string): FoundLog | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(path, [{ pointer: '', message: `cannot be read (${(error as NodeJS.ErrnoException).code})` }]);
  }
  const lines = text.split('\n').slice(0, -1);
  const parsed = lines.map((line, nth) => ({ line: nth + 1, record: parseLine(path, line, nth + 1) }));
  const [header, ...records] = parsed;
  if (header === undefined) return undefined;
  const generation = (header.record as { readonly generation?: unknown } | null)?.generation;
  if (!Number.isSafeInteger(generation)) {
    throw new InputError(path, [
      {
        pointer: '/generation',
        line: 1,
        message: 'the first line does not say what the log goes on from',
        found: header.record,
        allowed: '{"generation": a whole number}',
      },
    ]);
  }
  return { generation: generation as number, records };
}

function parseLine(path: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(path, [
      { pointer: '', line, message: 'is no JSON', found: text.slice(0, 100), allowed: 'a change in JSON' },
    ]);
  }
}

/** A log that is being written. */
export class DocumentLog {
  readonly #descriptor: number;
  #bytes = 0;

  /** Starts a new log at that path, in place of any other. */
  constructor(path: string, generation: number) {
    this.#descriptor = openSync(path, 'w', 0o600);
    this.#write(`${JSON.stringify({ generation })}\n`);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes changes down; when this returns they survive the end of the process, however it comes. */
  append(records: readonly LogRecord[]): void {
    this.#write(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    try {
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#bytes + at);
    } catch (error) {
      // What is half written would stand in the way of the next change.
      ftruncateSync(this.#descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += bytes.length;
  }
}
