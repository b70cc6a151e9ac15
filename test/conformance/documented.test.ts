import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIALECTS } from '../../src/dialects/index.ts';

interface Documented {
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly number[];
}

/** Operations and statuses of the published documents, transcribed independently of our contracts. */
const DOCUMENTED = JSON.parse(readFileSync(new URL('./documented.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Documented>>>
>;

test.each(DIALECTS)(
  'The operations of $name have the method, path and statuses of test/conformance/documented.json',
  (dialect) => {
    const known = DOCUMENTED[dialect.name] ?? {};
    const own = Object.entries(dialect.contract.operations).filter(([, { annex }]) => annex === undefined);
    expect(own.length).toBeGreaterThan(0);
    const found = own.map(([id, { method, path, statuses }]) => [
      id,
      { method, path, statuses: [...statuses].sort((a, b) => a - b) },
    ]);
    // The next test names the operations that are missing in the file.
    expect(Object.fromEntries(found.filter(([id]) => Object.hasOwn(known, id as string)))).toEqual(
      Object.fromEntries(own.flatMap(([id]) => (known[id] === undefined ? [] : [[id, known[id]]]))),
    );
  },
);

test.each(DIALECTS)('$name has the operations of test/conformance/documented.json', ({ name, contract }) => {
  const known = Object.keys(DOCUMENTED[name] ?? {});
  const own = Object.keys(contract.operations).filter((id) => contract.operations[id]?.annex === undefined);
  const unlisted = own.filter((id) => !known.includes(id));
  expect(unlisted.map((id) => `Add "${id}" to "${name}" in test/conformance/documented.json.`)).toEqual([]);
  const missing = known.filter((id) => !own.includes(id));
  expect(missing.map((id) => `Add ${id} to the contract of ${name}, or remove it from documented.json.`)).toEqual([]);
});
