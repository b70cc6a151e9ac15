// npm run suites: runs the integration suites of SDKs, unmodified, each in its own world of one server, and compares the tests that pass with
// those that pass with the real services (baselines/). Prints a line for each difference. `npm run suites -- tempest-image` runs one suite.
import { compare } from './compare.mjs';
import { runBlocks } from './docs.mjs';
import { openPlace, runEach } from './place.mjs';
import { runSuite } from './run-suite.mjs';
import { chosenSuites, SUITES } from './suites.mjs';

const isVerbose = process.argv.includes('--verbose');
const place = await openPlace();
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

await runEach(chosenSuites(), check);
if (chosenSuites().length === SUITES.length) {
  for (const problem of await runBlocks(place)) {
    failures += 1;
    console.log(`not ok docs: ${problem}`);
  }
}
await place.close();
console.log(failures === 0 ? 'all as with the real services' : `${failures} differences that are not listed`);
process.exit(failures === 0 ? 0 : 1);
