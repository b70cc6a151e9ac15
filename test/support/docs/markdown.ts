import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Directory of the repository, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A fenced code block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Line of the fence in the page, from 1. */
  readonly line: number;
}

/** Reads a Markdown page, given by its path in the repository. */
export const readPage = (path: string): string => readFileSync(new URL(path, `file://${ROOT}`), 'utf8');

const FENCE = /^( *)```([a-z]*)[^\n]*\n([\s\S]*?)^\1```$/gm;

/** Returns the code blocks of a page, without their indentation. */
export const blocksOf = (page: string): readonly CodeBlock[] =>
  [...page.matchAll(FENCE)].map(({ 1: indent = '', 2: language = '', 3: text = '', index }) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: page.slice(0, index).split('\n').length,
  }));

/** Returns a page without its code blocks. The line breaks remain, so that lines keep their numbers. */
export const proseOf = (page: string): string => page.replaceAll(FENCE, (block) => block.replaceAll(/[^\n]/g, ''));

/** The anchor that GitHub and VitePress give a heading. */
const slugOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');

/** Returns the anchors of a page: its headings, and `id` attributes. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const prose = proseOf(page);
  const slugs = [...prose.matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = '']) => {
    const slug = slugOf(heading);
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set([...slugs, ...[...prose.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)]);
}

/** A link in a page. */
export interface Link {
  readonly target: string;
  readonly line: number;
}

/** Returns the links and images of a page that do not lead to other hosts. */
export function linksOf(page: string): readonly Link[] {
  const prose = proseOf(page).replaceAll(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|<img [^>]*src="([^"]+)"/g)]
    .map(({ 1: link, 2: image, index }) => ({
      target: (link ?? image) as string,
      line: prose.slice(0, index).split('\n').length,
    }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}
