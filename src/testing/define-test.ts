import type { TestFixtures } from './test-worlds.ts';

/** A test with a world of its own. `runner` is what the runner passes to tests. */
export type TestBody<Runner> = (fixtures: TestFixtures, runner: Runner) => unknown;

/** Defines a test. `timeout` is in milliseconds. */
export type DefineTest<Runner> = (title: string, body: TestBody<Runner>, timeout?: number) => void;

/** Defines tests that each have a world of their own. */
export interface SideglanceTest<Runner> extends DefineTest<Runner> {
  /** Runs only this test of the file. */
  readonly only: DefineTest<Runner>;
  /** Does not run this test. */
  readonly skip: DefineTest<Runner>;
}

/** Defines tests that can also run side by side. */
export interface ConcurrentTest<Runner> extends SideglanceTest<Runner> {
  /** Runs this test together with others. */
  readonly concurrent: DefineTest<Runner>;
}
