import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ContentDigest, memberParts, memberText } from './digest.ts';
import type { Recording, RecordingSource } from './recording.ts';

/** The line after which each line has one request. */
export const REQUESTS_LINE = '"requests":[';

/** The line after the last request. */
export const REQUESTS_END = '],';

/** The last line of recordings without a digest. */
export const END_LINE = ']}';

/** Characters that are written at once. */
const CHUNK = 2 ** 16;

/**
 * Yields a recording as JSON text in pieces, so that a long one never is in memory as a whole: one line for each member, one line for each request,
 * and one for the digest.
 */
export function* toText({ head, requests }: RecordingSource): Iterable<string> {
  const digest = new ContentDigest();
  let opening = '{';
  for (const [name, value] of Object.entries(head)) {
    yield opening;
    for (const part of memberParts(name, value)) {
      digest.addPart(part);
      yield part;
    }
    digest.endItem();
    yield ',\n';
    opening = '';
  }
  yield REQUESTS_LINE;
  let separator = '\n';
  for (const exchange of requests()) {
    const text = JSON.stringify(exchange);
    digest.add(text);
    yield separator + text;
    separator = ',\n';
  }
  yield `\n${REQUESTS_END}\n${memberText('digest', digest.value())}}\n`;
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
  try {
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.partial`;
    writePartial(partial, source);
    renameSync(partial, file);
  } finally {
    source.close?.();
  }
}

function writePartial(partial: string, source: RecordingSource): void {
  const descriptor = openSync(partial, 'w');
  try {
    for (const chunk of inChunks(toText(source))) writeSync(descriptor, chunk);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Returns a recording with all its requests. */
export function collect(source: RecordingSource): Recording {
  const { head } = source;
  const digest = new ContentDigest();
  for (const [name, value] of Object.entries(head)) digest.addMember(name, value);
  const all = [...source.requests()];
  source.close?.();
  for (const exchange of all) digest.add(JSON.stringify(exchange));
  return { ...head, requests: all, digest: digest.value() };
}
