import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, CaseFile, RecordedStep, Transcript } from './case.ts';

/** Where the request lists of the project are, and what the real services answered to them. */
export const CASES = fileURLToPath(new URL('../../test/conformance/cases/', import.meta.url));
export const RECORDED = fileURLToPath(new URL('../../test/conformance/recorded/', import.meta.url));

/** Request lists at these paths, files or directories, by name. */
export const caseFiles = (paths: readonly string[] = [CASES]): readonly string[] =>
  paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
        : [path],
    )
    .filter((path) => path.endsWith('.json'))
    .sort();

export const readCase = (path: string): CaseFile => JSON.parse(readFileSync(path, 'utf8')) as CaseFile;

/** What a list is called: its file's name without the ending. */
export const caseName = (path: string): string => basename(path, '.json');

/** A step as files have it: headers by their place in a table, and a long body that came before by the step it came with. */
interface WrittenStep {
  readonly id: string;
  readonly status: number;
  readonly headers: number;
  readonly body?: unknown;
  readonly bodyOf?: string;
}

interface WrittenTranscript extends Omit<Transcript, 'steps'> {
  readonly headers: readonly Answer['headers'][];
  readonly steps: readonly WrittenStep[];
}

/** Shorter bodies stand where they belong. */
const LONG = 60;

export function readTranscript(name: string, directory = RECORDED): Transcript {
  const written = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as WrittenTranscript;
  const bodies = new Map<string, unknown>();
  const steps = written.steps.map(({ id, status, headers, body, bodyOf }): RecordedStep => {
    const whole = bodyOf === undefined ? body : bodies.get(bodyOf);
    bodies.set(id, whole);
    return { id, answer: { status, headers: written.headers[headers] ?? {}, body: whole } };
  });
  return { title: written.title, server: written.server, steps };
}

/** Writes a transcript, a line for each step. */
export function writeTranscript(name: string, transcript: Transcript, directory = RECORDED): void {
  const path = join(directory, `${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  const { steps, ...head } = transcript;
  const places = new Map<string, number>();
  const bodies = new Map<string, string>();
  const written = steps.map(({ id, answer: { status, headers, body } }): WrittenStep => {
    const set = JSON.stringify(headers);
    const place = places.get(set) ?? places.size;
    places.set(set, place);
    const text = JSON.stringify(body);
    const bodyOf = bodies.get(text);
    if (bodyOf !== undefined) return { id, status, headers: place, bodyOf };
    if (text.length > LONG) bodies.set(text, id);
    return { id, status, headers: place, body };
  });
  const lines = (items: Iterable<string>): string => [...items].map((item) => `  ${item}`).join(',\n');
  const members = Object.entries(head).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  writeFileSync(
    path,
    `{\n${members.join('')} "headers": [\n${lines(places.keys())}\n ],\n "steps": [\n${lines(written.map((step) => JSON.stringify(step)))}\n ]\n}\n`,
  );
}
