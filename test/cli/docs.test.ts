import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import { loadFixtures } from '../../src/fixtures/fixture-file.ts';
import { FIXTURES_SCHEMA, IMAGE_ALIASES, IMAGE_SCHEMA } from '../../src/fixtures/fixture-schema.ts';
import { run } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

jest.setTimeout(60_000);

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url)), 'utf8');

test('Every flag of serve is documented', async () => {
  const { stdout } = await run(['serve', '--help']);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag as string);
  expect(flags.length).toBeGreaterThan(10);
  for (const flag of flags) expect(page('command-line')).toContain(`\`${flag}`);
});

test('Every operation of the admin API has an example', () => {
  const text = page('admin-api');
  for (const { method, path } of Object.values(ADMIN_OPERATIONS)) {
    const example = path.replaceAll(/\{[^}]+\}/g, '[^/ ]+').replaceAll('.', '\\.');
    const option = method === 'get' ? '' : `-X ${method.toUpperCase()} `;
    expect(text).toMatch(new RegExp(`curl -s ${option}'?localhost:9292/__admin${example}(?![\\w/])`));
  }
});

test('The example of a fixture file loads, and every member of an image is documented', () => {
  const text = page('fixtures');
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const path = filesOf({ 'my-cloud.yaml': example as string });
  expect(loadFixtures([path('my-cloud.yaml')]).images).toHaveLength(2);
  for (const member of Object.keys(IMAGE_SCHEMA['properties'] as object)) {
    if (member in IMAGE_ALIASES && member !== 'disk_format') continue;
    expect(text).toContain(`\`${member}\``);
  }
  for (const section of Object.keys(FIXTURES_SCHEMA['properties'] as object)) {
    if (section !== '$schema' && section !== 'description') expect(text).toContain(section);
  }
});
