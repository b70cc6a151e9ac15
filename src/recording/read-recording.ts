import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isObject } from '../base/json.ts';
import { InputError } from '../input/input-error.ts';
import { checkedExchange, parseExchange, parseHead, parseJson } from './check-recording.ts';
import { ContentDigest, checkDigest, type Integrity } from './digest.ts';
import { type Line, linesOf } from './lines.ts';
import { RECORDING_FORMAT, type RecordedExchange, type RecordingHead } from './recording.ts';
import { END_LINE, REQUESTS_END, REQUESTS_LINE } from './write-recording.ts';

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
  /** Whether the content is as Sideglance wrote it. */
  readonly integrity: Integrity;
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
 * @throws InputError for a file that cannot be read, is no recording, was cut off, changed or damaged, or is of a newer version.
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
  readonly integrity: Integrity;
  readonly #descriptor: number;
  readonly #places: Place[] = [];
  readonly #digest = new ContentDigest();
  #isOpen = true;

  constructor(file: string, descriptor: number) {
    this.file = file;
    this.#descriptor = descriptor;
    const lines = linesOf(descriptor);
    this.head = parseHead(file, readHead(file, lines, this.#digest));
    this.integrity = this.#check(this.#index(lines));
    assertNothingLeft(file, lines);
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

  /** Notes where each request is. Returns the line with the digest, if there is one. */
  #index(lines: Generator<Line, undefined>): Line | undefined {
    let last = 0;
    for (let next = lines.next(); next.done !== true; next = lines.next()) {
      const { offset, text, number, isWhole } = next.value;
      if (text.equals(END)) return undefined;
      last = number;
      if (!isWhole) break;
      if (text.equals(REQUESTS_ARE_OVER)) return this.#digestLine(lines, number);
      const bytes = text.at(-1) === COMMA ? text.length - 1 : text.length;
      if (bytes === 0) continue;
      this.#places.push({ offset, bytes, line: number });
      this.#digest.add(text.subarray(0, bytes));
    }
    throw cutOff(this.file, last, this.size);
  }

  #digestLine(lines: Generator<Line, undefined>, last: number): Line {
    const { value } = lines.next();
    if (value?.text.at(-1) === CLOSING_BRACE) return value;
    throw cutOff(this.file, value?.number ?? last, this.size);
  }

  /** @throws InputError for content that is not that of the digest; a request that is damaged is named. */
  #check(line: Line | undefined): Integrity {
    const { file, head } = this;
    const last = line === undefined ? {} : parseJson(file, `{${line.text}`);
    const found = isObject(last) ? last['digest'] : undefined;
    const at = line === undefined ? {} : { line: line.number };
    try {
      return checkDigest({ file, version: head.version, found, actual: this.#digest.value(), ...at });
    } catch (error) {
      for (const _each of this.requests());
      throw error;
    }
  }
}

/** @throws InputError for text after the end. */
function assertNothingLeft(file: string, lines: Iterable<Line>): void {
  for (const { text, number } of lines) {
    const found = text.toString('utf8', 0, 60).trim();
    if (found === '') continue;
    const message = 'the recording has ended before this line';
    throw new InputError(file, [{ pointer: '', message, found, allowed: 'the end of the file', line: number }]);
  }
}

const END = Buffer.from(END_LINE);
const REQUESTS_ARE_OVER = Buffer.from(REQUESTS_END);
const START = Buffer.from(REQUESTS_LINE);
const COMMA = ','.charCodeAt(0);
const CLOSING_BRACE = '}'.charCodeAt(0);

/** The first line. */
const FIRST_LINE = `{"format":"${RECORDING_FORMAT}",`;

/** Reads the lines up to the one after which the requests begin. */
function readHead(file: string, lines: Generator<Line, undefined>, digest: ContentDigest): unknown {
  const head: string[] = [];
  for (let next = lines.next(); next.done !== true; next = lines.next()) {
    const { text, number } = next.value;
    if (text.equals(START)) return parseJson(file, `${head.join('\n')}${REQUESTS_LINE}${END_LINE}`);
    head.push(text.toString());
    if (number === 1 && head[0] !== FIRST_LINE) throw new OtherLayout();
    // The first line begins with a brace, and each one ends with a comma.
    digest.add(text.subarray(number === 1 ? 1 : 0, -1));
  }
  if (head.length === 0) throw new OtherLayout();
  throw cutOff(file, head.length, 0);
}

function cutOff(file: string, line: number, requests: number): InputError {
  const message = `the recording is cut off after ${requests} ${requests === 1 ? 'request' : 'requests'}`;
  return new InputError(file, [
    { pointer: `/requests/${requests}`, message, allowed: 'a line with the digest at the end', line },
  ]);
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
    integrity: checkWhole(file, value as Readonly<Record<string, unknown>>, requests),
    size: requests.length,
    at,
    requests: () => requests.map((_request, index) => at(index)),
    close: () => undefined,
  };
}

/** Checks the digest of a recording that another program has formatted, which keeps the order of members. */
function checkWhole(file: string, members: Readonly<Record<string, unknown>>, requests: readonly unknown[]): Integrity {
  const { digest: found, version } = members;
  const digest = new ContentDigest();
  for (const [name, value] of Object.entries(members))
    if (name !== 'requests' && name !== 'digest') digest.addMember(name, value);
  for (const request of requests) digest.add(JSON.stringify(request));
  return checkDigest({ file, version: Number(version), found, actual: digest.value() });
}
