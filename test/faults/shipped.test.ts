import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { SHIPPED_SCENARIOS } from '../../src/faults/scenario-file/library.ts';
import { loadScenarios } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { readSource } from './shipped-support.ts';

interface ScenarioDocument {
  readonly scenario: string;
  readonly description: string;
  readonly expect: string;
}

const root = new URL('../../', import.meta.url);
const files = readdirSync(new URL('scenarios/', root)).filter((name) => name.endsWith('.yaml'));
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const documents: readonly ScenarioDocument[] = files.flatMap(
  (file) => parse(textOf(`scenarios/${file}`)) as readonly ScenarioDocument[],
);

const schema = JSON.parse(textOf('schemas/scenario.schema.json'));
const validate = new Ajv({ strict: false }).compile(schema);
const known = new KnownOperations(buildRoutes(DIALECTS).operations);

/** Yields every part of a schema that has examples. */
function* partsWithExamples(part: unknown): IterableIterator<{ readonly examples: readonly unknown[] }> {
  if (typeof part !== 'object' || part === null) return;
  if ('examples' in part && Array.isArray(part.examples)) yield { ...part, examples: part.examples };
  for (const inner of Object.values(part)) yield* partsWithExamples(inner);
}

describe('examples of the published schema, which editors suggest', () => {
  test('list all operations', () => {
    const { operation } = schema.definitions.match.properties;
    expect([...operation.examples].sort()).toEqual([...known.names].sort());
    expect(operation.items.examples).toEqual(operation.examples);
  });

  test('are valid', () => {
    const parts = [...partsWithExamples(schema)];
    expect(parts.length).toBeGreaterThan(5);
    for (const { examples, ...rest } of parts) {
      const isValid = new Ajv({ strict: false }).compile({ definitions: schema.definitions, ...rest });
      expect(examples.filter((example) => !isValid(example))).toEqual([]);
    }
  });
});

describe('shipped scenario files', () => {
  test.each(files)('%s matches the published schema', (file) => {
    validate(parse(textOf(`scenarios/${file}`)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each(files)('%s refers editors to the published schema', (file) => {
    const [, path] = /^# yaml-language-server: \$schema=(.*)$/m.exec(textOf(`scenarios/${file}`)) ?? [];
    const referred = JSON.parse(readFileSync(new URL(path as string, new URL('scenarios/', root)), 'utf8'));
    expect(referred.title).toBe('Sideglance scenario file');
  });

  test('are each enabled by a test', () => {
    const sources = readdirSync(new URL('.', import.meta.url))
      .filter((name) => /^shipped-.*\.test\.ts$/.test(name))
      .map(readSource)
      .join('\n');
    const untested = documents.filter(({ scenario }) => !new RegExp(`['( ]${scenario}[':, ]`).test(sources));
    expect(
      untested.map(({ scenario }) => `Add a test that enables "${scenario}" to test/faults/shipped-<theme>.test.ts.`),
    ).toEqual([]);
  });

  test('load without notes', () => {
    const scenarios = loadScenarios([SHIPPED_SCENARIOS], known);
    expect(scenarios.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`))).toEqual([]);
  });

  test('describe the fault and the expected client behavior in whole sentences', () => {
    const incomplete = documents.filter((document) =>
      [document.description, document.expect].some((text) => !/^[A-Z].*\.$/s.test(text)),
    );
    expect(incomplete.map(({ scenario }) => scenario)).toEqual([]);
  });
});
