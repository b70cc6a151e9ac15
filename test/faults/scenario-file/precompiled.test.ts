import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ScenarioLibrary } from '../../../src/faults/scenario-file/library.ts';
import { PARSED_SCENARIOS, parseScenarioFiles } from '../../../src/faults/scenario-file/precompiled.ts';
import { filesOf } from '../../support/files.ts';
import { OPERATIONS } from '../support.ts';

const YAML = `
scenario: gone
description: As it was written.
rules: [{ match: { operation: red.deleteImage }, fault: { answer: 404 } }]
`;

/** A directory of shipped scenarios, whose file was parsed as something else before it came to be what it is. */
function shipped(parsedDescription: string, text = YAML): string {
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

test('What was parsed beforehand is taken for a file that is as it was', () => {
  expect(descriptionIn(shipped('As it was parsed.'))).toBe('As it was parsed.');
});

test('A file that was edited since is read', () => {
  expect(descriptionIn(shipped('As it was parsed.', YAML.replace('written', 'edited')))).toBe('As it was edited.');
});

test('A file is read where nothing was parsed, or what was parsed cannot be read', () => {
  const path = filesOf({ 'a.yaml': YAML });
  expect(descriptionIn(path())).toBe('As it was written.');
  const broken = shipped('As it was parsed.');
  writeFileSync(join(broken, PARSED_SCENARIOS), '{');
  expect(descriptionIn(broken)).toBe('As it was written.');
});
