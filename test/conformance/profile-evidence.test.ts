import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Contract, sourceOf } from '../../src/contract/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
import type { RecipeResponse } from './both-ways/compare.ts';
import { computeV21 } from './by-state/compute-v2.1.ts';
import { identity } from './by-state/identity.ts';
import { imageV2 } from './by-state/image-v2.ts';
import { imsJobs } from './by-state/ims-jobs.ts';
import { imsNative } from './by-state/ims-native.ts';
import { rackspaceImages } from './by-state/rackspace-images.ts';
import { rackspaceServers } from './by-state/rackspace-servers.ts';
import { joinTables, type Recipe, type RecipeTable } from './by-state/table.ts';
import { clientOf } from './support.ts';

const TABLES: Readonly<Record<string, RecipeTable>> = {
  'image-v2': imageV2,
  'compute-v2.1': computeV21,
  'rackspace-images': rackspaceImages,
  'rackspace-servers': rackspaceServers,
  ims: joinTables(imsNative, imsJobs),
  identity,
};

/** The second choice of each profile, or one after it where a profile has more. */
const otherChoices = ({ profiles = {} }: Contract, number = 1): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(profiles).map(([name, { choices }]) => {
      const names = Object.keys(choices);
      return [name, names[Math.min(number, names.length - 1)] as string];
    }),
  );

/** Every choice of each profile but the default one. */
const CHOICES = DIALECTS.flatMap(({ name, contract }) => {
  const sizes = Object.values(contract.profiles ?? {}).map(({ choices }) => Object.keys(choices).length);
  return Array.from(
    { length: Math.max(...sizes) - 1 },
    (_, index) => [name, otherChoices(contract, index + 1)] as const,
  );
});

/** The recipes of the documented responses that are natural. */
const naturalRecipes = (contract: Contract): readonly (readonly [id: string, status: number, Recipe])[] =>
  Object.entries(TABLES[contract.name] ?? {}).flatMap(([id, statuses]) =>
    Object.entries(statuses)
      .map(([status, recipe]) => [id, Number(status), recipe] as const)
      .filter(([, status]) => sourceOf(contract, id, status) === 'natural'),
  );

let emulator: StartedEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

test.each(DIALECTS.map(({ name, contract }) => [name, contract] as const))(
  '%s counts no response as natural whose status depends on a profile',
  async (name, contract) => {
    const world = emulator.worlds.default;
    const misjudged: string[] = [];
    for (const [id, status, recipe] of naturalRecipes(contract)) {
      world.reset();
      world.setProfiles({ [name]: otherChoices(contract) });
      const response = await recipe(await clientOf(emulator));
      if (response.status === status) continue;
      if (entriesOf(world, { limit: 1 })[0]?.source !== 'by-profile') misjudged.push(`${id} ${response.status}`);
    }
    expect(misjudged).toEqual([]);
  },
);

/** Runs a recipe. Returns its response; `undefined` where the profile rejects what the recipe prepares. */
async function follow(recipe: Recipe): Promise<RecipeResponse | undefined> {
  const client = await clientOf(emulator);
  return Promise.resolve(recipe(client)).catch((error: Error) => {
    if (/ returned \d{3}/.test(error.message)) return undefined;
    throw error;
  });
}

test.each(CHOICES)('%s with %j returns no error of Sideglance itself', async (name, choices) => {
  const world = emulator.worlds.default;
  const failed: string[] = [];
  for (const [id, statuses] of Object.entries(TABLES[name] ?? {})) {
    for (const [status, recipe] of Object.entries(statuses)) {
      world.reset();
      world.setProfiles({ [name]: choices });
      await follow(recipe);
      for (const entry of entriesOf(world, { dialect: name })) {
        if (entry.failure !== undefined) failed.push(`${id} ${status}: ${entry.operation} ${entry.status}`);
      }
    }
  }
  expect(failed).toEqual([]);
});
