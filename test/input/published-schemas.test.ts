import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { loadCases } from '../../src/conform/load.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { loadScenarios } from '../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../src/faults/scenario-file/operations.ts';
import { loadFixtures } from '../../src/fixtures/fixture-file.ts';
import { filesOf } from '../support/files.ts';

/** A kind of file that users write: the folder of the shipped ones, their schema, and the loader. */
interface Kind {
  readonly folder: string;
  readonly schema: string;
  readonly load: (path: string) => unknown;
  /** A small valid document. */
  readonly document: Readonly<Record<string, unknown>>;
}

const known = new KnownOperations(buildRoutes(DIALECTS).operations);

const KINDS: readonly Kind[] = [
  {
    folder: 'fixtures',
    schema: 'fixtures.schema.json',
    load: (path) => loadFixtures([path]),
    document: { projects: [{ name: 'web' }], images: [{ name: 'one', owner: 'web' }] },
  },
  {
    folder: 'scenarios',
    schema: 'scenario.schema.json',
    load: (path) => loadScenarios([path], known),
    document: {
      scenario: 'one',
      description: 'No image is found.',
      rules: [{ match: { operation: 'image-v2.showImage' }, fault: { answer: 404 } }],
    },
  },
  {
    folder: 'conformance',
    schema: 'conformance.schema.json',
    load: (path) => loadCases([path]),
    document: {
      profile: 'retry',
      description: 'One case.',
      cases: [
        {
          id: 'one',
          apis: ['image-v2'],
          task: 'show-image',
          title: 'Every read of an image returns 503.',
          correct: 'Gives up.',
          source: ['badGateway'],
          finds: ['no-retry'],
          faults: [{ match: { operation: '$show' }, fault: { answer: 503 }, undocumented: true }],
          expect: { exit: 'failure' },
        },
      ],
    },
  },
];

const root = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const shipped = KINDS.flatMap((kind) =>
  readdirSync(new URL(`${kind.folder}/`, root))
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .map((name) => ({ ...kind, file: `${kind.folder}/${name}` })),
);
const validators = new Map(
  KINDS.map(({ schema }) => [
    schema,
    new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(textOf(`schemas/${schema}`))),
  ]),
);

/** What the published schema, which editors use, finds in a document. */
function violationsOf(schema: string, document: unknown): readonly unknown[] {
  const validate = validators.get(schema);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  validate(document);
  return validate.errors ?? [];
}

/** What a loader makes of a document, as JSON without the path of its file, and without the document itself. */
function loaded(load: Kind['load'], document: object): string {
  const path = filesOf({ 'one.json': document })('one.json');
  return JSON.stringify(load(path), (key, value: unknown) => (key === 'document' ? undefined : value)).replaceAll(
    path,
    'one.json',
  );
}

describe('The published schemas', () => {
  test.each(shipped)('accept $file', ({ schema, file }) => {
    expect(violationsOf(schema, parse(textOf(file), { merge: true }))).toEqual([]);
  });

  test.each(KINDS)('reject a misspelt member in a file of $folder', ({ schema, document }) => {
    expect(violationsOf(schema, document)).toEqual([]);
    expect(violationsOf(schema, { ...document, descripton: 'x' })).toContainEqual(
      expect.objectContaining({ params: { additionalProperty: 'descripton' } }),
    );
  });

  const yaml = shipped.filter(({ file }) => !file.endsWith('.json'));
  test.each(yaml)('are named by the comment for editors in $file', ({ schema, file }) => {
    const [, address] = /^# yaml-language-server: \$schema=(.*)$/m.exec(textOf(file)) ?? [];
    expect(fileURLToPath(new URL(address ?? '', new URL(file, root)))).toBe(
      fileURLToPath(new URL(`schemas/${schema}`, root)),
    );
  });
});

describe('The member $schema, by which editors find the schema of a JSON file,', () => {
  const written = KINDS.map((kind) => ({
    ...kind,
    file: { $schema: `../node_modules/sideglance/schemas/${kind.schema}`, ...kind.document },
  }));

  test.each(written)('is valid in a file of $folder, and changes nothing', ({ schema, load, document, file }) => {
    expect(violationsOf(schema, file)).toEqual([]);
    expect(loaded(load, file)).toBe(loaded(load, document));
  });

  test.each(KINDS)('is rejected in a file of $folder when it is no text', ({ load, document }) => {
    const path = filesOf({ 'wrong.json': { $schema: 7, ...document } });
    expect(() => load(path())).toThrow(/\/\$schema: .*found 7/);
  });
});
