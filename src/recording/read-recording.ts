import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isObject } from '../base/json.ts';
import { InputError } from '../input/input-error.ts';
import { checkedExchange, parseExchange, parseHead, parseJson } from './check-recording.ts';
import { type Line, linesOf } from './lines.ts';
import { RECORDING_FORMAT, type RecordedExchange, type RecordingHead } from './recording.ts';
import { END_LINE, REQUESTS_LINE } from './write-recording.ts';

/** Where one request of a recording is in its file. */
interface Place {
  readonly offset: number;
  readonly bytes: number;
  readonly line: number;
}

/** A recording in a file. Its requests are read when they are needed, so that a long recording takes little memory. */
export interface RecordingFile {
  readonly file: string;
  readonly head: RecordingHead;
  /** Number of requests in the file. */
  readonly size: number;
  /** Returns the request at an index, from 0. @throws InputError for an invalid one. */
  at(index: number): RecordedExchange;
  /** All requests, in the order of the file. @throws InputError for an invalid one. */
  requests(): Iterable<RecordedExchange>;
  close(): void;
}

/**
 * Opens a recording. Each request is checked when it is read.
 * @throws InputError for a file that cannot be read, is no recording, was cut off, or is of a newer version.
 */
export function openRecording(file: string): RecordingFile {
  const descriptor = open(file);
  try {
    return new LinesFile(file, descriptor);
  } catch (error) {
    closeSync(descriptor);
    if (!(error instanceof OtherLayout)) throw error;
    return readWhole(file);
  }
}

function open(file: string): number {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'file not found' : `cannot be read (${code})`;
    throw new InputError(file, [{ pointer: '', message, allowed: 'a recording' }]);
  }
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  // Requests are read by their position, which pipes do not have.
  throw new InputError(file, [{ pointer: '', message: 'is not a regular file', allowed: 'a recording' }]);
}

/** The file does not have a line for each request, such as after a formatter. */
class OtherLayout extends Error {}

/** A recording in the layout that Sideglance writes. */
class LinesFile implements RecordingFile {
  readonly file: string;
  readonly head: RecordingHead;
  readonly #descriptor: number;
  readonly #places: Place[] = [];
  #isOpen = true;

  constructor(file: string, descriptor: number) {
    this.file = file;
    this.#descriptor = descriptor;
    const lines = linesOf(descriptor);
    this.head = parseHead(file, readHead(file, lines));
    this.#index(lines);
  }

  get size(): number {
    return this.#places.length;
  }

  at(index: number): RecordedExchange {
    const { offset, bytes, line } = this.#places[index] as Place;
    const buffer = Buffer.allocUnsafe(bytes);
    readSync(this.#descriptor, buffer, 0, bytes, offset);
    return parseExchange(this.file, buffer.toString(), { index, line });
  }

  *requests(): Iterable<RecordedExchange> {
    for (let index = 0; index < this.size; index += 1) yield this.at(index);
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }

  /** Notes where each request is, up to the end of the file. */
  #index(lines: Iterable<Line>): void {
    let last = 0;
    for (const { offset, text, number, isWhole } of lines) {
      if (text.equals(END)) return;
      last = number;
      if (!isWhole) break;
      const bytes = text.at(-1) === COMMA ? text.length - 1 : text.length;
      if (bytes > 0) this.#places.push({ offset, bytes, line: number });
    }
    throw cutOff(this.file, last, this.size);
  }
}

const END = Buffer.from(END_LINE);
const START = Buffer.from(REQUESTS_LINE);
const COMMA = ','.charCodeAt(0);

/** The first line. */
const FIRST_LINE = `{"format":"${RECORDING_FORMAT}",`;

/** Reads the lines up to the one after which the requests begin. */
function readHead(file: string, lines: Iterator<Line> & Iterable<Line>): unknown {
  const head: string[] = [];
  for (let next = lines.next(); next.done !== true; next = lines.next()) {
    const { text, number } = next.value;
    if (text.equals(START)) return parseJson(file, `${head.join('\n')}${REQUESTS_LINE}${END_LINE}`);
    head.push(text.toString());
    if (number === 1 && head[0] !== FIRST_LINE) throw new OtherLayout();
  }
  if (head.length === 0) throw new OtherLayout();
  throw cutOff(file, head.length, 0);
}

function cutOff(file: string, line: number, requests: number): InputError {
  const message = `the recording is cut off after ${requests} ${requests === 1 ? 'request' : 'requests'}`;
  return new InputError(file, [{ pointer: `/requests/${requests}`, message, allowed: `the end "${END_LINE}"`, line }]);
}

/** Reads a recording that another program has formatted. */
function readWhole(file: string): RecordingFile {
  const value = parseJson(file, readFileSync(file, 'utf8'));
  const head = parseHead(file, value);
  const requests = isObject(value) && Array.isArray(value['requests']) ? (value['requests'] as unknown[]) : undefined;
  if (requests === undefined) {
    throw new InputError(file, [{ pointer: '/requests', message: 'is missing', allowed: 'a list of requests' }]);
  }
  const at = (index: number): RecordedExchange => checkedExchange(file, requests[index], { index });
  return {
    file,
    head,
    size: requests.length,
    at,
    requests: () => requests.map((_request, index) => at(index)),
    close: () => undefined,
  };
}
