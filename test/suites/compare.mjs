import { readFileSync } from 'node:fs';
import { KNOWN_DIFFERENCES } from './known-differences.mjs';

/** Returns the tests of a suite that pass with the real services, and those that fail. */
export function baselineOf(suite) {
  const text = readFileSync(new URL(`baselines/${suite}.txt`, import.meta.url), 'utf8');
  const tests = new Map();
  let group = '';
  for (const line of text.split('\n')) {
    const [, status, name] = /^ {2}(pass|fail) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) tests.set(`${group}.${name}`, status);
    else if (!line.startsWith('#')) group = line;
  }
  return tests;
}

/**
 * Compares the results of a suite with those of the real services.
 * @returns `problems`, a line each: unlisted differences, and listed ones that are gone; `lost`, tests that pass with the real services alone;
 *   and the numbers of tests that pass.
 */
export function compare({ name: suite, baseline: list = suite }, results) {
  const baseline = baselineOf(list);
  const ours = new Map(results.map((result) => [result.test, result]));
  const passes = (test) => ours.get(test)?.status === 'pass';
  const tests = new Set([
    ...baseline.keys(),
    ...results.filter(({ status }) => status === 'pass').map(({ test }) => test),
  ]);
  const different = [...tests].filter((test) => (baseline.get(test) === 'pass') !== passes(test));
  const known = new Map(KNOWN_DIFFERENCES.filter((each) => each.suite === suite).map((each) => [each.test, each]));
  const unlisted = different.filter((test) => !known.has(test));
  const gone = [...known.keys()].filter((test) => !different.includes(test));
  return {
    real: [...baseline.values()].filter((status) => status === 'pass').length,
    passed: [...tests].filter(passes).length,
    listed: known.size - gone.length,
    lost: different.filter((test) => !passes(test) && !known.has(test)),
    problems: [
      ...unlisted.map((test) =>
        passes(test) ? `${test} passes, but not with the real service` : `${test}: ${reasonOf(test, ours)}`,
      ),
      ...gone.map((test) => `${test} is a known difference that is gone; remove it from known-differences.mjs`),
    ],
  };
}

/** Returns why a test does not pass; a class that cannot be set up has no results of its tests. */
function reasonOf(test, ours) {
  const group = test.slice(0, test.lastIndexOf('.'));
  const result = ours.get(test) ?? ours.get(`setUpClass (${group})`);
  return result === undefined ? 'did not run' : `${result.status}: ${result.reason}`;
}
