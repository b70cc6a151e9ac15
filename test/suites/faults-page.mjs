import { FAILURES } from './findings.mjs';

/** Returns the page about the tests that fail when requests fail; see faults.mjs. */
export function pageOf(suites, { chance, retryAfter }) {
  const percent = `${chance * 100} %`;
  return `# The suites under faults

\`npm run suites:faults\` writes this page. It runs each [suite](sdk-suites.md) once while ${percent} of all requests return 503 (Retry-After: ${retryAfter}) and
${percent} end in a reset connection, as when a service restarts. The same requests fail in each run, by their number within the suite. A test that passes
without faults and fails here is a finding about its client: one failed request was enough.

## What the clients do about a failed request
A cell shows how many requests failed, and how many of these the client repeated. Reads are GET and HEAD, which a client may always repeat. A write
that ends in a reset may have taken place, so a client should repeat it only if that does no harm.

| suite | ${FAILURES.join(' | ')} | tests that fail |
|---|${'---|'.repeat(FAILURES.length + 1)}
${suites.map(summaryOf).join('')}
## The tests that fail
Each row has the failed requests that its tests met, and what the tests report. A request is marked "repeated" if the client sent it again; it may
have failed again. If the setup of a class fails, all of its tests fail. "None" means that a test met no failed request: an earlier test left
something behind. **Bug** marks an error inside the code that handles the failure.
${suites.map(sectionOf).join('')}`;
}

function summaryOf({ name, real, repeats, lost, timedOut }) {
  const cells = repeats.map(({ failed, repeated }) => (failed === 0 ? '' : `${failed}, repeated ${repeated}`));
  return `| ${name} | ${cells.join(' | ')} | ${lost.length} of ${real}${timedOut ? ', timed out' : ''} |\n`;
}

/** Returns the section of a suite. */
export function sectionOf({ name, rows, repeats, lost, timedOut }) {
  const remarks = [...(timedOut ? ['The suite did not end within its time limit.'] : []), ...remarksOf(repeats)];
  const head = `\n### ${name}\n${remarks.map((remark) => `- ${remark}\n`).join('')}`;
  if (lost.length === 0) return `${head}- No test fails.\n`;
  const lines = rows.map(
    ({ cause, reason, isBug, tests }) => `| ${namesOf(tests)} | ${cause} | ${isBug ? '**Bug:** ' : ''}${reason} |\n`,
  );
  return `${head}\n| tests | failed requests | what the tests report |\n|---|---|---|\n${lines.join('')}`;
}

/** Says what the client does after each kind of failure. */
function remarksOf(repeats) {
  return FAILURES.flatMap((failure, index) => {
    const { failed, repeated } = repeats[index];
    if (failed === 0) return [];
    const often = repeated === 0 ? 'never' : repeated === failed ? 'always' : 'sometimes';
    return [`After a ${failure} the client ${often} sends the request again${consequenceOf(failure, repeated)}.`];
  });
}

function consequenceOf(failure, repeated) {
  if (failure.endsWith('read')) return repeated === 0 ? ', although reads are safe to repeat' : '';
  return failure.startsWith('reset') && repeated > 0 ? ', which may carry it out twice' : '';
}

/** Returns the names of tests, by class. */
function namesOf(tests) {
  const classes = new Map();
  for (const test of tests) {
    const [group, name] = test.split('.').slice(-2);
    classes.set(group, [...(classes.get(group) ?? []), `\`${name}\``]);
  }
  return [...classes].map(([group, names]) => `${group}: ${names.join(', ')}`).join('<br>');
}
