/** Reads a recording in the browser: line by line as Sideglance writes it, in slices, so that the page stays responsive. */
import SCHEMA from '../../../schemas/recording.schema.json' with { type: 'json' };
import { checkIntegrity, type Integrity } from './integrity.ts';
import { RecordingProblem } from './problem.ts';
import { firstProblem, type Schema } from './schema-check.ts';
import type { Recording } from './types.ts';

/** A recording that was read. */
export interface ReadRecording {
  /** Name of the file. */
  readonly file: string;
  readonly recording: Recording;
  /** Whether the content is as Sideglance wrote it. */
  readonly integrity: Integrity;
}

/** Newest version of the format that the page reads. */
const NEWEST = SCHEMA.properties.version.maximum;
const REQUESTS_LINE = '"requests":[';
const REQUESTS_END = '],';

const { requests: requestList, ...headProperties } = SCHEMA.properties;
const REQUEST = requestList.items as Schema;
const HEAD = {
  ...SCHEMA,
  properties: headProperties,
  required: SCHEMA.required.filter((name) => name !== 'requests'),
} as Schema;

/** Time for which a slice may run, in milliseconds. */
const SLICE = 10;

/** Lets the browser draw and react, if a slice has run for long. */
class Slices {
  #end = performance.now() + SLICE;

  async pause(): Promise<void> {
    if (performance.now() < this.#end) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#end = performance.now() + SLICE;
  }
}

/**
 * Reads a recording.
 * @param onProgress - is called with the number of requests that have been read.
 * @throws RecordingProblem for a file that is no recording, was cut off, changed or damaged, or is of a newer version.
 */
export async function readRecording(
  file: string,
  blob: Blob,
  onProgress: (requests: number) => void = () => undefined,
): Promise<ReadRecording> {
  const lines = linesOf(blob);
  const first = await lines.next();
  if (first.done || !first.value.startsWith('{"format"')) return readWhole(file, await blob.text());
  return readLines({ file, onProgress }, first.value, lines);
}

async function* linesOf(blob: Blob): AsyncGenerator<string> {
  const reader = blob
    .stream()
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** A file that is being read, and who wants to know how far it is. */
interface Reading {
  readonly file: string;
  readonly onProgress: (requests: number) => void;
}

async function readLines(reading: Reading, first: string, lines: AsyncGenerator<string>): Promise<ReadRecording> {
  const { file } = reading;
  const head = [first];
  // A loop over the lines would close them at its end.
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    head.push(next.value);
    if (next.value === REQUESTS_LINE) break;
  }
  const isComplete = head.at(-1) === REQUESTS_LINE;
  if (!isComplete) return readWhole(file, [...head, ...(await rest(lines))].join('\n'));
  const members = parse(file, `${head.slice(0, -1).join('\n').replace(/,$/, '')}}`, 1) as Recording;
  checkHead(file, members);
  const { requests, texts, digest } = await readRequests(reading, head.length, lines);
  const content = [...head.slice(0, -1).map((line, index) => line.slice(index === 0 ? 1 : 0, -1)), ...texts];
  const integrity = await checkIntegrity({ file, version: members.version, found: digest, content });
  return { file, recording: { ...members, requests }, integrity };
}

async function rest(lines: AsyncGenerator<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function readRequests({ file, onProgress }: Reading, before: number, lines: AsyncGenerator<string>) {
  const requests: Recording['requests'][number][] = [];
  const texts: string[] = [];
  const slices = new Slices();
  let number = before;
  let isOver = false;
  for await (const line of lines) {
    number += 1;
    if (isOver) return { requests, texts, digest: digestIn(file, line, number) };
    if (line === ']}') return { requests, texts, digest: undefined };
    if (line === REQUESTS_END) {
      isOver = true;
      continue;
    }
    const text = line.endsWith(',') ? line.slice(0, -1) : line;
    requests.push(checkRequest(file, parse(file, text, number), { index: requests.length, line: number }));
    texts.push(text);
    if (requests.length % 500 === 0) onProgress(requests.length);
    await slices.pause();
  }
  const count = `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`;
  throw new RecordingProblem(file, {
    pointer: `/requests/${requests.length}`,
    line: number,
    message: `the recording is cut off after ${count}`,
    allowed: 'a line with the digest at the end',
  });
}

function digestIn(file: string, line: string, number: number): unknown {
  return (parse(file, `{${line}`, number) as { readonly digest?: unknown }).digest;
}

function parse(file: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordingProblem(file, {
      pointer: '',
      line,
      message: `is not valid JSON: ${(error as Error).message}`,
      found: text.slice(0, 80),
      allowed: 'a recording that Sideglance wrote',
    });
  }
}

function checkHead(file: string, value: unknown): void {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Recording>;
  if (format !== 'sideglance-recording') {
    throw new RecordingProblem(file, {
      pointer: '/format',
      message: 'is not a recording',
      found: format ?? null,
      allowed: 'sideglance-recording',
    });
  }
  if (typeof version === 'number' && version > NEWEST) {
    throw new RecordingProblem(file, {
      pointer: '/version',
      message: 'was written by a newer version of Sideglance; open it with the console of that version',
      found: version,
      allowed: `up to ${NEWEST}`,
    });
  }
  const problem = firstProblem(value, HEAD);
  if (problem !== undefined) throw new RecordingProblem(file, problem);
}

function checkRequest(
  file: string,
  value: unknown,
  { index, line }: { readonly index: number; readonly line?: number },
): Recording['requests'][number] {
  const problem = firstProblem(value, REQUEST, `/requests/${index}`);
  if (problem !== undefined) throw new RecordingProblem(file, { ...problem, ...(line !== undefined && { line }) });
  return value as Recording['requests'][number];
}

/** Reads a recording that another program has formatted. */
async function readWhole(file: string, text: string): Promise<ReadRecording> {
  const value = parse(file, text, 1) as Recording & { readonly digest?: unknown };
  checkHead(file, value);
  if (!Array.isArray(value.requests)) {
    throw new RecordingProblem(file, { pointer: '/requests', message: 'is missing', allowed: 'a list of requests' });
  }
  for (const [index, request] of value.requests.entries()) checkRequest(file, request, { index });
  const members = Object.entries(value).filter(([name]) => name !== 'requests' && name !== 'digest');
  const content = [
    ...members.map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`),
    ...value.requests.map((request) => JSON.stringify(request)),
  ];
  const integrity = await checkIntegrity({ file, version: value.version, found: value.digest, content });
  return { file, recording: value, integrity };
}
