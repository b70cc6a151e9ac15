import { afterAll, expect, test } from '@jest/globals';
import { runnerTimeout } from '../deadline.ts';
import { type ConcurrentTest, type DefineTest, type TestBody, withEach } from '../define-test.ts';
import { RUNNER_MATCHERS, type WorldMatchers } from '../runner-matchers.ts';
import { type TestingOptions, TestWorlds } from '../test-worlds.ts';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> extends WorldMatchers<R> {}
}

export type { ConcurrentTest, DefineTest, RowBody, TestBody } from '../define-test.ts';
export type { ConductExpectation, RequestCount } from '../matchers.ts';
export type { WorldMatchers } from '../runner-matchers.ts';
export type { TestFixtures, TestingOptions } from '../test-worlds.ts';

expect.extend(RUNNER_MATCHERS);

/**
 * Returns a `test` for the tests of this file. They share one server; each gets a world of its own.
 * @example
 * const test = createTest();
 * test('deletes an image', async ({ world }) => { ... });
 */
export function createTest(options: TestingOptions = {}): ConcurrentTest<undefined> {
  const worlds = new TestWorlds(options);
  afterAll(() => worlds.close());
  const run = (body: TestBody<undefined>, timeout: number | undefined) => () => {
    const { currentTestName = '', testPath } = expect.getState();
    return worlds.run({ name: currentTestName, file: testPath, timeout }, (fixtures) => body(fixtures, undefined));
  };
  const defining = (
    define: (title: string, body: () => Promise<void>, timeout?: number) => void,
  ): DefineTest<undefined> =>
    withEach((title, body, timeout = options.timeout) => define(title, run(body, timeout), runnerTimeout(timeout)));
  return Object.assign(defining(test), {
    only: defining(test.only),
    skip: defining(test.skip),
    concurrent: defining(test.concurrent),
    todo: (title: string) => test.todo(title),
  });
}
