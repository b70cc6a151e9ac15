import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseFile } from './case.ts';

/** Directory of the project's request lists. */
export const CASES = fileURLToPath(new URL('../../test/conformance/cases/', import.meta.url));

/** Returns the request lists at these paths (files or directories), sorted by path. */
export const caseFiles = (paths: readonly string[] = [CASES]): readonly string[] =>
  paths
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
        : [path],
    )
    .filter((path) => path.endsWith('.json'))
    .sort();

/** Reads a request list. */
export const readCase = (path: string): CaseFile => JSON.parse(readFileSync(path, 'utf8')) as CaseFile;

/** Returns the name of a list: its file name without the extension. */
export const caseName = (path: string): string => basename(path, '.json');
