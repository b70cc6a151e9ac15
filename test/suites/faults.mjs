// npm run suites:faults: runs each suite once while a part of all requests fails, and writes docs/sdk-suites-faults.md: the tests that fail only
// then, with the requests that had failed. Each is a finding about the client (or its test), which does not repeat what it may repeat.
import { writeFileSync } from 'node:fs';
import { compare } from './compare.mjs';
import { pageOf } from './faults-page.mjs';
import { openPlace, runEach } from './place.mjs';
import { runSuite, worldOf } from './run-suite.mjs';
import { chosenSuites, SUITES } from './suites.mjs';

const CHANCE = 0.02;
const PAGE = new URL('../../docs/sdk-suites-faults.md', import.meta.url);

/** Of all requests, some get a 503 and some a reset connection instead of an answer. The seed of the world selects them. */
const SCENARIO = {
  scenario: 'now-and-then',
  description: 'A part of all requests returns 503, another part ends in a reset.',
  rules: [{ answer: 503 }, { cut: 'reset' }].map((fault) => ({
    match: { operation: '*' },
    calls: { chance: CHANCE },
    fault,
    undocumented: true,
  })),
};

const place = await openPlace();
const findings = new Map();
await runEach(chosenSuites(), async (suite) => {
  const results = await runSuite(suite, { ...place, scenarios: [SCENARIO] });
  const faults = await faultsOf(worldOf(suite));
  findings.set(suite.name, { results, faults, ...compare(suite.name, results) });
  console.log(`${suite.name}: ${faults.length} faults, ${findings.get(suite.name).lost.length} tests fail`);
});
await place.close();
const suites = SUITES.filter(({ name }) => findings.has(name)).map(({ name }) => ({ name, ...findings.get(name) }));
writeFileSync(PAGE, pageOf(suites, CHANCE));

/** Returns the requests of a world that a fault was injected into: those with its answer, and those without any. */
async function faultsOf(world) {
  const lists = await Promise.all(
    ['source=injected', 'status=0'].map(async (query) => {
      const response = await fetch(`${place.url}/w/${world}/__admin/requests?${query}&limit=1000`);
      return (await response.json()).requests;
    }),
  );
  const requests = new Map(lists.flat().map((request) => [request.id, request]));
  return [...requests.values()].filter(({ fault }) => fault !== undefined).sort((one, other) => one.id - other.id);
}
