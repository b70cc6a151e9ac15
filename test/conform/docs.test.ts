import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadCases } from '../../src/conform/load.ts';
import { OPERATIONS, VERBS } from '../../src/conform/operations.ts';
import { APIS, TASK_NAMES } from '../../src/conform/tasks.ts';
import { CLI } from '../support/build.ts';
import { filesOf } from '../support/files.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/client-conformance.md');
const contract = read('conformance/README.md');

/** Returns the code blocks of a page in a language, without their indentation. */
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\``, 'gm'))].map(([, indent, block]) =>
    (block as string).replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );

/** A folder with the client of the page, and a program `sideglance`. */
function folder(): string {
  const path = filesOf({ 'client.mjs': blocks(page, 'js')[0] as string })();
  const program = join(path, 'sideglance');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  chmodSync(program, 0o755);
  return path;
}

async function outputOf(command: string, cwd: string): Promise<string> {
  const env = { ...process.env, PATH: [cwd, process.env['PATH']].join(delimiter) };
  const child = spawn('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  return output;
}

/** Whether an output is what a page shows, where `...` stands for any lines. */
function isShown(output: string, expected: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) => (line === '...' ? '[\\s\\S]*?' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(output);
}

test('the commands of docs/client-conformance.md print what the page shows', async () => {
  const cwd = folder();
  const steps = blocks(page, 'console').flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => [step.slice(0, step.indexOf('\n')), step.slice(step.indexOf('\n') + 1).trimEnd()] as const),
  );
  expect(steps.length).toBeGreaterThan(5);
  for (const [command, expected] of steps) {
    const output = await outputOf(command, cwd);
    expect([command, isShown(output, expected) ? expected : output]).toEqual([command, expected]);
  }
});

test('the example in conformance/README.md is valid, and is made for each API and variant', () => {
  const path = filesOf({ 'mine.yaml': blocks(contract, 'yaml')[0] as string });
  expect(loadCases([path('mine.yaml')]).map(({ id }) => id)).toEqual([
    'image-v2.retry.show-502',
    'image-v2.retry.show-504',
    'compute-v2.1.retry.show-502',
    'compute-v2.1.retry.show-504',
  ]);
});

test('conformance/README.md describes every task, API and verb', () => {
  const missing = [...TASK_NAMES, ...APIS, ...VERBS.map((verb) => `$${verb}`)].filter(
    (name) => !contract.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
  expect(Object.keys(OPERATIONS)).toEqual([...APIS]);
});
