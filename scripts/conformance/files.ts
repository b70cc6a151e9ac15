import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseFile } from './case.ts';

/** Where the request lists of the project are. */
export const CASES = fileURLToPath(new URL('../../test/conformance/cases/', import.meta.url));

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
