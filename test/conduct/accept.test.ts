import { expect, test } from '@jest/globals';
import { startSideglance } from '../../src/index.ts';
import { Bench } from './bench.ts';

test.each([
  ['', []],
  ['*/*', []],
  ['text/html', ['json-not-accepted']],
])('a client that accepts "%s" gets the findings %j', async (accept, expected) => {
  const cloud = await startSideglance();
  const bench = new Bench(cloud);
  await bench.login();
  await bench.send('GET', '/images?limit=100', { headers: { Accept: accept } });
  const { findings } = bench.world.conduct({ only: 'json-not-accepted' });
  expect(findings.map(({ rule }) => rule)).toEqual(expected);
  bench.client.close();
  await cloud.close();
});
