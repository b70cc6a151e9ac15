/** Milliseconds by which the times of tests and requests may differ. */
const TOLERANCE = 2;

/** Methods that a client may repeat without harm. */
const READS = new Set(['GET', 'HEAD']);

/** Names of failures, in the order of the page. */
export const FAILURES = ['503 to a read', '503 to a write', 'reset of a read', 'reset of a write'];

/** What Python reports when the code that handles an error is itself wrong. */
const CLIENT_BUG = /takes \d+ positional arguments? but|has no attribute|is not (callable|subscriptable)/;

/**
 * Explains the results of a suite under faults.
 * @param run - `results` of the tests, the `faults` (failed requests), and the tests that are `lost` by them.
 * @returns `repeats`, for each of `FAILURES` how many requests `failed` and how many of these the client `repeated`; and `rows`, the lost tests by
 *   what they met and report.
 */
export function findingsOf({ results, faults, lost }) {
  const failed = faults.map((request) => ({
    ...request,
    failure: failureOf(request),
    isRepeated: isRepeated(request, results),
  }));
  const rows = new Map();
  for (const test of lost) {
    const row = rowOf(test, results, failed);
    const key = `${row.cause} ${row.reason}`;
    rows.set(key, { ...row, tests: [...(rows.get(key)?.tests ?? []), test] });
  }
  return { repeats: FAILURES.map((failure) => repeatsOf(failed, failure)), rows: [...rows.values()], lost };
}

function failureOf({ method, status }) {
  const what = READS.has(method) ? 'read' : 'write';
  return status === 503 ? `503 to a ${what}` : `reset of a ${what}`;
}

/** Suites run one test at a time, so a client that repeats a request sends it next. A test that begins with it does not repeat it. */
function isRepeated({ method, url, time, next }, results) {
  if (next?.method !== method || next.url !== url) return false;
  const test = results.find((each) => isWithin(time, each.started, each.ended));
  return test === undefined || isWithin(next.time, test.started, test.ended);
}

const isWithin = (time, from, to) =>
  from !== null && time >= from - TOLERANCE && time <= (to ?? Number.POSITIVE_INFINITY) + TOLERANCE;

function repeatsOf(failed, failure) {
  const all = failed.filter((each) => each.failure === failure);
  return { failed: all.length, repeated: all.filter((each) => each.isRepeated).length };
}

/** Returns which failed requests a test met, and what it reported. A class that cannot be set up fails as a whole. */
function rowOf(test, results, failed) {
  const group = test.slice(0, test.lastIndexOf('.'));
  const own = results.find((each) => each.test === test && each.status === 'fail');
  const result = own ?? results.find((each) => each.test === `setUpClass (${group})` && each.status === 'fail');
  if (result === undefined) return { cause: 'none', reason: 'did not run', isBug: false };
  // The start of a setUpClass is not reported.
  const from = own === undefined ? endBefore(result.started, results) : own.started;
  const met = failed.filter(({ time }) => isWithin(time, from, result.ended));
  const requests = [...new Set(met.map(describe))];
  const cause = `${own === undefined ? 'in the setup of the class: ' : ''}${requests.join('<br>') || 'none'}`;
  return { cause, reason: shortened(result.reason), isBug: CLIENT_BUG.test(result.reason) };
}

const describe = ({ operation, failure, isRepeated }) =>
  `${operation ?? 'unknown path'} (${failure.split(' ')[0]}${isRepeated ? ', repeated' : ''})`;

/** Returns when the last test before a time ended. */
const endBefore = (time, results) =>
  Math.max(0, ...results.flatMap(({ ended }) => (ended !== null && ended < time ? [ended] : [])));

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
