import { AssertionError } from 'node:assert';
import { after, type TestContext, test } from 'node:test';
import type { RequestPattern } from '../../index.ts';
import { runnerTimeout } from '../deadline.ts';
import { type DefineTest, type SideglanceTest, type TestBody, withEach } from '../define-test.ts';
import { type ConductExpectation, MATCHERS, type RequestCount, type Subject } from '../matchers.ts';
import { failureMessage, isFailure, type Outcome } from '../outcome.ts';
import { subjectOf, type WorldMatchers } from '../runner-matchers.ts';
import { type TestingOptions, TestWorlds } from '../test-worlds.ts';

export type { DefineTest, RowBody, SideglanceTest, TestBody } from '../define-test.ts';
export type { ConductExpectation, RequestCount, Subject } from '../matchers.ts';
export type { TestFixtures, TestingOptions } from '../test-worlds.ts';

/** The matchers as functions that take the world first. */
type Assertions = {
  readonly [Name in keyof WorldMatchers]: (world: Subject, ...parameters: Parameters<WorldMatchers[Name]>) => void;
};

/** A member that @types/node does not have. */
type LocatedContext = TestContext & { readonly filePath?: string };

function assertion<Parameters extends readonly unknown[]>(
  name: string,
  check: (world: Subject, ...parameters: Parameters) => Outcome,
  isNot: boolean,
): (world: Subject, ...parameters: Parameters) => void {
  return function assert(world, ...parameters) {
    const outcome = check(subjectOf(name, world), ...parameters);
    if (!isFailure(outcome, isNot)) return;
    throw new AssertionError({ message: failureMessage(outcome, isNot), operator: name, stackStartFn: assert });
  };
}

const assertions = (isNot: boolean): Assertions => ({
  toHaveMet: assertion('toHaveMet', MATCHERS.toHaveMet, isNot),
  toHaveReceived: assertion<[pattern: RequestPattern, count?: RequestCount]>(
    'toHaveReceived',
    MATCHERS.toHaveReceived,
    isNot,
  ),
  toHaveWaitedForRetryAfter: assertion('toHaveWaitedForRetryAfter', MATCHERS.toHaveWaitedForRetryAfter, isNot),
  toHaveNoConductFindings: assertion<[expectation?: ConductExpectation]>(
    'toHaveNoConductFindings',
    MATCHERS.toHaveNoConductFindings,
    isNot,
  ),
});

/** Asserts of a world or the cloud, as the matchers of the other runners do. */
export const { toHaveMet, toHaveReceived, toHaveWaitedForRetryAfter, toHaveNoConductFindings } = assertions(false);

/** Asserts the opposite. An inconclusive outcome fails here, too. */
export const not: Assertions = assertions(true);

/**
 * Returns a `test` for the tests of this file. They share one server; each gets a world of its own.
 * @example
 * const test = createTest();
 * test('deletes an image', async ({ world }, t) => { ... });
 */
export function createTest(options: TestingOptions = {}): SideglanceTest<TestContext> {
  const worlds = new TestWorlds(options);
  after(() => worlds.close());
  const run = (body: TestBody<TestContext>, timeout: number | undefined) => (t: TestContext) =>
    worlds.run({ name: t.fullName, file: (t as LocatedContext).filePath, timeout }, (fixtures) => body(fixtures, t));
  const defining = (define: typeof test.only): DefineTest<TestContext> =>
    withEach((title, body, timeout = options.timeout) => {
      const runner = runnerTimeout(timeout);
      void define(title, runner === undefined ? {} : { timeout: runner }, run(body, timeout));
    });
  return Object.assign(defining(test), {
    only: defining(test.only),
    skip: defining(test.skip),
    todo: (title: string) => void test.todo(title),
  });
}
