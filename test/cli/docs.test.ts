import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import { buildProgram } from '../../src/cli/run.ts';
import { loadFixtures } from '../../src/fixtures/fixture-file.ts';
import { FIXTURES_SCHEMA } from '../../src/fixtures/fixture-schema.ts';
import { IMAGE_ALIASES, IMAGE_SCHEMA } from '../../src/fixtures/sections/images/schema.ts';
import { filesOf } from '../support/files.ts';

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url)), 'utf8');

/** Paths and long flags of all commands: `scenarios enable`, `--calls`. */
function partsOf(command: Command, path = ''): readonly { readonly path: string; readonly flags: readonly string[] }[] {
  return command.commands.flatMap((child) => {
    const name = `${path} ${child.name()}`.trim();
    const flags = child.options.map(({ long }) => long ?? '').filter((flag) => flag !== '' && flag !== '--help');
    return [{ path: name, flags }, ...partsOf(child, name)];
  });
}

test('docs/command-line.md describes every command and every flag', async () => {
  const { stdout, stderr } = process;
  const parts = partsOf(await buildProgram(['--help'], { stdout, stderr, stopped: () => Promise.resolve() }));
  expect(parts.length).toBeGreaterThan(50);
  const text = page('command-line');
  const describes = (word: string): boolean => new RegExp(`(^|[\\s\`[(,|])${word}(?![\\w-])`, 'm').test(text);
  const missing = parts.flatMap(({ path, flags }) => [
    ...(describes(path.split(' ').at(-1) as string) ? [] : [path]),
    ...flags.filter((flag) => !describes(flag)).map((flag) => `${path} ${flag}`),
  ]);
  expect(missing.map((part) => `Describe "${part}" in docs/command-line.md.`)).toEqual([]);
});

/** Operations for which no command would help: the commands `env`, `wait` and `openapi` use what they return. */
const WITHOUT_COMMAND = ['getIndex', 'getHealth', 'getReady', 'getOpenapi', 'getRecording'];

test('the command line covers the admin API', () => {
  const folder = fileURLToPath(new URL('../../src/cli', import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const ids = Object.values(ADMIN_OPERATIONS).map(({ id }) => id);
  const missing = ids.filter((id) => !sources.includes(`'${id}'`) && !WITHOUT_COMMAND.includes(id));
  expect(missing.map((id) => `Add a command for ${id}.`)).toEqual([]);
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
