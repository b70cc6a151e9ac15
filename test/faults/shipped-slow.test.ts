import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();

/** Asks the fault engine for its decision instead of waiting for the delay. */
async function decisionFor(scenario: string, operation: string) {
  const { base } = context.client;
  await context.client.enable(scenario);
  const call = { headers: {}, params: {}, query: new URLSearchParams() };
  return base.emulator.worlds.default.faults.decide({
    operation,
    call,
    caller: {},
    image: () => undefined,
  } as never);
}

const delayOf = async (scenario: string, operation: string): Promise<number> =>
  (await decisionFor(scenario, operation))?.delayMilliseconds ?? 0;

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

test.each(IMAGE_APIS)('slow-lists: a page of %s takes 0.5 to 2 seconds', async (api) => {
  const milliseconds = await delayOf('slow-lists', `${api}.listImages`);
  expect(milliseconds).toBeGreaterThanOrEqual(500);
  expect(milliseconds).toBeLessThanOrEqual(2000);
});

test.each(IMAGE_APIS)('slow-now-and-then: some requests to %s take 20 seconds, most have no delay', async (api) => {
  const delays: number[] = [await delayOf('slow-now-and-then', `${api}.showImage`)];
  const { faults } = context.client.base.emulator.worlds.default;
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

describe('slow transfers', () => {
  test('slow-downloads: a download smaller than the rate of one second is complete', async () => {
    const { client } = context;
    const image = await client.createActiveImage();
    await client.enable('slow-downloads');
    const response = await client.send('image-v2.downloadImageData', { image }).buffer(true);
    expect([response.status, response.body.length]).toEqual([200, 3000]);
  });

  test('slow-downloads: data is sent at 64 KiB per second', async () => {
    const decision = await decisionFor('slow-downloads', 'image-v2.downloadImageData');
    expect(decision?.fault).toMatchObject({ wire: { kind: 'slow', on: 'response', bytesPerSecond: 65536 } });
  });

  test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
    'slow-uploads: %s reads slowly and stores all data',
    async (operation) => {
      const { client } = context;
      const image = await client.createQueuedImage();
      await client.enable('slow-uploads');
      expect((await client.upload(operation, image)).status).toBe(204);
      const { requests } = await client.base.admin('get', `/requests?operation=${operation}`);
      expect(requests).toMatchObject([{ fault: { scenario: 'slow-uploads', kind: 'slow' } }]);
    },
  );

  test.each(IMAGE_APIS)('slow-answers: lists of %s are sent at 500 bytes per second', async (api) => {
    const decision = await decisionFor('slow-answers', `${api}.listImages`);
    expect(decision?.fault).toMatchObject({ wire: { kind: 'slow', on: 'response', bytesPerSecond: 500 } });
  });

  test('slow-answers: a list arrives complete', async () => {
    const { client } = context;
    await client.enable('slow-answers');
    const response = await client.send('compute-v2.1.listImages', { query: { limit: 1 } });
    expect(response.body.images).toHaveLength(1);
    const { requests } = await client.base.admin('get', '/requests?operation=compute-v2.1.listImages');
    expect(requests).toMatchObject([{ fault: { scenario: 'slow-answers', kind: 'slow' } }]);
  });
});

test.each([
  ['slow-log-in', 'identity.authPasswordScoped'],
  ['slow-lists', 'image-v2.listImages'],
  ['slow-writes', 'image-v2.deleteImage'],
])('%s does not delay other operations', async (name, operation) => {
  expect(await delayOf(name, 'image-v2.showImage')).toBe(0);
  expect(await delayOf(name, operation)).toBeGreaterThan(0);
});
