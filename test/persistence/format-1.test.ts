import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { anImage, inputErrorOf, openDocuments, savedWorlds } from '../support/documents.ts';
import { filesOf } from '../support/files.ts';

const IMAGES = `{\n"one":${JSON.stringify(anImage('one'))}}`;
const STATE = `{"sideglance":"state","format":1,"generation":3,"nextLayer":3,"worlds":[{"name":"default","origin":1,"present":2}],"layers":[
{"id":1,"parent":null,"documents":{"tokens":{"t0":1}},"images":${IMAGES}},
{"id":2,"parent":1,"documents":{},"images":{}}]}
`;
const LOG = `{"generation":3}
["image",2,${JSON.stringify(anImage('two'))}]
["document",2,"tokens","t1",2]
`;

let file: string;

beforeEach(() => {
  file = filesOf({})('state.json');
  writeFileSync(file, STATE);
  writeFileSync(`${file}.log`, LOG);
});

describe('a state file of an earlier release, without checksums', () => {
  test('is opened with the changes of its log, and written anew with checksums', async () => {
    const documents = await openDocuments(file);
    const present = { images: { one: 'name of one', two: 'name of two' }, documents: { tokens: { t0: 1, t1: 2 } } };
    expect(savedWorlds(documents)['default']?.present).toEqual(present);
    expect(documents.notices).toEqual([expect.stringContaining('it is written anew, with checksums')]);
    expect(readFileSync(file, 'utf8')).toMatch(/^\["[0-9a-f]{8}",0,0,"state",\{"format":2,"generation":4,/);
    documents.of('default').putImage(anImage('three'));
    const again = await openDocuments(file);
    expect(Object.keys(savedWorlds(again)['default']?.present.images ?? {})).toEqual(['one', 'three', 'two']);
    expect(again.notices).toEqual([]);
  });

  test('is opened again if the process ended before it removed the log of that release', async () => {
    await (await openDocuments(file)).close();
    writeFileSync(`${file}.log`, LOG);
    expect(Object.keys(savedWorlds(await openDocuments(file))['default']?.present.images ?? {})).toEqual([
      'one',
      'two',
    ]);
  });

  test.each([
    ['only half of its text', (text: string) => text.slice(0, text.length / 2), ''],
    ['nothing', () => '', ''],
    ['JSON of another program', () => '{"posts": []}', '/sideglance'],
    ['a list', () => '[]', '/sideglance'],
    ['another format', (text: string) => text.replace('"format":1', '"format":9'), '/format'],
    ['an invalid generation', (text: string) => text.replace('"generation":3', '"generation":"x"'), '/generation'],
    ['an invalid status', (text: string) => text.replace('"active"', '"actve"'), '/layers/0/images/one/status'],
    ['an image without a member', (text: string) => text.replace('"minRam":0,', ''), '/layers/0/images/one/minRam'],
    [
      'an image under the id of another',
      (text: string) => text.replace('"id":"one"', '"id":"two"'),
      '/layers/0/images/one/id',
    ],
    ['an unknown parent layer', (text: string) => text.replace('"parent":null', '"parent":77'), '/layers/0'],
    ['a world on an unknown layer', (text: string) => text.replace('"origin":1', '"origin":99'), '/worlds/0'],
  ])('that contains %s is rejected with the pointer of the error', async (_, corrupt, pointer) => {
    writeFileSync(file, corrupt(STATE));
    const error = await inputErrorOf(openDocuments(file));
    expect(error.place).toBe(file);
    expect(error.issues.map((issue) => issue.pointer)).toContain(pointer);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test.each([
    ['text that is not JSON', 'garbage', 'expected JSON'],
    ['a record of an unknown kind', '["explode",1]', 'expected a record of a known kind'],
    ['an invalid image of an unknown layer', '["image",99,{}]', 'expected the id of an earlier layer'],
    ['an invalid document of an unknown layer', '["document",99,1]', 'expected the id of an earlier layer'],
    ['an invalid image', '["image",1,{"id":"x"}]', 'is missing'],
    ['a record that is not a list', '{}', 'expected a record'],
  ])('whose log contains %s in a complete line is rejected with the line number', async (_, line, message) => {
    appendFileSync(`${file}.log`, `${line}\n`);
    const error = await inputErrorOf(openDocuments(file));
    expect(error.place).toBe(`${file}.log`);
    expect(error.issues[0]).toMatchObject({ line: 4, message });
  });
});
