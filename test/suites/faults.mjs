// npm run suites:faults: runs each suite once while a part of all requests fails, and writes docs/sdk-suites-faults.md: what each client does
// about a failed request, and which tests fail. `npm run suites:faults -- glanceclient` runs one suite and prints its part of the page.
import { writeFileSync } from 'node:fs';
import { compare } from './compare.mjs';
import { pageOf, sectionOf } from './faults-page.mjs';
import { findingsOf } from './findings.mjs';
import { openPlace, runEach } from './place.mjs';
import { randomOf } from './random.mjs';
import { runSuite, worldOf } from './run-suite.mjs';
import { chosenSuites, SUITES } from './suites.mjs';

const CHANCE = 0.02;
/** Seconds in Retry-After of the 503. Its usual value in the Identity API is 120, for which some clients wait. */
const RETRY_AFTER = 1;
const PAGE = new URL('../../docs/sdk-suites-faults.md', import.meta.url);

/** Requests of a suite among which some fail; no suite sends more. */
const MAX_REQUESTS = 20_000;

/** Of all requests of a suite, some get a 503 and some a reset connection instead of a response. They are the same ones in each run. */
function scenarioOf({ name }) {
  const random = randomOf(name);
  const faults = [{ answer: 503, retryAfter: RETRY_AFTER }, { cut: 'reset' }];
  const numbers = faults.map(() => []);
  for (let number = 1; number <= MAX_REQUESTS; number += 1) {
    const drawn = Math.floor(random() / CHANCE);
    numbers[drawn]?.push(number);
  }
  return {
    scenario: 'now-and-then',
    description: 'A part of all requests returns 503, another part ends in a reset.',
    // `chance` draws for each user, and users that Tempest creates have other names in each run.
    rules: faults.map((fault, index) => ({
      match: { operation: '*' },
      calls: { only: numbers[index] },
      fault,
      undocumented: true,
    })),
  };
}

const place = await openPlace();
const found = new Map();
// The others run tests that these run, with other settings.
const hasOwnTests = ({ baseline }) => baseline === undefined;
await runEach(chosenSuites().filter(hasOwnTests), async (suite) => {
  const { results, timedOut } = await runSuite(suite, { ...place, scenarios: [scenarioOf(suite)] });
  const faults = await faultsOf(worldOf(suite));
  const { real, lost } = compare(suite, results);
  found.set(suite.name, { name: suite.name, real, timedOut, ...findingsOf({ results, faults, lost }) });
  console.log(
    `${suite.name}: ${faults.length} requests failed, ${lost.length} tests fail${timedOut ? ', timed out' : ''}`,
  );
});
await place.close();
const suites = SUITES.filter(({ name }) => found.has(name)).map(({ name }) => found.get(name));
if (suites.length === SUITES.filter(hasOwnTests).length)
  writeFileSync(PAGE, pageOf(suites, { chance: CHANCE, retryAfter: RETRY_AFTER }));
else console.log(suites.map(sectionOf).join(''));

/** Returns the journal of a world, or the entries that match a query. */
async function requestsOf(world, query) {
  const response = await fetch(`${place.url}/w/${world}/__admin/requests?${query}&limit=1000`);
  return (await response.json()).requests;
}

/** Returns the requests of a world that failed, in order: `next` is the request that the world received after it. */
async function faultsOf(world) {
  const lists = await Promise.all(['source=injected', 'status=0'].map((query) => requestsOf(world, query)));
  const failed = new Map(lists.flat().flatMap((each) => (each.fault === undefined ? [] : [[each.id, each]])));
  const operations = new Set([...failed.values()].flatMap(({ operation }) => operation ?? []));
  const others = await Promise.all([...operations].map((operation) => requestsOf(world, `operation=${operation}`)));
  const all = new Map(others.flat().map((each) => [each.id, each]));
  return [...failed.values()]
    .sort((one, other) => one.id - other.id)
    .map((request) => ({ ...request, next: all.get(request.id + 1) }));
}
