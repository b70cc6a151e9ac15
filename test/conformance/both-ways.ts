import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DialectName } from '../../src/dialects/dialect.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { startEmulator } from '../support/emulator.ts';
import type { ComparedResponse } from './both-ways/compare.ts';
import { DIFFERENCES, type Difference } from './both-ways/differences.ts';
import { type Cell, type Injection, injectedResponse, naturalResponse } from './both-ways/send.ts';
import { naturalStatuses, type Recipe, type RecipeTable } from './by-state/table.ts';
import { type RefusedOperation, testRefusedSuccesses } from './refused-successes.ts';
import { type Client, clientOf } from './support.ts';

/** The cells of a dialect that recipes reach: operation, status and recipe. */
function cellsOf(dialect: DialectName, table: RecipeTable): readonly (readonly [string, number, Recipe])[] {
  const contract = DIALECTS.find(({ name }) => name === dialect)?.contract;
  return Object.entries(contract?.operations ?? {}).flatMap(([id, operation]) =>
    naturalStatuses(operation, table[id]).flatMap((status) => {
      const recipe = table[id]?.[status];
      return recipe === undefined ? [] : [[id, status, recipe] as const];
    }),
  );
}

/**
 * Tests that an injected response is the one that the service would have given: follows each recipe of a dialect without
 * a fault and with one, and compares status, headers and body. For errors, also checks that one of the named reasons
 * gives the natural response, whatever the request itself deserves.
 */
export function testBothWays(dialect: DialectName, table: RecipeTable): void {
  const differences = DIFFERENCES[dialect] ?? {};
  const cells = cellsOf(dialect, table);

  describe(`${dialect} by fault and by state`, () => {
    let client: Client;
    beforeAll(async () => {
      client = await clientOf(await startEmulator());
    });
    afterAll(() => client.emulator.close());

    test.each(cells)('%s returns the same %i', async (id, status, recipe) => {
      const cell = { operation: `${dialect}.${id}`, status };
      const natural = await naturalResponse(client, cell, recipe);
      const success = table[id]?.[client.operation(cell.operation).operation.success];
      const injected = await injectedResponse(client, cell, { recipe, natural, success });
      const difference = differences[`${id}.${status}`];
      expectResponse(injected, natural.response, difference);
      if (status >= 400)
        await expectReason(client, cell, { recipe, natural, success, isExpected: difference?.way !== 'named' });
    });

    testRefusedSuccesses(() => client, refusedOperations(dialect, cells, table));

    test('every listed difference belongs to a cell', () => {
      const known = new Set(cells.map(([id, status]) => `${id}.${status}`));
      expect(Object.keys(differences).filter((cell) => !known.has(cell))).toEqual([]);
    });
  });
}

/** Errors that a service decides on before it reads the request. */
const BEFORE_OPERATION: ReadonlySet<number> = new Set([401, 405]);

/** The operations whose recipes reach a success and an error, once for each error. */
function refusedOperations(dialect: DialectName, cells: ReturnType<typeof cellsOf>, table: RecipeTable) {
  const contract = DIALECTS.find(({ name }) => name === dialect)?.contract;
  return cells.flatMap(([id, error, refused]): readonly RefusedOperation[] => {
    const operation = contract?.operations[id];
    const success = operation && table[id]?.[operation.success];
    if (operation === undefined || success === undefined || operation.success >= 400) return [];
    if (error < 400 || BEFORE_OPERATION.has(error)) return [];
    return [{ name: `${dialect}.${id}`, operation, success, error, refused }];
  });
}

function expectResponse(
  injected: ComparedResponse,
  natural: ComparedResponse,
  difference: Difference | undefined,
): void {
  if (difference === undefined) expect(injected).toEqual(natural);
  // A difference that is gone must leave the list.
  else expect(injected).not.toEqual(natural);
}

/** Checks that each named reason gives the status, and that one of them gives the natural response. */
async function expectReason(
  client: Client,
  cell: Cell,
  { isExpected, ...injection }: Injection & { readonly isExpected: boolean },
): Promise<void> {
  const responses = new Map<string, ComparedResponse>();
  for (const problem of Object.keys(client.operation(cell.operation).problems[cell.status] ?? {})) {
    responses.set(problem, await injectedResponse(client, cell, { ...injection, fault: { problem } }));
  }
  expect([...responses].filter(([, { status }]) => status !== cell.status)).toEqual([]);
  const found = [...responses.values()].some(
    (response) => JSON.stringify(response) === JSON.stringify(injection.natural.response),
  );
  if (found !== isExpected)
    expect({ natural: injection.natural.response, reasons: Object.fromEntries(responses) }).toBe(isExpected);
}
