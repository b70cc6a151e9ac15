import { join } from 'node:path';
import { run } from '../processes.mjs';

/** Where Debian installs the sources of Go libraries. */
const GOPATH = '/usr/share/gocode';
const LIBRARY = 'github.com/gophercloud/gophercloud/acceptance/openstack';

// An escape character cannot be written in a regular expression literal here.
const COLORS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const STATUSES = { pass: 'pass', fail: 'fail', skip: 'skip' };

/** Compiles and runs the acceptance tests of a package of gophercloud. */
export async function runGo(suite, { folder, env: own, timeout, place }) {
  const cache = { GOCACHE: join(place.scratch, 'go-cache'), GOPATH, GO111MODULE: 'off', GOFLAGS: '' };
  // The tests download an image of CirrOS. Go uses no proxy for loopback addresses.
  const env = { ...own, ...cache, http_proxy: place.image.proxy };
  const program = join(folder, 'suite.test');
  const compile = ['go', 'test', '-c', '-tags', 'acceptance', '-o', program, `${LIBRARY}/${suite.tests}`];
  const compiled = await run(compile, { cwd: folder, env, timeout });
  if (compiled.code !== 0) return { results: [], timedOut: compiled.timedOut, errors: compiled.stderr };
  const tests = ['go', 'tool', 'test2json', '-t', program, '-test.v', '-test.run', suite.select];
  const { stdout, stderr, timedOut } = await run(tests, { cwd: folder, env, timeout });
  return { results: resultsOf(stdout, suite), timedOut, errors: stderr };
}

/** Returns the results in the output of test2json, an event a line. A test without an end was running when the suite was stopped. */
function resultsOf(text, { tests: group }) {
  const tests = new Map();
  for (const line of text.split('\n').filter(Boolean)) {
    const { Time, Action, Test, Output } = JSON.parse(line);
    if (Test === undefined) continue;
    const test = tests.get(Test) ?? {
      test: `${group}.${Test}`,
      status: 'fail',
      reason: '',
      started: Date.parse(Time),
      ended: null,
    };
    tests.set(Test, test);
    if (Action === 'output' && /\.go:\d+: /.test(Output)) test.reason = messageOf(Output) ?? test.reason;
    if (STATUSES[Action] === undefined) continue;
    Object.assign(test, { status: STATUSES[Action], ended: Date.parse(Time) });
    if (test.status === 'pass') test.reason = '';
  }
  return [...tests.values()];
}

/** Returns the message of a log line that says why a test fails or is skipped, without the colors of a terminal. */
function messageOf(line) {
  const text = line
    .replaceAll(COLORS, '')
    .replace(/^ *\S+\.go:\d+: /, '')
    .trim();
  return /^(Failure in|Unable to)|\b(must be|requires)\b/.test(text) ? text.slice(0, 400) : undefined;
}
