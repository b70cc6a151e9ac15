import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../processes.mjs';

/** Folder in which Debian installs the packages and their tests. */
const PACKAGES = '/usr/lib/python3/dist-packages';
const RESULTS = fileURLToPath(new URL('../results.py', import.meta.url));

/** Returns the configuration with which stestr finds the tests of a suite; those of a class stay together. */
const stestrConf = ({ tests }) =>
  `[DEFAULT]\ntest_path=${PACKAGES}/${tests}\ntop_dir=${PACKAGES}\ngroup_regex=([^\\.]*\\.)*\n`;

/** Runs a suite of Python tests. */
export async function runStestr(suite, { folder, env, workers, timeout }) {
  writeFileSync(join(folder, '.stestr.conf'), stestrConf(suite));
  // Tests of openstacksdk upload this file of the working directory.
  writeFileSync(join(folder, 'CONTRIBUTING.rst'), 'A file to upload.\n');
  const stream = join(folder, 'results.subunit');
  const command = ['/usr/bin/stestr', 'run', '--concurrency', String(workers), '--subunit', suite.select];
  const stdio = ['ignore', openSync(stream, 'w'), 'pipe'];
  const { stderr, timedOut } = await run(command, { cwd: folder, env, timeout, stdio });
  const { stdout } = await run(['/usr/bin/python3', RESULTS, stream], { env });
  const results = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { results, timedOut, errors: stderr };
}
