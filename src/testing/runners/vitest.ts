import { afterAll, expect, type TestContext, test } from 'vitest';
import { runnerTimeout } from '../deadline.ts';
import { type ConcurrentTest, type DefineTest, type TestBody, withEach } from '../define-test.ts';
import { RUNNER_MATCHERS, type WorldMatchers } from '../runner-matchers.ts';
import { type TestingOptions, TestWorlds } from '../test-worlds.ts';

declare module 'vitest' {
  interface Matchers<T> extends WorldMatchers {}
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
 * test('deletes an image', async ({ world }, { signal }) => { ... });
 */
export function createTest(options: TestingOptions = {}): ConcurrentTest<TestContext> {
  const worlds = new TestWorlds(options);
  afterAll(() => worlds.close());
  const run = (body: TestBody<TestContext>, timeout: number | undefined) => (context: TestContext) => {
    const { task } = context;
    const name = task.fullTestName ?? task.name;
    const hasFailed = (): boolean => task.result?.state === 'fail';
    return worlds.run({ name, file: task.file.filepath, timeout, hasFailed }, (fixtures) => body(fixtures, context));
  };
  const defining = (
    define: (title: string, body: (context: TestContext) => unknown, timeout?: number) => void,
  ): DefineTest<TestContext> =>
    withEach((title, body, timeout = options.timeout) => define(title, run(body, timeout), runnerTimeout(timeout)));
  return Object.assign(defining(test), {
    only: defining(test.only),
    skip: defining(test.skip),
    concurrent: defining(test.concurrent),
    todo: (title: string) => test.todo(title),
  });
}
