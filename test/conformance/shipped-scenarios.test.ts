import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { generatedFiles, triggerImageId } from '../../scripts/shipped-scenarios.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { ScenarioLibrary, SHIPPED_SCENARIOS } from '../../src/faults/scenario-file/library.ts';
import { loadScenarios } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';

const { operations } = buildRoutes(DIALECTS);
const all = loadScenarios([SHIPPED_SCENARIOS, join(SHIPPED_SCENARIOS, 'answers')], new KnownOperations(operations));

test.each([...generatedFiles(DIALECTS.map(({ contract }) => contract))])(
  '%s is what "npx tsx scripts/generate-answers.ts" writes',
  (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  },
);

test('no answers are left of an API that is no more', () => {
  expect(readdirSync(join(SHIPPED_SCENARIOS, 'answers')).sort()).toEqual(
    DIALECTS.map(({ name }) => `${name}.json`).sort(),
  );
});

test('every shipped file passes all checks, and the library reads the same out of it without them', () => {
  const library = new ScenarioLibrary({ operations });
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  expect([...library.all()].sort(byName)).toEqual([...all].sort(byName));
});

test('only the trigger images play from the start', () => {
  expect(all.filter(({ isEnabled }) => isEnabled).map(({ name }) => name)).toEqual(['trigger-images']);
  expect(new ScenarioLibrary({ operations }).enabledFromStart()).toHaveLength(1);
});

test('every scenario says what it does, and those written by hand what a good client does', () => {
  expect(all.filter(({ description }) => description === '')).toEqual([]);
  expect(all.filter(({ place, expect: wish }) => !place.includes('/answers/') && !wish)).toEqual([]);
});

test('every documented answer of every operation has a scenario of its name', () => {
  const names = new Set(all.map(({ name }) => name));
  const pairs = operations.flatMap(({ name, operation }) => operation.statuses.map((status) => `${name}.${status}`));
  expect(pairs.filter((pair) => !names.has(pair))).toEqual([]);
});

test('the default fixtures hold every image that the trigger images are about', () => {
  const ids = new Set(defaultFixtures().images.map(({ id }) => id));
  const wanted =
    all.find(({ name }) => name === 'trigger-images')?.rules.map(({ match }) => match.image?.id ?? '') ?? [];
  expect(wanted.length).toBeGreaterThan(15);
  expect(wanted).toContain(triggerImageId('deleteImage', 403));
  expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
});
