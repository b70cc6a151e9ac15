import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, sideglance } from './processes.mjs';
import { runGo } from './runners/go.mjs';
import { runStestr } from './runners/stestr.mjs';

const bin = fileURLToPath(new URL('bin', import.meta.url));

/** Minutes after which a suite is stopped. */
const TIME_LIMIT = 12;

const RUNNERS = { stestr: runStestr, go: runGo };

/** Returns the name of the world of a suite. */
export const worldOf = ({ name }) => `suite-${name}`;

/**
 * Runs a suite in a new world, as its own runner does.
 * @param place - `url` of the Sideglance, `scratch` folder, `forks` socket, `image` server, and `scenarios` of the world.
 * @returns `results`: the tests, each with `test`, `status` (pass, fail or skip), `reason`, and `started` and `ended` in milliseconds since 1970;
 *   and `timedOut`: whether the suite was stopped at the time limit.
 */
export async function runSuite(suite, place) {
  await createWorld(suite, place);
  const folder = join(place.scratch, suite.name);
  mkdirSync(join(folder, 'lock'), { recursive: true });
  const env = await environmentOf(suite, folder, place);
  const runner = RUNNERS[suite.runner ?? 'stestr'];
  // Under faults the order of the requests has to be the same in each run.
  const workers = place.scenarios === undefined ? (suite.workers ?? 1) : 1;
  const { results, timedOut, errors } = await runner(suite, {
    folder,
    env,
    workers,
    timeout: TIME_LIMIT * 60_000,
    place,
  });
  if (results.length === 0) throw new Error(`${suite.name} ran no test: ${errors}`);
  return { results, timedOut };
}

const fixturesOf = ({ fixtures = ['suites'] }) => fixtures;

async function createWorld(suite, { url, scenarios = [] }) {
  const name = worldOf(suite);
  const body = JSON.stringify({ name, fixtures: fixturesOf(suite), seed: suite.name, scenarios });
  const created = await fetch(`${url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  if (created.status !== 201) throw new Error(`World ${name} was not created: ${await created.text()}`);
}

/** Returns the environment of a suite: that of this process without its cloud, and what `sideglance env` prints. */
async function environmentOf(suite, folder, { url, forks, image }) {
  const httpImage = suite.settings[0] === 'tempest' ? ['--http-image', image.url] : [];
  const world = ['--world', worldOf(suite), '--fixtures', ...fixturesOf(suite)];
  const flags = ['--url', url, ...world, '--output', folder, '--format', 'json', ...httpImage];
  const printed = await run(sideglance('env', '--suite', ...suite.settings, ...flags));
  if (printed.code !== 0) throw new Error(printed.stderr);
  const own = Object.entries(process.env).filter(([name]) => !/^(OS|TEMPEST|OPENSTACKSDK|SIDEGLANCE|NODE)_/.test(name));
  return {
    ...Object.fromEntries(own),
    ...JSON.parse(printed.stdout).variables,
    PATH: `${suite.forks ? `${bin}:` : ''}/usr/bin:${process.env.PATH}`,
    OPENSTACK_FORKS: forks,
    OS_LOG_CAPTURE: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONHASHSEED: '0',
  };
}
