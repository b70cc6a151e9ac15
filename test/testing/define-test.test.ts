import { expect, test } from '@jest/globals';
import { withEach } from '../../src/testing/define-test.ts';
import type { TestFixtures } from '../../src/testing/test-worlds.ts';

const fixtures = {} as TestFixtures;

/** Collects what is defined, and runs it. */
function collector() {
  const defined: { readonly title: string; readonly timeout: number | undefined; readonly result: unknown }[] = [];
  const define = withEach<string>((title, body, timeout) => {
    defined.push({ title, timeout, result: body(fixtures, 'runner') });
  });
  return { defined, define };
}

test('a table defines a test for each row, which gets the row and what the runner passes', () => {
  const { defined, define } = collector();
  define.each([404, 409])('returns %s', (...given) => given, 100);
  define('once', (...given) => given);
  expect(defined).toEqual([
    { title: 'returns 404', timeout: 100, result: [fixtures, 404, 'runner'] },
    { title: 'returns 409', timeout: 100, result: [fixtures, 409, 'runner'] },
    { title: 'once', timeout: undefined, result: [fixtures, 'runner'] },
  ]);
});

test('the title of a row names members of an object, and the items of a list in their order', () => {
  const { defined, define } = collector();
  define.each([{ status: 503, waits: true, name: 'busy' }])('$name: $status, $waits, $nothing', () => undefined);
  define.each([['DELETE', 409]])('%s returns %d', () => undefined);
  expect(defined.map(({ title }) => title)).toEqual(['busy: 503, true, $nothing', 'DELETE returns 409']);
});
