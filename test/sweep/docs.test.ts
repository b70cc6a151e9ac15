import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { SWEEP_VERDICTS } from '../../src/index.ts';
import { WIRE_FAULTS } from '../../src/sweep/wire-faults.ts';
import { CLI } from '../support/build.ts';
import { run } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

const page = readFileSync(new URL('../../docs/sweep.md', import.meta.url), 'utf8');

test('the commands of docs/sweep.md work when they are pasted, one block after the other', async () => {
  const path = filesOf({ sideglance: `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n` });
  chmodSync(path('sideglance'), 0o755);
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(2);
  writeFileSync(path('all.sh'), ['set -e', ...blocks].join('\n'));
  const env = { ...process.env, PATH: `${path()}:${process.env['PATH']}` };
  const { stdout } = await promisify(execFile)('sh', ['all.sh'], { cwd: path(), env });
  expect(stdout).toContain('score 57.6 % (low): 19 of 33 points handled');
  for (const file of ['sweep.json', 'sweep.html', 'whole.json', 'results.jsonl', 'recordings']) {
    expect(existsSync(path(file))).toBe(true);
  }
});

test('docs/sweep.md describes every verdict and every fault', () => {
  for (const name of [...SWEEP_VERDICTS, ...WIRE_FAULTS.map((fault) => fault.name)])
    expect(page).toContain(`\`${name}\``);
});

test('docs/sweep.md describes every flag', async () => {
  const { stdout } = await run(['sweep', '--help']);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag as string);
  expect(flags.length).toBeGreaterThan(15);
  for (const flag of flags) expect(page).toContain(`\`${flag}`);
});
