import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { differencesPage } from '../../scripts/differences.ts';
import { problemsPage } from '../../scripts/problems/page.ts';
import { DIALECTS } from '../../src/dialects/index.ts';

const contracts = DIALECTS.map(({ contract }) => contract);

test('docs/differences.md is up to date (run "npm run generate")', async () => {
  const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');
  expect(page).toBe(await differencesPage(contracts));
});

test('docs/problems.md is up to date (run "npm run generate")', async () => {
  const page = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');
  expect(page).toBe(await problemsPage());
});
