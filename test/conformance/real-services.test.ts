import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { differencesInNotes, realServicesPage } from '../../scripts/real-services.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { KNOWN } from './known-differences.ts';

const contracts = DIALECTS.map(({ contract }) => contract);
const page = readFileSync(new URL('../../docs/differences-from-real-services.md', import.meta.url), 'utf8');

test('docs/differences-from-real-services.md is up to date (run "npm run generate")', () => {
  expect(page).toBe(realServicesPage(contracts));
});

test('The page has every recorded difference, with its reason and its day', () => {
  const items = page.split(/^- /m).map((item) => item.replaceAll(/\s+/g, ' '));
  for (const { list, reason, since } of KNOWN) {
    expect(since).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(items.filter((item) => item.startsWith(`\`${list}\`, `))).toContainEqual(
      expect.stringContaining(` *${reason}* Since ${since}.`),
    );
  }
});

test.each(contracts.map(({ name }) => name))('The notes of %s say how it differs from the service', (name) => {
  expect(differencesInNotes(name)).not.toBe('');
});
