import { expect, test } from '@jest/globals';
import { problemsOf } from '../support/docs/check-page.ts';
import { blocksOf, readPage } from '../support/docs/markdown.ts';
import { API_PAGES, PAGES } from '../support/docs/pages.ts';

const GUIDES = PAGES.filter((page) => !API_PAGES.includes(page) && blocksOf(readPage(page)).length > 0);

test.each(GUIDES)('the blocks of %s run when they are pasted one after the other', async (page) => {
  expect((await problemsOf(page)).join('\n\n')).toBe('');
});
