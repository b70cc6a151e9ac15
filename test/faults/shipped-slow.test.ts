import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, playing } from './shipped-support.ts';

const stage = playing();

/** What is decided about a call, rather than waiting for it. */
async function decided(scenario: string, operation: string) {
  const { client } = stage.player;
  await stage.player.enable(scenario);
  const call = { headers: {}, params: {}, query: new URLSearchParams() };
  return client.emulator.worlds.default.faults.decide({
    operation,
    call,
    caller: {},
    image: () => undefined,
  } as never);
}

const delayOf = async (scenario: string, operation: string): Promise<number> =>
  (await decided(scenario, operation))?.delayMilliseconds ?? 0;

test.each([
  'identity.authPasswordScoped',
  'identity.authPasswordUnscoped',
  'identity.v2Authenticate',
  'identity.iamAuthPassword',
  'identity.raxAuthenticateApiKey',
  'identity.raxAuthenticatePassword',
])('slow-log-in: %s takes about 2 seconds', async (operation) => {
  const milliseconds = await delayOf('slow-log-in', operation);
  expect(milliseconds).toBeGreaterThan(400);
  expect(milliseconds).toBeLessThan(10_000);
});

test.each([
  'identity.getCatalog',
  'identity.listAuthProjects',
  'identity.iamCatalog',
  'identity.raxListTokenEndpoints',
])('slow-catalogue: %s takes 3 seconds', async (operation) => {
  expect(await delayOf('slow-catalogue', operation)).toBe(3000);
});

test.each(IMAGE_APIS)('slow-lists: a page of %s takes half a second to two', async (api) => {
  const milliseconds = await delayOf('slow-lists', `${api}.listImages`);
  expect(milliseconds).toBeGreaterThanOrEqual(500);
  expect(milliseconds).toBeLessThanOrEqual(2000);
});

test.each(IMAGE_APIS)('slow-now-and-then: some calls to %s take 20 seconds, most take none', async (api) => {
  const delays: number[] = [await delayOf('slow-now-and-then', `${api}.showImage`)];
  const { faults } = stage.player.client.emulator.worlds.default;
  const call = { headers: {}, params: {}, query: new URLSearchParams() };
  for (let number = 0; number < 200; number += 1) {
    const subject = { operation: `${api}.showImage`, call, caller: {}, image: () => undefined };
    delays.push(faults.decide(subject as never)?.delayMilliseconds ?? 0);
  }
  expect(new Set(delays)).toEqual(new Set([0, 20_000]));
  expect(delays.filter((delay) => delay > 0).length).toBeLessThan(40);
});

test.each([
  'image-v2.createImage',
  'ims.deleteImage',
  'rackspace-servers.createServerImage',
  'rackspace-images.updateImage',
])('slow-writes: %s takes 5 to 15 seconds', async (operation) => {
  const milliseconds = await delayOf('slow-writes', operation);
  expect(milliseconds).toBeGreaterThanOrEqual(5000);
  expect(milliseconds).toBeLessThanOrEqual(15_000);
});

describe('Bytes that come slowly', () => {
  test('slow-downloads: what fits into the first second of a download comes whole', async () => {
    const { player } = stage;
    const image = await player.stored();
    await player.enable('slow-downloads');
    const answer = await player.on('image-v2.downloadImageData', { image }).buffer(true);
    expect([answer.status, answer.body.length]).toEqual([200, 3000]);
  });

  test('slow-downloads: the rest comes at 64 KiB a second', async () => {
    const decision = await decided('slow-downloads', 'image-v2.downloadImageData');
    expect(decision?.fault).toMatchObject({ wire: { kind: 'slow', on: 'response', bytesPerSecond: 65536 } });
  });

  test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
    'slow-uploads: what %s takes in slowly is whole in the end',
    async (operation) => {
      const { player } = stage;
      const image = await player.queued();
      await player.enable('slow-uploads');
      expect((await player.upload(operation, image)).status).toBe(204);
      const { requests } = await player.client.admin('get', `/requests?operation=${operation}`);
      expect(requests).toMatchObject([{ fault: { scenario: 'slow-uploads', kind: 'slow' } }]);
    },
  );

  test.each(IMAGE_APIS)('slow-answers: lists of %s drip in at 500 bytes a second', async (api) => {
    const decision = await decided('slow-answers', `${api}.listImages`);
    expect(decision?.fault).toMatchObject({ wire: { kind: 'slow', on: 'response', bytesPerSecond: 500 } });
  });

  test('slow-answers: a list is whole in the end', async () => {
    const { player } = stage;
    await player.enable('slow-answers');
    const answer = await player.on('compute-v2.1.listImages', { query: { limit: 1 } });
    expect(answer.body.images).toHaveLength(1);
    const { requests } = await player.client.admin('get', '/requests?operation=compute-v2.1.listImages');
    expect(requests).toMatchObject([{ fault: { scenario: 'slow-answers', kind: 'slow' } }]);
  });
});

test.each([
  ['slow-log-in', 'identity.authPasswordScoped'],
  ['slow-lists', 'image-v2.listImages'],
  ['slow-writes', 'image-v2.deleteImage'],
])('%s slows down nothing else', async (name, operation) => {
  expect(await delayOf(name, 'image-v2.showImage')).toBe(0);
  expect(await delayOf(name, operation)).toBeGreaterThan(0);
});
