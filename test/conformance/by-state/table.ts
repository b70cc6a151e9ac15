import { type Operation, triggerOf } from '../../../src/contract/contract.ts';
import type { RecipeResponse } from '../both-ways/compare.ts';
import type { Client } from '../support.ts';

/** Prepares the state and sends the request that gets a status, without any fault. */
export type Recipe = (client: Client) => PromiseLike<RecipeResponse>;

/** Recipes by operation and status. */
export type RecipeTable = Readonly<Record<string, Readonly<Record<number, Recipe>>>>;

/** Merges tables of one dialect; an operation may have recipes in several of them. */
export const joinTables = (...tables: readonly RecipeTable[]): RecipeTable => {
  const merged: Record<string, Readonly<Record<number, Recipe>>> = {};
  for (const table of tables) {
    for (const [operation, statuses] of Object.entries(table))
      merged[operation] = { ...merged[operation], ...statuses };
  }
  return merged;
};

/** The documented statuses that a request or a state can cause, and the other ones that a recipe reaches. */
export const naturalStatuses = (operation: Operation, recipes: RecipeTable[string] = {}): readonly number[] => [
  ...operation.statuses.filter((status) => triggerOf(operation, status) !== 'inject'),
  ...(operation.alsoSeen ?? []).filter((status) => recipes[status] !== undefined),
];
