import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as library from '../../src/index.ts';

const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
const OPTIONS = /unknown option .*allowed: (.*)/;

let cloud: library.Sideglance;
beforeEach(async () => {
  cloud = await library.startSideglance();
});
afterEach(() => cloud.close());

/** Returns a message for each name that docs/library.md does not describe. */
const missingIn = (names: readonly string[], isDescribed: (name: string) => boolean): readonly string[] =>
  names.filter((name) => !isDescribed(name)).map((name) => `${name} is missing in docs/library.md`);

test('docs/library.md describes every exported function, class and constant', () => {
  const names = Object.keys(library);
  expect(names.length).toBeGreaterThan(10);
  expect(missingIn(names, (name) => page.includes(`\`${name}`))).toEqual([]);
});

/** The names in the export lists of a file. */
function exportedNames(file: string): readonly string[] {
  const lists = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').matchAll(
    /^export [^{*]*\{([^}]*)\}/gm,
  );
  return [...lists].flatMap(([, list = '']) => list.match(/\w+(?=,|\s*$)/g) ?? []);
}

test('docs/library.md names every exported type', () => {
  const names = exportedNames('index.ts');
  expect(names).toEqual(expect.arrayContaining(['SideglanceOptions', 'CertificateKind', 'Har']));
  expect(missingIn(names, (name) => page.includes(`\`${name}`))).toEqual([]);
});

test.each(['jest', 'vitest', 'node-test'])('docs/testing.md names every type of sideglance/%s', (runner) => {
  const names = exportedNames(`testing/runners/${runner}.ts`);
  expect(names).toContain('TestingOptions');
  const testing = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
  expect(names.filter((name) => !testing.includes(`\`${name}`))).toEqual([]);
});

test('docs/library.md describes every option of startSideglance', async () => {
  const error = await library.startSideglance({ nonsense: 1 } as library.SideglanceOptions).catch(String);
  const options = (OPTIONS.exec(error as string)?.[1] ?? '').split(', ');
  expect(options.length).toBeGreaterThan(10);
  expect(missingIn(options, (option) => page.includes(`\`${option}\``))).toEqual([]);
});

test('docs/library.md describes every method and property of a Sideglance and its worlds', () => {
  const control = cloud.world();
  // The members of a control are getters of its prototype.
  const names = Object.keys(Object.getPrototypeOf(control)) as (keyof library.WorldControl)[];
  expect(names).toContain('describe');
  const members = { ...cloud, ...Object.fromEntries(names.map((name) => [name, control[name]])) };
  const groups = Object.entries<unknown>(members).filter(([, value]) => typeof value === 'object');
  expect(groups.length).toBeGreaterThan(5);
  const methods = groups.flatMap(([group, methods]) => (group === 'own' ? [] : Object.keys(methods as object)));
  expect(missingIn(methods, (method) => page.includes(`\`${method}(`))).toEqual([]);
  expect(missingIn(Object.keys(members), (name) => new RegExp(`\`${name}[\`(]`).test(page))).toEqual([]);
});
