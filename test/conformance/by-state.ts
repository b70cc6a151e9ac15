import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { triggerOf } from '../../src/contract/contract.ts';
import type { DialectName } from '../../src/dialects/dialect.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { startEmulator } from '../support/emulator.ts';
import { type Client, clientOf } from './support.ts';

/** How an answer comes about by what is there and what is sent, with no rule in between. */
export type How = (client: Client) => PromiseLike<{ readonly status: number }>;

/** By operation, then by status. */
export type HowTable = Readonly<Record<string, Readonly<Record<number, How>>>>;

/** Puts tables of one dialect together; an operation may stand in several of them. */
export const joinTables = (...tables: readonly HowTable[]): HowTable => {
  const joined: Record<string, Readonly<Record<number, How>>> = {};
  for (const table of tables) {
    for (const [operation, statuses] of Object.entries(table))
      joined[operation] = { ...joined[operation], ...statuses };
  }
  return joined;
};

/**
 * Tests that each documented answer of a dialect that a client or a state can bring about does come about so: the last
 * entry of the journal is that operation with that status, and no rule had a part in it.
 */
export function testByState(dialect: DialectName, table: HowTable): void {
  const contract = DIALECTS.find(({ name }) => name === dialect)?.contract;
  const operations = Object.entries(contract?.operations ?? {}).filter(([, { annex }]) => annex === undefined);
  const pairs = operations.flatMap(([id, operation]) =>
    operation.statuses
      .filter((status) => triggerOf(operation, status) !== 'inject')
      .map((status) => [id, status, operation.method] as const),
  );

  describe(`${dialect} by state and input`, () => {
    let client: Client;
    beforeAll(async () => {
      client = await clientOf(await startEmulator());
    });
    afterAll(() => client.emulator.close());

    test.each(pairs)('%s answers %i', async (id, status) => {
      const how = table[id]?.[status];
      if (how === undefined) throw new Error(`nobody has said how ${id} comes to answer ${status}`);
      const world = client.emulator.worlds.default;
      world.reset();
      // The log-in of before went with the reset.
      expect((await how(await clientOf(client.emulator))).status).toBe(status);
      expect(world.journal.query({ limit: 1 })[0]).toMatchObject({ status, source: 'natural' });
      expect(await client.met(`${dialect}.${id}`, status)).toMatchObject({
        natural: expect.any(Number),
        injected: 0,
      });
      expect((await client.met(`${dialect}.${id}`, status)).natural).toBeGreaterThan(0);
    });

    test('the table says nothing of answers that are not documented', () => {
      const documented = new Set(pairs.map(([id, status]) => `${id}.${status}`));
      const told = Object.entries(table).flatMap(([id, statuses]) =>
        Object.keys(statuses).map((status) => `${id}.${status}`),
      );
      expect(told.filter((pair) => !documented.has(pair))).toEqual([]);
    });
  });
}
