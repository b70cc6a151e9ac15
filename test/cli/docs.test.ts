import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import { loadFixtures } from '../../src/fixtures/fixture-file.ts';
import { FIXTURES_SCHEMA } from '../../src/fixtures/fixture-schema.ts';
import { IMAGE_ALIASES, IMAGE_SCHEMA } from '../../src/fixtures/sections/images/schema.ts';
import { run } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url)), 'utf8');

test('docs/command-line.md describes every flag of serve', async () => {
  const { stdout } = await run(['serve', '--help']);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag as string);
  expect(flags.length).toBeGreaterThan(10);
  for (const flag of flags) expect(page('command-line')).toContain(`\`${flag}`);
});

test('docs/admin-api.md has an example of every operation of the admin API', () => {
  const text = page('admin-api');
  const missing = Object.values(ADMIN_OPERATIONS).filter(({ method, path }) => {
    const example = path.replaceAll(/\{[^}]+\}/g, '[^/ ]+').replaceAll('.', '\\.');
    const option = method === 'get' ? '' : `-X ${method.toUpperCase()} `;
    return !new RegExp(`curl -s ${option}'?localhost:9292/__admin${example}(?![\\w/])`).test(text);
  });
  expect(missing.map(({ id }) => `Add an example of ${id} to docs/admin-api.md.`)).toEqual([]);
});

test('the example in docs/fixtures.md is valid, and the page describes every member of an image', () => {
  const text = page('fixtures');
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const path = filesOf({ 'my-cloud.yaml': example as string });
  expect(loadFixtures([path('my-cloud.yaml')]).images).toHaveLength(2);
  const [, catalog] = /```yaml\n(# my-catalog.yaml\n[\s\S]*?)```/.exec(text) ?? [];
  expect(loadFixtures([filesOf({ 'my-catalog.yaml': catalog as string })('my-catalog.yaml')]).catalog).toHaveProperty(
    'openstack',
  );
  for (const member of Object.keys(IMAGE_SCHEMA['properties'] as object)) {
    if (member in IMAGE_ALIASES && member !== 'disk_format') continue;
    expect(text).toContain(`\`${member}\``);
  }
  for (const section of Object.keys(FIXTURES_SCHEMA['properties'] as object)) {
    if (section !== '$schema' && section !== 'description') expect(text).toContain(section);
  }
});
