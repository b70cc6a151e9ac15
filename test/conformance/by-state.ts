import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { profileOf, sourceOf } from '../../src/contract/contract.ts';
import type { Dialect, DialectName } from '../../src/dialects/dialect.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
import { naturalStatuses, type RecipeTable } from './by-state/table.ts';
import { type Client, clientOf } from './support.ts';

/**
 * Tests that each documented response that a request or a state can cause has a recipe, unless the table leaves out an
 * operation beyond the scope of the project, and that each recipe gets its response without a fault: the last journal entry has this status, and is natural or names the profile that the contract names.
 * @param file - file of the table, for the message about a missing recipe.
 */
export function testByState(dialect: DialectName, table: RecipeTable, file: string): void {
  const { contract } = DIALECTS.find(({ name }) => name === dialect) as Dialect;
  const operations = Object.entries(contract.operations).filter(
    ([id, { annex }]) => annex === undefined || Object.hasOwn(table, id),
  );
  const pairs = operations.flatMap(([id, operation]) =>
    naturalStatuses(operation, table[id]).map((status) => [id, status] as const),
  );

  describe(`${dialect} by state and input`, () => {
    let client: Client;
    beforeAll(async () => {
      client = await clientOf(await startEmulator());
    });
    afterAll(() => client.emulator.close());

    test.each(pairs)('%s returns %i', async (id, status) => {
      const recipe = table[id]?.[status];
      if (recipe === undefined) throw new Error(missingRecipe(file, id, status));
      const world = client.emulator.worlds.default;
      world.reset();
      // The reset has revoked the tokens of the first login.
      expect((await recipe(await clientOf(client.emulator))).status).toBe(status);
      const isDocumented = contract.operations[id]?.statuses.includes(status) === true;
      const source = isDocumented ? sourceOf(contract, id, status) : 'natural';
      const choice = profileOf(contract, id, status);
      expect(entriesOf(world, { limit: 1 })[0]).toMatchObject({
        status,
        source,
        ...(choice !== undefined && { profiles: [`${dialect}/${choice}`] }),
      });
      if (!isDocumented) return;
      const { natural, byProfile, injected } = await client.cellOf(`${dialect}.${id}`, status);
      expect([natural > 0, byProfile > 0, injected]).toEqual([source === 'natural', source === 'by-profile', 0]);
    });

    test(`${file} has no recipe for an undocumented response`, () => {
      const documented = new Set(pairs.map(([id, status]) => `${id}.${status}`));
      const recipes = Object.entries(table).flatMap(([id, statuses]) =>
        Object.keys(statuses).map((status) => `${id}.${status}`),
      );
      expect(recipes.filter((pair) => !documented.has(pair))).toEqual([]);
    });
  });
}

const missingRecipe = (file: string, id: string, status: number): string =>
  `Add to ${file}: ${id}: { ${status}: recipe }, where the recipe sends a request to which the service returns ${status} ` +
  `without a fault. If only a fault can cause ${status}, set triggers: { ${status}: 'inject' } in the contract instead.`;
