/** Plays the conformance suite with published clients and writes docs/client-report.md and .html: `npm run client-report`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConformCase } from '../src/conform/case.ts';
import { loadCases } from '../src/conform/load.ts';
import { packageFile } from '../src/input/package-files.ts';
import { CLIENTS, type ReportedClient } from './client-report/clients.ts';
import { compact } from './client-report/compact.ts';
import { htmlPage } from './client-report/html.ts';
import { installClients } from './client-report/install.ts';
import { isReported } from './client-report/left-out.ts';
import { markdownPage } from './client-report/markdown.ts';
import { playClient, storedResults } from './client-report/play.ts';
import { type ClientResults, RESULTS, type ReportResults, verdictOf } from './client-report/results.ts';
import { forgetResults, type Store } from './client-report/stored.ts';
import { reportedCase, suiteOf } from './client-report/suite.ts';

const { values: flags } = parseArgs({
  options: {
    client: { type: 'string', multiple: true },
    case: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '2' },
    patience: { type: 'string', default: '1' },
    again: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    stored: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});

/** Clients and cases of `--check`: one that is not from Debian and one that is, and cases that take no time. */
const CHECKED = { clients: ['undici', 'libcloud-openstack'], cases: /^image-v2\.(?:metadata|sharing)\./ };

const results = packageFile(RESULTS);
const readCommitted = (): ReportResults | undefined =>
  existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as ReportResults) : undefined;

/** @throws Error for a flag that is no whole number from 1 on. */
function countOf(flag: 'jobs' | 'patience'): number {
  if (!/^[1-9]\d*$/.test(flags[flag])) throw new Error(`--${flag} is ${flags[flag]}; allowed: 1, 2, 3 ...`);
  return Number(flags[flag]);
}

function chosenClients(): readonly ReportedClient[] {
  const names = flags.client ?? (flags.check ? CHECKED.clients : CLIENTS.map(({ name }) => name));
  const unknown = names.filter((name) => !CLIENTS.some((client) => client.name === name));
  if (unknown.length > 0) {
    const known = CLIENTS.map(({ name }) => name).join(', ');
    throw new Error(`unknown clients: ${unknown.join(', ')}; allowed: ${known}`);
  }
  return CLIENTS.filter(({ name }) => names.includes(name));
}

function writePages(report: ReportResults): void {
  writeFileSync(packageFile('docs/client-report.md'), markdownPage(report));
  writeFileSync(packageFile('docs/client-report-requests.html'), htmlPage(report));
}

/** Plays what is missing, and returns the results of each chosen client. */
async function play(cases: readonly ConformCase[], store: Store = 'results'): Promise<readonly ClientResults[]> {
  installClients();
  const played: ClientResults[] = [];
  for (const client of chosenClients()) {
    if (flags.again || store === 'few') forgetResults({ store, client: client.name });
    const options = { jobs: countOf('jobs'), patience: countOf('patience'), store };
    const found = flags.stored ? storedResults(client, cases, store) : await playClient(client, cases, options);
    played.push(compact(client, found));
  }
  return played;
}

/** Plays a few cases anew, and compares the verdicts with those of the page. */
async function check(cases: readonly ConformCase[]): Promise<number> {
  const committed = readCommitted();
  if (committed === undefined) throw new Error(`${RESULTS} is missing`);
  const chosen = cases.filter(({ id }) => CHECKED.cases.test(id));
  const differences = (await play(chosen, 'few')).flatMap((client) => {
    const before = committed.clients.find((one) => one.client === client.client);
    return chosen.flatMap(({ id }) => {
      const [expected, found] = [before && verdictOf(before, id), verdictOf(client, id)];
      return expected === found ? [] : [`${client.client} ${id}: ${found}, on the page ${expected}`];
    });
  });
  for (const line of differences) console.log(`not ok ${line}`);
  console.log(`${chosen.length} cases, ${differences.length} differences`);
  return differences.length === 0 ? 0 : 1;
}

/** Writes the results of the chosen clients into those of the others, and the pages. */
async function remake(cases: readonly ConformCase[]): Promise<void> {
  const played = await play(cases);
  const before = readCommitted()?.clients ?? [];
  const clients = CLIENTS.flatMap(
    ({ name }) => played.find(({ client }) => client === name) ?? before.find(({ client }) => client === name) ?? [],
  );
  const report: ReportResults = { suite: suiteOf(cases), cases: cases.map(reportedCase), clients };
  writeFileSync(results, `${JSON.stringify(report, null, 1)}\n`);
  writePages(report);
}

const cases = loadCases().filter(isReported);
const chosenCases = flags.case && cases.filter(({ id }) => flags.case?.includes(id));
if (flags.page) {
  const committed = readCommitted();
  if (committed !== undefined) writePages(committed);
} else if (flags.check) {
  process.exitCode = await check(cases);
} else if (chosenCases !== undefined) {
  // For a look at the recordings of a few cases: the pages stay.
  await play(chosenCases, 'few');
} else {
  await remake(cases);
}
