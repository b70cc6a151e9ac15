import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { anchorsOf, linksOf, ROOT, readPage } from '../support/docs/markdown.ts';

/** Folders with pages for readers. */
const FOLDERS = ['docs', 'fixtures', 'scenarios', 'examples', 'clients', 'conformance', 'src/dialects'];

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name));

const PAGES = [...readdirSync(ROOT).filter((name) => name.endsWith('.md')), ...FOLDERS.flatMap(markdownIn)].sort();

const anchors = new Map<string, ReadonlySet<string>>();
function anchorsIn(path: string): ReadonlySet<string> {
  const known = anchors.get(path) ?? anchorsOf(readPage(path));
  anchors.set(path, known);
  return known;
}

/** Returns the path that a link of a page leads to, and its anchor. */
function resolve(page: string, target: string): { readonly path: string; readonly anchor: string | undefined } {
  const [file = '', anchor] = target.split('#');
  return { path: file === '' ? page : join(dirname(page), decodeURIComponent(file)), anchor };
}

/** Returns a message for each link of a page that leads nowhere. */
function deadLinks(page: string): readonly string[] {
  return linksOf(readPage(page)).flatMap(({ target, line }) => {
    const { path, anchor } = resolve(page, target);
    if (!existsSync(join(ROOT, path))) return [`${page}:${line}: there is no file ${path}`];
    if (anchor === undefined || !path.endsWith('.md') || anchorsIn(path).has(anchor)) return [];
    return [`${page}:${line}: ${path} has no heading #${anchor}`];
  });
}

test.each(PAGES)('the links and anchors of %s exist', (page) => {
  expect(deadLinks(page)).toEqual([]);
});

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

/** The files that `npm pack` would put into the package. */
function packagedFiles(): ReadonlySet<string> {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Set((JSON.parse(output) as readonly Packed[])[0]?.files.map(({ path }) => path));
}

test('the links of the pages in the npm package lead to files of the package', () => {
  const files = packagedFiles();
  const isPackaged = (path: string): boolean =>
    statSync(join(ROOT, path)).isDirectory()
      ? [...files].some((file) => file.startsWith(path.endsWith('/') ? path : `${path}/`))
      : files.has(path);
  const outside = PAGES.filter((page) => files.has(page)).flatMap((page) =>
    linksOf(readPage(page))
      .map(({ target, line }) => ({ path: resolve(page, target).path, line }))
      .filter(({ path }) => existsSync(join(ROOT, path)) && !isPackaged(path))
      .map(({ path, line }) => `${page}:${line}: ${path} is not in the package`),
  );
  expect(files.has('README.md')).toBe(true);
  expect(outside).toEqual([]);
});

test('the index of the documentation links to every page', () => {
  const linked = new Set(linksOf(readPage('docs/README.md')).map(({ target }) => join('docs', target)));
  const pages = markdownIn('docs').filter((page) => dirname(page) === 'docs' && page !== 'docs/README.md');
  expect(pages.filter((page) => !linked.has(page))).toEqual([]);
});
