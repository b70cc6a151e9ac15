import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { codeOf, SCHEMAS } from '../../scripts/checks.ts';
import { isObject } from '../../src/base/json.ts';
import { isBase64 } from '../../src/contract/base64.ts';
import type { IsValid } from '../../src/contract/compiled-checks.ts';
import { compile, type JsonSchema } from '../../src/contract/schema.ts';
import { RULE_SCHEMA, SCENARIO_SCHEMA } from '../../src/faults/scenario-file/scenario-schema.ts';
import { FIXTURES_SCHEMA } from '../../src/fixtures/fixture-schema.ts';
import { packageFile } from '../../src/input/package-files.ts';

const load = createRequire(import.meta.url);
const formats = () => ({ ...load('ajv-formats/dist/formats').fullFormats, base64: isBase64 });

/** The check of a build. */
function compiled(schema: JsonSchema): IsValid {
  const module: { exports: (formats: () => object) => IsValid } = { exports: () => () => false };
  new Function('module', 'require', codeOf(schema))(module, load);
  return module.exports(formats);
}

const SCALARS = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e12,
  '',
  'x',
  'x'.repeat(300),
  '2030-01-01T00:00:00Z',
  'YWJj',
  'a b',
];

/** Values of all types, and objects and lists in which each member of a schema has one of them. */
function samplesOf(schema: JsonSchema): readonly unknown[] {
  const names = isObject(schema['properties']) ? Object.keys(schema['properties']) : ['a'];
  const objects = names.flatMap((name) => [...SCALARS, {}, [], [{}]].map((value) => ({ [name]: value })));
  return [...SCALARS, {}, [], [null], ...objects, ...objects.map((object) => [object])];
}

const shipped = (path: string): unknown => JSON.parse(readFileSync(packageFile(path), 'utf8'));

test('compiled checks accept what ajv accepts, and nothing else', () => {
  for (const schema of SCHEMAS) {
    const [isValid, violationsOf] = [compiled(schema), compile(schema)];
    for (const value of samplesOf(schema))
      expect([value, isValid(value)]).toEqual([value, violationsOf(value).length === 0]);
  }
});

test('compiled checks accept the shipped files', () => {
  const { document } = shipped('fixtures/.generated/default.json') as { readonly document: unknown };
  expect(compiled(FIXTURES_SCHEMA)(document)).toBe(true);
  expect(compiled(FIXTURES_SCHEMA)({ ...(document as object), imagess: [] })).toBe(false);
  const rule = { match: { operation: 'image-v2.*' }, fault: { answer: 503 } };
  expect(compiled(RULE_SCHEMA)(rule)).toBe(true);
  const scenario = { scenario: 'one', description: 'One.', rules: [rule] };
  expect(compiled(SCENARIO_SCHEMA)(scenario)).toBe(true);
  expect(compiled(SCENARIO_SCHEMA)({ ...scenario, rules: [{ ...rule, fault: { answer: '503' } }] })).toBe(false);
});
