import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { generatedFiles, triggerImageId } from '../../scripts/shipped-scenarios.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { GENERATED_SCENARIOS, ScenarioLibrary, SHIPPED_SCENARIOS } from '../../src/faults/scenario-file/library.ts';
import { loadScenarios } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';

const { operations } = buildRoutes(DIALECTS);
const all = loadScenarios(
  [SHIPPED_SCENARIOS, join(SHIPPED_SCENARIOS, GENERATED_SCENARIOS)],
  new KnownOperations(operations),
);

test.each([...generatedFiles(DIALECTS.map(({ contract }) => contract))])(
  '%s is up to date (run "npm run generate")',
  (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  },
);

test('scenarios/.generated/answers has one file for each API', () => {
  expect(readdirSync(join(SHIPPED_SCENARIOS, GENERATED_SCENARIOS)).sort()).toEqual(
    DIALECTS.map(({ name }) => `${name}.json`).sort(),
  );
});

test('Every shipped scenario is valid, and the library loads the same scenarios without the checks', () => {
  const library = new ScenarioLibrary({ operations });
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  expect([...library.all()].sort(byName)).toEqual([...all].sort(byName));
});

test('Only the trigger images are enabled from the start', () => {
  expect(all.filter(({ isEnabled }) => isEnabled).map(({ name }) => name)).toEqual(['trigger-images']);
  expect(new ScenarioLibrary({ operations }).enabledFromStart()).toHaveLength(1);
});

test('Every scenario has a description, and every hand-written one an expectation', () => {
  expect(all.filter(({ description }) => description === '')).toEqual([]);
  expect(all.filter(({ place, expect: expectation }) => !place.includes('/answers/') && !expectation)).toEqual([]);
});

test('Every documented status of every operation has a scenario (run "npm run generate")', () => {
  const names = new Set(all.map(({ name }) => name));
  const pairs = operations.flatMap(({ name, operation }) => operation.statuses.map((status) => `${name}.${status}`));
  expect(pairs.filter((pair) => !names.has(pair))).toEqual([]);
});

test('The default fixtures contain every trigger image', () => {
  const ids = new Set(defaultFixtures().images.map(({ id }) => id));
  const triggers =
    all.find(({ name }) => name === 'trigger-images')?.rules.map(({ match }) => match.image?.id ?? '') ?? [];
  expect(triggers.length).toBeGreaterThan(15);
  expect(triggers).toContain(triggerImageId('deleteImage', 403));
  expect(triggers.filter((id) => !ids.has(id))).toEqual([]);
});
