import { expect, test } from '@jest/globals';
import { computeV21 as dialect } from '../../src/dialects/compute-v2.1/index.ts';
import { computeAnnexes } from './by-state/compute-annexes.ts';
import { computeV21 } from './by-state/compute-v2.1.ts';
import { joinTables } from './by-state/table.ts';
import { testByState } from './by-state.ts';

const table = joinTables(computeV21, computeAnnexes);

testByState('compute-v2.1', table, 'test/conformance/by-state/compute-v2.1.ts or compute-annexes.ts');

test('Every operation has recipes', () => {
  expect(Object.keys(dialect.contract.operations).filter((id) => table[id] === undefined)).toEqual([]);
});
