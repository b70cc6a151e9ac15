import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseFile, Transcript } from './case.ts';

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

export const readTranscript = (name: string, directory = RECORDED): Transcript =>
  JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as Transcript;

/** Writes a transcript, a line for each step. */
export function writeTranscript(name: string, transcript: Transcript, directory = RECORDED): void {
  const path = join(directory, `${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  const { steps, ...head } = transcript;
  const lines = steps.map((step) => `  ${JSON.stringify(step)}`).join(',\n');
  writeFileSync(path, `${JSON.stringify(head, null, 1).replace(/\n}$/, '')},\n "steps": [\n${lines}\n ]\n}\n`);
}
