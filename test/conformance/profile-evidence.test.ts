import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Contract, sourceOf } from '../../src/contract/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
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

/** The second choice of each profile. */
const otherChoices = ({ profiles = {} }: Contract): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(profiles).map(([name, { choices }]) => [name, Object.keys(choices)[1] as string]));

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
