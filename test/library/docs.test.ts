import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as library from '../../src/index.ts';

const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
const OPTIONS = /there is no option .*allowed: (.*)/;

let cloud: library.Sideglance;
beforeEach(async () => {
  cloud = await library.startSideglance();
});
afterEach(() => cloud.close());

test('The page of the library names everything that is exported but the controls, which are had from it', () => {
  const names = Object.keys(library).filter((name) => !/Control$/.test(name));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect([name, page.includes(name)]).toEqual([name, true]);
});

test('It names every option', async () => {
  const refusal = await library.startSideglance({ nonsense: 1 } as library.SideglanceOptions).catch(String);
  const options = (OPTIONS.exec(refusal as string)?.[1] ?? '').split(', ');
  expect(options.length).toBeGreaterThan(10);
  for (const option of options) expect(page).toContain(`\`${option}\``);
});

test('It names everything that a Sideglance and its worlds have', () => {
  const world = cloud.world();
  const groups = Object.entries(world).filter(([, value]) => typeof value === 'object');
  expect(groups.length).toBeGreaterThan(5);
  for (const [group, operations] of groups) {
    expect(page).toContain(`\`${group}\``);
    for (const name of Object.keys(operations as object)) expect(page).toContain(`\`${name}(`);
  }
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(world)).filter((name) => name !== 'constructor');
  for (const name of [...own, ...Object.keys(cloud)]) expect(page).toMatch(new RegExp(`\`${name}[\`(]`));
});
