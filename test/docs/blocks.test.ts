import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksOf, ROOT, readPage } from '../support/docs/markdown.ts';
import { OWN_TESTS, PAGES } from '../support/docs/pages.ts';
import { fileNameOf } from '../support/docs/session.ts';

/** Languages whose blocks are run or validated on every page; `text` is output, which nobody pastes. */
const CHECKED = ['sh', 'console', 'js', 'yaml', 'json', 'text'];

/** Languages of files that commands of the same page run, with DOCS_CLIENTS=1. */
const FILES = ['py', 'go', 'ruby'];

/** Returns a message for each block of a page that no test runs or validates. */
function uncheckedBlocks(path: string): readonly string[] {
  const page = readPage(path);
  return blocksOf(page).flatMap((block) => {
    const { language, line } = block;
    if (CHECKED.includes(language) || (FILES.includes(language) && fileNameOf(block) !== undefined)) return [];
    return [`${path}:${line}: no test runs or validates blocks of the language "${language}" without a file name`];
  });
}

test.each(PAGES)('every block of %s is run or validated', (path) => {
  expect(uncheckedBlocks(path)).toEqual([]);
});

test.each(PAGES)('the text blocks of %s are no commands', (path) => {
  const commands = blocksOf(readPage(path)).filter(
    ({ language, text }) => language === 'text' && /^(?:\$ )?(?:curl|npm|docker|eval) /m.test(text),
  );
  expect(commands.map(({ line }) => `${path}:${line}`)).toEqual([]);
});

test.each(Object.entries(OWN_TESTS))('the blocks of %s have tests in %s', (path, file) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(path.slice(path.indexOf('/') + 1));
});
