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
  for (const { list, reason, since } of KNOWN) {
    expect(since).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(page.split('\n')).toContainEqual(expect.stringMatching(new RegExp(`^\\| \`${list}\` .* ${since} \\|$`)));
    expect(page).toContain(reason);
  }
});

test.each(contracts.map(({ name }) => name))('The notes of %s say how it differs from the service', (name) => {
  expect(differencesInNotes(name)).not.toBe('');
});
