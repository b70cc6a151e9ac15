/**
 * Runs a suite with a failing test in an installed example, and checks output, exit code and recording:
 * `node test/package/runners/check.mjs FOLDER jest|vitest|node-test`.
 */
import { equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failingSuite } from './failing.mjs';

/** How each runner is started, and its count of tests. */
const RUNNERS = {
  jest: {
    args: (file) => ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', file],
    count: /Tests: +1 failed, 1 passed, 2 total/,
  },
  vitest: {
    args: (file) => ['node_modules/vitest/vitest.mjs', 'run', file],
    count: /Tests +1 failed \| 1 passed \(2\)/,
  },
  'node-test': { args: (file) => ['--test', file], count: /pass 1\n[\s\S]*fail 1\n/ },
};

const [, , given = '', name = ''] = process.argv;
const runner = RUNNERS[name];
if (runner === undefined) throw new Error(`unknown runner "${name}"; allowed: ${Object.keys(RUNNERS).join(', ')}`);
const folder = resolve(given);
const recordings = join(folder, 'sideglance-recordings');
const file = 'failing.test.js';

/** Runs Node in the folder, without colors. */
const node = (args) =>
  spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    // Otherwise a runner that runs this script would be taken for the one to run.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', NODE_TEST_CONTEXT: undefined, JEST_WORKER_ID: undefined },
  });

function checkOutput({ status, stdout, stderr }) {
  const output = stdout + stderr;
  equal(status, 1, output);
  match(output, runner.count);
  match(output, /Expected: that the client received image-v2\.deleteImage 409/);
  match(output, /Found: it received no response of image-v2\.deleteImage\./);
  return /Recording: (\S+\.json)/.exec(output)?.[1] ?? '';
}

function checkRecording(path) {
  equal(existsSync(path), true, `the recording "${path}" of the output does not exist`);
  equal(readdirSync(recordings).length, 1, 'only the failing test has a recording');
  const shown = node(['node_modules/sideglance/dist/bin/sideglance.js', 'show', path]);
  equal(shown.status, 0, shown.stderr);
  match(shown.stdout, /^test +a test that fails\n/);
  match(shown.stdout, /\nverdict +fail\nerror +.*Expected: that the client received/);
  match(shown.stdout, / 401 .* image-v2\.listImages /);
}

rmSync(recordings, { recursive: true, force: true });
writeFileSync(join(folder, file), failingSuite(name));
try {
  checkRecording(checkOutput(node(runner.args(file))));
  console.log(`${name}: the failing test is reported, and has its recording`);
} finally {
  rmSync(join(folder, file));
  rmSync(recordings, { recursive: true, force: true });
}
