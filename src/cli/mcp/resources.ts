import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../index.ts';

const PREFIX = 'sideglance://docs/';

/** A page of the documentation. */
export interface Page {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: 'text/markdown';
}

/** Lists the pages of the documentation. */
export function listPages(): readonly Page[] {
  const folder = packageFile('docs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => ({ uri: PREFIX + file, name: file, title: titleOf(join(folder, file)), mimeType: 'text/markdown' }));
}

/** Returns the text of a page; `undefined` for an unknown one. */
export function readPage(uri: string): string | undefined {
  const page = listPages().find((one) => one.uri === uri);
  return page === undefined ? undefined : readFileSync(join(packageFile('docs'), page.name), 'utf8');
}

const titleOf = (file: string): string => /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
