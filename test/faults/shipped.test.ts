import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { SHIPPED_SCENARIOS } from '../../src/faults/scenario-file/library.ts';
import { loadScenarios } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { sourceOf } from './shipped-support.ts';

interface Written {
  readonly scenario: string;
  readonly description: string;
  readonly expect: string;
}

const root = new URL('../../', import.meta.url);
const files = readdirSync(new URL('scenarios/', root)).filter((name) => name.endsWith('.yaml'));
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const written: readonly Written[] = files.flatMap((file) => parse(textOf(`scenarios/${file}`)) as readonly Written[]);

const schema = JSON.parse(textOf('schemas/scenario.schema.json'));
const validate = new Ajv({ strict: false }).compile(schema);
const known = new KnownOperations(buildRoutes(DIALECTS).operations);

/** Every part of a schema that offers examples. */
function* offering(part: unknown): IterableIterator<{ readonly examples: readonly unknown[] }> {
  if (typeof part !== 'object' || part === null) return;
  if ('examples' in part && Array.isArray(part.examples)) yield { ...part, examples: part.examples };
  for (const inner of Object.values(part)) yield* offering(inner);
}

describe('What the published schema offers to editors', () => {
  test('are all operations', () => {
    const { operation } = schema.definitions.match.properties;
    expect([...operation.examples].sort()).toEqual([...known.names].sort());
    expect(operation.items.examples).toEqual(operation.examples);
  });

  test('are values that it takes', () => {
    const parts = [...offering(schema)];
    expect(parts.length).toBeGreaterThan(5);
    for (const { examples, ...rest } of parts) {
      const fits = new Ajv({ strict: false }).compile({ definitions: schema.definitions, ...rest });
      expect(examples.filter((example) => !fits(example))).toEqual([]);
    }
  });
});

describe('The scenarios that are written by hand', () => {
  test.each(files)('%s is what the published schema describes', (file) => {
    validate(parse(textOf(`scenarios/${file}`)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each(files)('%s names that schema for editors, where it is', (file) => {
    const [, path] = /^# yaml-language-server: \$schema=(.*)$/m.exec(textOf(`scenarios/${file}`)) ?? [];
    const found = JSON.parse(readFileSync(new URL(path as string, new URL('scenarios/', root)), 'utf8'));
    expect(found.title).toBe('Sideglance scenario file');
  });

  test('are played by a test each', () => {
    const sources = readdirSync(new URL('.', import.meta.url))
      .filter((name) => /^shipped-.*\.test\.ts$/.test(name))
      .map(sourceOf)
      .join('\n');
    const untold = written.filter(({ scenario }) => !new RegExp(`['( ]${scenario}[':, ]`).test(sources));
    expect(untold.map(({ scenario }) => scenario)).toEqual([]);
  });

  test('have nothing about them that is odd', () => {
    const scenarios = loadScenarios([SHIPPED_SCENARIOS], known);
    expect(scenarios.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`))).toEqual([]);
  });

  test('say in whole sentences what happens and what a good client does', () => {
    const unfinished = written.filter((one) =>
      [one.description, one.expect].some((text) => !/^[A-Z].*\.$/s.test(text)),
    );
    expect(unfinished.map(({ scenario }) => scenario)).toEqual([]);
  });
});
