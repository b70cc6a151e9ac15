// npm run suites: runs the integration suites of SDKs, unmodified, each in its own world of one server, and compares the tests that pass with
// those that pass with the real services (baselines/). Prints a line for each difference. `npm run suites -- tempest-image` runs one suite.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.mjs';
import { serveImage } from './image-server.mjs';
import { serve, serveSideglance } from './processes.mjs';
import { runSuite } from './run-suite.mjs';
import { SUITES } from './suites.mjs';

const MINUTES = 40;
/** Suites that run at the same time. */
const AT_ONCE = 2;

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const isVerbose = process.argv.includes('--verbose');
const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0)
  throw new Error(`Unknown suites: ${unknown.join(', ')}; ${SUITES.map(({ name }) => name).join(', ')}`);

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-suites-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
setTimeout(() => {
  console.error(`The suites did not finish within ${MINUTES} minutes.`);
  process.exit(1);
}, MINUTES * 60_000).unref();

const forks = join(scratch, 'openstack.sock');
const forkServer = fileURLToPath(new URL('openstack_forks.py', import.meta.url));
const [cloud, commands, image] = await Promise.all([
  serveSideglance(),
  serve(['/usr/bin/python3', forkServer, forks], /^ready$/),
  serveImage(),
]);
const place = { url: cloud.url, scratch, forks, httpImage: image.url };

let failures = 0;

async function check(suite) {
  const started = Date.now();
  const results = await runSuite(suite, place);
  const { real, passed, listed, problems } = compare(suite.name, results);
  const seconds = Math.round((Date.now() - started) / 1000);
  const line = `${suite.name}: ${passed} pass, ${real} with the real services, ${listed} known differences, ${seconds} s`;
  console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${line}`);
  for (const problem of problems) console.log(`not ok ${suite.name}: ${problem}`);
  if (isVerbose) for (const { test, status, reason } of results) console.log(`# ${status} ${test} ${reason}`);
  failures += problems.length;
}

const queue = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
const runQueue = async () => {
  for (let suite = queue.shift(); suite !== undefined; suite = queue.shift()) await check(suite);
};
await Promise.all(Array.from({ length: AT_ONCE }, runQueue));
await Promise.all([cloud.stop(), commands.stop(), image.stop()]);
console.log(failures === 0 ? 'all as with the real services' : `${failures} differences that are not listed`);
process.exit(failures === 0 ? 0 : 1);
