import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildRoutes } from '../../../src/dialects/routes.ts';
import { loadScenarios } from '../../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../../src/faults/scenario-file/operations.ts';
import { blocksOf } from '../../support/docs/markdown.ts';
import { filesOf } from '../../support/files.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/scenarios.md'), 'utf8');

/** Returns the code blocks of the guide in a language. */
const blocks = (language: string): readonly string[] =>
  blocksOf(page).flatMap((block) => (block.language === language ? [block.text] : []));

/** The code blocks of files, by file name. */
const files = new Map(
  [...blocks('yaml'), ...blocks('js')].map((text) => [/^(?:#|\/\/) (\S+)\n/.exec(text)?.[1] as string, text]),
);
const scenarioFiles = [...files].filter(([name]) => name.startsWith('my-scenarios/'));

/** Creates a directory with files of the guide. */
function pageFiles(): string {
  const directory = filesOf({})();
  for (const [name, text] of files) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

describe('the scenario files of the guide', () => {
  const known = new KnownOperations(buildRoutes(DIALECTS).operations);
  const schema = JSON.parse(readFileSync(join(root, 'schemas/scenario.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);

  test('load together without notes', () => {
    expect(scenarioFiles.length).toBeGreaterThan(8);
    const scenarios = loadScenarios([join(pageFiles(), 'my-scenarios')], known);
    expect(scenarios.length).toBeGreaterThan(15);
    expect(scenarios.filter(({ description }) => !description.endsWith('.'))).toEqual([]);
    expect(scenarios.flatMap(({ notes }) => notes)).toEqual([]);
  });

  test.each(scenarioFiles)('%s matches the published schema', (_name, text) => {
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refer to the schema in the installed package', () => {
    const paths = [...page.matchAll(/(?:\$schema[=:"]+ ?"?)(\.\.\/\S*?\.json)/g)].map(([, path]) => path as string);
    expect(paths).toHaveLength(3);
    for (const path of paths)
      expect(join('/project/my-scenarios', path)).toBe('/project/node_modules/sideglance/schemas/scenario.schema.json');
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files).toContain('schemas');
  });

  test('load in JSON, with the member $schema', () => {
    const [, json] = blocks('json');
    const path = filesOf({ 'a.json': json as string })('a.json');
    expect(loadScenarios([path], known).map(({ name }) => name)).toEqual(['images-not-found']);
    validate(JSON.parse(json as string));
    expect(validate.errors ?? []).toEqual([]);
  });
});
