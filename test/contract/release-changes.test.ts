import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { releasesPage } from '../../scripts/releases-page.ts';
import { changesBetween } from '../../src/contract/release-changes.ts';
import { DIALECTS } from '../../src/dialects/index.ts';

const contracts = DIALECTS.map(({ contract }) => contract);
const imageApi = contracts.find(({ name }) => name === 'image-v2');

test('changes are those after the older release, up to the newer one', () => {
  const operations = (from: 'zed' | '2025.1', to: '2025.1' | '2026.2') =>
    changesBetween(imageApi as NonNullable<typeof imageApi>, { from, to }).flatMap((change) => change.operations);
  expect(operations('zed', '2025.1')).toContain('addImageLocation');
  expect(operations('zed', '2025.1')).not.toContain('cleanCache');
  expect(operations('2025.1', '2026.2')).toContain('cleanCache');
  expect(operations('2025.1', '2026.2')).not.toContain('addImageLocation');
  expect(operations('zed', '2026.2')).toEqual(expect.arrayContaining(['addImageLocation', 'cleanCache']));
});

test('the default of a profile changes once, from one choice to the other', () => {
  const changes = changesBetween(imageApi as NonNullable<typeof imageApi>, { from: 'zed', to: '2026.2' });
  expect(changes.filter(({ what }) => what.includes('x-openstack-image-size'))).toMatchObject([
    {
      since: '2026.2',
      operations: [],
      before: expect.stringMatching(/^Ignored/),
      after: expect.stringContaining('400'),
    },
  ]);
});

test('every operation that a change names exists', () => {
  for (const { name, operations, changes = [] } of contracts)
    for (const change of changes)
      for (const id of change.operations) expect(`${name}.${id}`).toBe(operations[id] && `${name}.${id}`);
});

test('docs/releases.md is up to date', () => {
  expect(readFileSync(new URL('../../docs/releases.md', import.meta.url), 'utf8')).toBe(releasesPage(contracts));
});
