import { describe, expect, test } from '@jest/globals';
import { DATA, IMAGE_APIS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

describe.each(IMAGE_APIS)('%s responds before the effect', (api) => {
  test('late-delete: two reads after a delete return the image, the third returns 404', async () => {
    const { client } = context;
    await client.enable('late-delete');
    expect((await client.send(`${api}.deleteImage`)).status).toBe(204);
    expect(await statuses(3, () => client.send(`${api}.showImage`))).toEqual([200, 200, 404]);
  });

  test('still-listed: lists contain a deleted image for 30 seconds', async () => {
    const { client } = context;
    await client.enable('still-listed');
    const image = client.base.imageId('demo-private');
    const listed = async (): Promise<boolean> =>
      (await client.send(`${api}.listImages`)).body.images.some(({ id }: { id: string }) => id === image);
    expect((await client.send(`${api}.deleteImage`)).status).toBe(204);
    expect(await listed()).toBe(true);
    await client.advance('29s');
    expect(await listed()).toBe(true);
    await client.advance('1s');
    expect(await listed()).toBe(false);
  });

  test('unlisted-create: the first two lists of each client are empty', async () => {
    const { client } = context;
    await client.enable('unlisted-create');
    const count = async (agent: string): Promise<number> =>
      (await client.send(`${api}.listImages`, { agent })).body.images.length;
    for (const agent of ['one', 'other']) {
      expect(await count(agent)).toBe(0);
      expect(await count(agent)).toBe(0);
      expect(await count(agent)).toBeGreaterThan(5);
    }
  });
});

test.each(['image-v2', 'compute-v2.1', 'rackspace-images', 'ims'])(
  'unseen-create: two reads by %s return 404 for a new image, not for older ones',
  async (api) => {
    const { client } = context;
    await client.enable('unseen-create');
    const image = await client.createQueuedImage();
    expect(await statuses(3, () => client.send(`${api}.showImage`, { image }))).toEqual([404, 404, 200]);
    expect((await client.send(`${api}.showImage`)).status).toBe(200);
  },
);

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'late-tag: two reads by %s return the image without its new tag',
  async (api) => {
    const { client } = context;
    await client.enable('late-tag');
    const hasTag = async (): Promise<boolean> => (await client.send(`${api}.showImage`)).body.tags.includes('fresh');
    expect((await client.send(`${api}.addImageTag`)).status).toBe(204);
    expect([await hasTag(), await hasTag(), await hasTag()]).toEqual([false, false, true]);
  },
);

test('late-deactivate: data can be downloaded for 30 seconds after deactivation', async () => {
  const { client } = context;
  const image = await client.createActiveImage();
  await client.enable('late-deactivate');
  const admin = await client.as('admin');
  expect((await admin.send('image-v2.deactivateImage', { image })).status).toBe(204);
  const response = await client.send('image-v2.downloadImageData', { image }).buffer(true);
  expect([response.status, response.body.length]).toEqual([200, DATA.length]);
  await client.advance('30s');
  expect((await client.send('image-v2.downloadImageData', { image })).status).toBe(403);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'late-unshare: a member removed by %s sees the image for 30 seconds',
  async (api) => {
    const { client } = context;
    await client.enable('late-unshare');
    const image = 'demo-shared';
    const alt = await client.as('alt_demo');
    const removed = await client.base.send(`${api}.deleteImageMember`, {
      image_id: client.base.imageId(image),
      member_id: alt.base.projectId,
    });
    expect(removed.status).toBe(204);
    expect((await alt.send('image-v2.showImage', { image })).status).toBe(200);
    await client.advance('30s');
    expect((await alt.send('image-v2.showImage', { image })).status).toBe(404);
  },
);
