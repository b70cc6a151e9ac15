import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIRST_RELEASE, type Release } from '../../src/base/release.ts';
import type { Transcript } from './case.ts';

/** Directory of the recorded responses of the first release; those of each other one are in a folder with its name. */
export const RECORDED = fileURLToPath(new URL('../../test/conformance/recorded/', import.meta.url));

/** Returns the directory of the responses of a release. */
export const recordedOn = (release: Release): string =>
  release === FIRST_RELEASE ? RECORDED : join(RECORDED, release);

/** A transcript file. Repeated long values are in a table; `{"@": 3}` refers to the third. */
interface TranscriptFile {
  readonly title: string;
  readonly server: string;
  readonly parts: readonly unknown[];
  readonly steps: readonly { readonly id: string; readonly answer: unknown }[];
}

/** Length in characters; shorter values are not put into the table. */
const MIN_LENGTH = 60;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces each part of a value. */
function mapParts(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}

/** Reads a transcript. References to the same part give the same object. */
export function readTranscript(name: string, directory = RECORDED): Transcript {
  const { title, server, parts, steps } = JSON.parse(
    readFileSync(join(directory, `${name}.json`), 'utf8'),
  ) as TranscriptFile;
  const whole = new Map<number, unknown>();
  const resolve = (value: unknown): unknown => {
    const place = isObject(value) ? value['@'] : undefined;
    if (typeof place !== 'number') return mapParts(value, resolve);
    if (!whole.has(place)) whole.set(place, resolve(parts[place - 1]));
    return whole.get(place);
  };
  return { title, server, steps: steps.map(resolve) as Transcript['steps'] };
}

/** Writes a transcript with one line for each part and step. */
export function writeTranscript(name: string, { title, server, steps }: Transcript, directory = RECORDED): void {
  const counts = new Map<string, number>();
  const count = (value: unknown): unknown => {
    const text = JSON.stringify(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return text.length > MIN_LENGTH ? mapParts(value, count) : value;
  };
  for (const step of steps) count(step);
  const places = new Map<string, number>();
  const parts: unknown[] = [];
  const shorten = (value: unknown): unknown => {
    const text = JSON.stringify(value);
    if (text.length <= MIN_LENGTH) return value;
    if ((counts.get(text) ?? 0) < 2) return mapParts(value, shorten);
    let place = places.get(text);
    if (place === undefined) {
      place = parts.push(mapParts(value, shorten));
      places.set(text, place);
    }
    return { '@': place };
  };
  const written = steps.map(shorten);
  const lines = (items: readonly unknown[]): string => items.map((item) => `  ${JSON.stringify(item)}`).join(',\n');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, `${name}.json`),
    `{\n "title": ${JSON.stringify(title)},\n "server": ${JSON.stringify(server)},\n` +
      ` "parts": [\n${lines(parts)}\n ],\n "steps": [\n${lines(written)}\n ]\n}\n`,
  );
}
