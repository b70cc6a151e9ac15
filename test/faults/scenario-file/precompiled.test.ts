import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { PARSED_SCENARIOS, parseScenarioFiles } from '../../../src/faults/scenario-file/precompiled.ts';
import { filesOf } from '../../support/files.ts';
import { OPERATIONS } from '../support.ts';

const YAML = `
scenario: gone
description: As written.
rules: [{ match: { operation: red.deleteImage }, fault: { answer: 404 } }]
`;

/**
 * Creates a directory of shipped scenarios.
 * @param parsedDescription - description in the precompiled file, which differs from the one in the YAML file.
 * @param text - the YAML file after it was precompiled.
 */
function shippedDirectory(parsedDescription: string, text = YAML): string {
  const path = filesOf({ 'a.yaml': YAML });
  const parsed = parseScenarioFiles([path('a.yaml')]);
  const value = { ...(parsed['a.yaml']?.value as object), description: parsedDescription };
  const file = join(path(), PARSED_SCENARIOS);
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify({ 'a.yaml': { ...parsed['a.yaml'], value } }));
  writeFileSync(path('a.yaml'), text);
  return path();
}

const descriptionIn = (directory: string): string | undefined =>
  new ScenarioLibrary({ operations: OPERATIONS, shipped: directory }).get('gone')?.description;

test('uses the precompiled scenario when the file is unchanged', () => {
  expect(descriptionIn(shippedDirectory('As precompiled.'))).toBe('As precompiled.');
});

test('reads a file that was edited after it was precompiled', () => {
  expect(descriptionIn(shippedDirectory('As precompiled.', YAML.replace('written', 'edited')))).toBe('As edited.');
});

test('reads a file when the precompiled one is missing or invalid', () => {
  const path = filesOf({ 'a.yaml': YAML });
  expect(descriptionIn(path())).toBe('As written.');
  const broken = shippedDirectory('As precompiled.');
  writeFileSync(join(broken, PARSED_SCENARIOS), '{');
  expect(descriptionIn(broken)).toBe('As written.');
});
