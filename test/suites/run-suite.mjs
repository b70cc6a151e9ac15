import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, sideglance } from './processes.mjs';
import { stestrConf } from './suites.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Returns the name of the world of a suite. */
export const worldOf = ({ name }) => `suite-${name}`;

/**
 * Runs a suite in a new world, as its own runner does.
 * @param place - `url` of the Sideglance, `scratch` folder, `forks` socket, `httpImage` address, and `scenarios` of the world.
 * @returns the results of the tests, each with `test`, `status` (pass, fail or skip) and `reason`.
 */
export async function runSuite(suite, place) {
  await createWorld(suite, place);
  const folder = join(place.scratch, suite.name);
  mkdirSync(join(folder, 'lock'), { recursive: true });
  const env = await environmentOf(suite, folder, place);
  writeFileSync(join(folder, '.stestr.conf'), stestrConf(suite));
  // Tests of openstacksdk upload this file of the working directory.
  writeFileSync(join(folder, 'CONTRIBUTING.rst'), 'A file to upload.\n');
  const stream = join(folder, 'results.subunit');
  // Under faults the order of the requests has to be the same in each run.
  const workers = place.scenarios === undefined ? (suite.workers ?? 1) : 1;
  const { stderr } = await run(
    ['/usr/bin/stestr', 'run', '--concurrency', String(workers), '--subunit', suite.select],
    {
      cwd: folder,
      env,
      stdio: ['ignore', openSync(stream, 'w'), 'pipe'],
    },
  );
  const { stdout } = await run(['/usr/bin/python3', join(here, 'results.py'), stream], { env });
  const results = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  if (results.length === 0) throw new Error(`${suite.name} ran no test: ${stderr}`);
  return results;
}

async function createWorld(suite, { url, scenarios = [] }) {
  const name = worldOf(suite);
  const body = JSON.stringify({ name, fixtures: 'suites', seed: suite.name, scenarios });
  const created = await fetch(`${url}/__admin/worlds`, { method: 'POST', body });
  if (created.status !== 201) throw new Error(`World ${name} was not created: ${await created.text()}`);
}

/** Returns the environment of a suite: that of this process without its cloud, and what `sideglance env` prints. */
async function environmentOf(suite, folder, { url, forks, httpImage }) {
  const image = suite.settings[0] === 'tempest' ? ['--http-image', httpImage] : [];
  const flags = ['--url', url, '--world', worldOf(suite), '--output', folder, '--format', 'json', ...image];
  const printed = await run(sideglance('env', '--suite', ...suite.settings, ...flags));
  if (printed.code !== 0) throw new Error(printed.stderr);
  const own = Object.entries(process.env).filter(([name]) => !/^(OS|TEMPEST|OPENSTACKSDK|SIDEGLANCE|NODE)_/.test(name));
  return {
    ...Object.fromEntries(own),
    ...JSON.parse(printed.stdout).variables,
    PATH: `${suite.forks ? `${join(here, 'bin')}:` : ''}/usr/bin:${process.env.PATH}`,
    OPENSTACK_FORKS: forks,
    OS_LOG_CAPTURE: '0',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
