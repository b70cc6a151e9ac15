import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIALECTS } from '../../src/dialects/index.ts';

interface Documented {
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly number[];
}

/** Operations and answers of the published documents, taken down from them apart from our contracts. */
const DOCUMENTED = JSON.parse(readFileSync(new URL('./documented.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Documented>>>
>;

test.each(DIALECTS)(
  'every documented operation of $name that is there has exactly its documented answers',
  (dialect) => {
    const known = DOCUMENTED[dialect.name] ?? {};
    const own = Object.entries(dialect.contract.operations).filter(([, { annex }]) => annex === undefined);
    expect(own.length).toBeGreaterThan(0);
    const told = own.map(([id, { method, statuses }]) => [id, method, [...statuses].sort((a, b) => a - b)]);
    expect(told).toEqual(own.map(([id]) => [id, known[id]?.method, known[id]?.statuses]));
  },
);

test.each(DIALECTS)('$name has every documented operation', ({ name, contract }) => {
  const own = Object.entries(contract.operations).filter(([, { annex }]) => annex === undefined);
  expect(own.map(([id]) => id).sort()).toEqual(Object.keys(DOCUMENTED[name] ?? {}).sort());
});
