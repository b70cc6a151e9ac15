import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { serveProcess } from '../../support/cli.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/compute.md', import.meta.url)), 'utf8');

/** The shell blocks of the page, without the line that starts the server and sets its address. */
const script = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .map(([, block = '']) => block)
  .join('\n')
  .replace(/^sideglance serve &.*$/m, '')
  .replace(/^export SG=.*$/m, '');

/** Comments at the end of a line that say what the command prints: `# 204`, `# ["ACTIVE",100]`. */
const promised = [...script.matchAll(/^(\S.*?) +# (\["\w+",\d+\])$/gm)].map(([, , text]) => text);

test('the shell blocks of docs/compute.md run one after the other, and print what their comments say', async () => {
  const { url } = await serveProcess([]);
  const output = execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], SG: url },
  });
  const printed = output.split('\n').filter((line) => /^\["\w+",\d+\]$/.test(line));
  expect(printed).toEqual(promised);
  expect(output).not.toMatch(/"computeFault"|Unexpected API Error/);
  expect(output.split('\n').filter((line) => line === 'null')).toEqual([]);
});
