// Runs the tests of the console in a browser: `npm run console:test`, or `node test/console/run.mjs worlds` for one file.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true }).filter(
  (file) =>
    file.endsWith('.mjs') &&
    file !== 'run.mjs' &&
    !file.startsWith('support') &&
    (wanted.length === 0 || wanted.includes(basename(file, '.mjs'))),
);
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files.map((file) => `${folder}${file}`)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
