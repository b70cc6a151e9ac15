// npm run suites: runs the integration suites of SDKs, unmodified, each in its own world of one server, and compares the tests that pass with
// those that pass with the real services (baselines/). Then runs the blocks of docs/sdk-suites.md. Prints a line for each difference.
// `npm run suites -- tempest-image` runs one suite, `--verbose` prints each test, `--write` updates the table of the page.
import { compare } from './compare.mjs';
import { runBlocks } from './docs.mjs';
import { checkTable } from './page.mjs';
import { openPlace, runEach } from './place.mjs';
import { runSuite } from './run-suite.mjs';
import { chosenSuites, SUITES } from './suites.mjs';

const isVerbose = process.argv.includes('--verbose');
const suites = chosenSuites();
const rows = new Map();
let failures = 0;

function fail(name, problems) {
  failures += problems.length;
  for (const problem of problems) console.log(`not ok ${name}: ${problem}`);
}

async function check(suite, place) {
  const started = Date.now();
  const { results, timedOut } = await runSuite(suite, place);
  const compared = compare(suite, results);
  const { real, passed, listed, problems } = compared;
  const seconds = Math.round((Date.now() - started) / 1000);
  const line = `${suite.name}: ${passed} pass, ${real} with the real services, ${listed} known differences, ${seconds} s`;
  console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${line}`);
  if (isVerbose) for (const { test, status, reason } of results) console.log(`# ${status} ${test} ${reason}`);
  rows.set(suite.name, { name: suite.name, ...compared });
  fail(suite.name, [...(timedOut ? ['was stopped at the time limit'] : []), ...problems]);
}

const place = await openPlace();
await runEach(suites, (suite) => check(suite, place));
if (suites.length === SUITES.length) {
  fail('docs/sdk-suites.md', await runBlocks(place));
  fail('docs/sdk-suites.md', checkTable(SUITES.map(({ name }) => rows.get(name))));
}
await place.close();
console.log(failures === 0 ? 'all as with the real services' : `${failures} differences that are not listed`);
process.exit(failures === 0 ? 0 : 1);
