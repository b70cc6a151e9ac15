import { expect, test } from '@jest/globals';
import { problemsOf } from '../support/docs/check-page.ts';
import { API_PAGES } from '../support/docs/pages.ts';

test.each(API_PAGES)('the blocks of %s run when they are pasted one after the other', async (page) => {
  expect((await problemsOf(page)).join('\n\n')).toBe('');
});
