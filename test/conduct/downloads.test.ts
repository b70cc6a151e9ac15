import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { Bench, data } from './bench.ts';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

/** Downloads an image once, with a corruption, and reports success; returns the rules with findings. */
async function findingsAfter(corrupt: string | object): Promise<readonly string[]> {
  const bench = new Bench(cloud);
  await bench.login();
  const id = await bench.create('one');
  await bench.upload(id, data(2000));
  bench.arm('downloadImageData', { corrupt });
  // The client may give up on bytes that do not come.
  await bench.download(id).catch(() => undefined);
  const { findings } = bench.world.conduct({ client: 'success', only: 'download-corruption-unnoticed' });
  bench.client.close();
  return findings.map(({ rule }) => rule);
}

test.each([
  ['a wrong digest in the header', 'checksum'],
  ['a length in the header that is too large', { length: 5 }],
])('a client that keeps the right data despite %s is not accused', async (_what, corrupt) => {
  expect(await findingsAfter(corrupt)).toEqual([]);
});

test('a client that keeps data with a wrong byte is accused', async () => {
  expect(await findingsAfter({ flip: 7 })).toEqual(['download-corruption-unnoticed']);
});
