import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { differencesPage } from '../../scripts/differences.ts';
import { DIALECTS } from '../../src/dialects/index.ts';

const contracts = DIALECTS.map(({ contract }) => contract);

test('the page of differences is what "npx tsx scripts/write-generated.ts" writes', async () => {
  const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');
  expect(page).toBe(await differencesPage(contracts));
});
