/** Milliseconds by which the times of tests and requests may differ. */
const TOLERANCE = 2;

/** Returns the page about the tests that fail when requests fail; see faults.mjs. */
export function pageOf(suites, chance) {
  const percent = `${chance * 100} %`;
  const head = `# The suites under faults

Written by \`npm run suites:faults\`, which runs each [suite](sdk-suites.md) once while ${percent} of all requests return 503 and ${percent} end in a reset
connection, drawn from the seed of the world. What fails then, and passes without faults, is a finding about the client or its tests: a real cloud restarts, too.
The requests are those of the test that a fault met.

| suite | tests that pass without faults | requests that failed | tests that fail |
|---|---|---|---|
`;
  const rows = suites.map(
    ({ name, real, faults, lost }) => `| ${name} | ${real} | ${faults.length} | ${lost.length} |\n`,
  );
  return `${head}${rows.join('')}${suites.map(sectionOf).join('')}`;
}

function sectionOf(suite) {
  if (suite.lost.length === 0) return '';
  const byRow = new Map();
  for (const test of suite.lost) {
    const { requests, reason } = findingOf(test, suite);
    const row = `${requests} | ${reason}`;
    byRow.set(row, [...(byRow.get(row) ?? []), test.split('.').slice(-2).join('.')]);
  }
  const rows = [...byRow].map(([row, tests]) => `| ${tests.map((test) => `\`${test}\``).join('<br>')} | ${row} |\n`);
  return `\n## ${suite.name}\n| test | requests that failed | what the test reports |\n|---|---|---|\n${rows.join('')}`;
}

/** Returns the faults that a test met, and what it reported. A class that cannot be set up fails as a whole. */
function findingOf(test, { results, faults }) {
  const group = test.slice(0, test.lastIndexOf('.'));
  const names = [test, `setUpClass (${group})`];
  const result = results.find((each) => names.includes(each.test) && each.status === 'fail');
  if (result === undefined) return { requests: '', reason: 'did not run' };
  const met = faults.filter(({ time }) => time >= result.started - TOLERANCE && time <= result.ended + TOLERANCE);
  const requests = met.map(
    ({ operation, fault }) => `${operation ?? 'unknown'} (${fault.kind === 'answer' ? '503' : 'reset'})`,
  );
  return { requests: [...new Set(requests)].join('<br>'), reason: shortened(result.reason) };
}

/** Shortens a message, and replaces what differs from run to run. */
const shortened = (reason) =>
  reason
    .replaceAll(/https?:\/\/127\.0\.0\.1:\d+(\/w\/[\w-]+)?/g, '')
    .replaceAll(/req-[0-9a-f-]{36}/g, 'req-…')
    .replaceAll(/\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b/g, '…')
    .replaceAll(/(-[A-Za-z]+)-\d{5,}/g, '$1-…')
    .replaceAll(/^b['"]|\\n['"]$/g, '')
    .replaceAll(/[|\\`<>]/g, ' ')
    .slice(0, 160);
