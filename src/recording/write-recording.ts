import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Recording, RecordingSource } from './recording.ts';

/** The line after which each line has one request. */
export const REQUESTS_LINE = '"requests":[';

/** The last line. */
export const END_LINE = ']}';

/** Characters that are written at once. */
const CHUNK = 2 ** 16;

/**
 * Yields a recording as JSON text in pieces, so that a long one never is in memory as a whole: one line for each member, and one line for
 * each request.
 */
export function* toText({ head, requests }: RecordingSource): Iterable<string> {
  let opening = '{';
  for (const [name, value] of Object.entries(head)) {
    yield `${opening}${JSON.stringify(name)}:${JSON.stringify(value)},\n`;
    opening = '';
  }
  yield REQUESTS_LINE;
  let separator = '\n';
  for (const exchange of requests()) {
    yield separator + JSON.stringify(exchange);
    separator = ',\n';
  }
  yield `\n${END_LINE}\n`;
}

/** Joins the pieces of a text to larger ones. */
export function* inChunks(pieces: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** Writes a recording to a file, and creates its folder. The file is complete or is not there. */
export function writeRecordingFile(file: string, source: RecordingSource): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  const descriptor = openSync(partial, 'w');
  try {
    for (const chunk of inChunks(toText(source))) writeSync(descriptor, chunk);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, file);
}

/** Returns a recording with all its requests. */
export const collect = ({ head, requests }: RecordingSource): Recording => ({ ...head, requests: [...requests()] });
