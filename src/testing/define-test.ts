import { format } from 'node:util';
import type { TestFixtures } from './test-worlds.ts';

/** A test with a world of its own. `runner` is what the runner passes to tests. */
export type TestBody<Runner> = (fixtures: TestFixtures, runner: Runner) => unknown;

/** A test of one row of a table. */
export type RowBody<Row, Runner> = (fixtures: TestFixtures, row: Row, runner: Runner) => unknown;

/** Defines a test. `timeout` is in milliseconds. */
export type Define<Runner> = (title: string, body: TestBody<Runner>, timeout?: number) => void;

/** Defines a test for each row of a table. `$name` in the title is a member of the row; for others, `%s` is the row. */
export type DefineEach<Runner> = <Row>(
  rows: readonly Row[],
) => (title: string, body: RowBody<Row, Runner>, timeout?: number) => void;

/** Defines a test, or one for each row of a table. */
export interface DefineTest<Runner> extends Define<Runner> {
  readonly each: DefineEach<Runner>;
}

/** Defines tests that each have a world of their own. */
export interface SideglanceTest<Runner> extends DefineTest<Runner> {
  /** Runs only this test of the file. */
  readonly only: DefineTest<Runner>;
  /** Does not run this test. */
  readonly skip: DefineTest<Runner>;
  /** Names a test that is still to be written. */
  todo(title: string): void;
}

/** Defines tests that can also run side by side. */
export interface ConcurrentTest<Runner> extends SideglanceTest<Runner> {
  /** Runs this test together with others. */
  readonly concurrent: DefineTest<Runner>;
}

/** Adds `each` to a function that defines tests. */
export function withEach<Runner>(define: Define<Runner>): DefineTest<Runner> {
  const each: DefineEach<Runner> = (rows) => (title, body, timeout) => {
    for (const row of rows) {
      define(titleOf(title, row), (fixtures, runner) => body(fixtures, row, runner), timeout);
    }
  };
  return Object.assign((...test: Parameters<Define<Runner>>) => define(...test), { each });
}

/** Fills the values of a row into a title. */
function titleOf(title: string, row: unknown): string {
  if (Array.isArray(row)) return format(title, ...row);
  if (typeof row !== 'object' || row === null) return format(title, row);
  return title.replace(/\$(\w+)/g, (whole, name: string) => {
    const value: unknown = (row as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? whole : typeof value === 'string' ? value : format('%j', value);
  });
}
