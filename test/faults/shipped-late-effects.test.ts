import { describe, expect, test } from '@jest/globals';
import { DATA, IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();
const STATUS_OF_NONE = 404;

describe.each(IMAGE_APIS)('%s answers before it is true:', (api) => {
  test('late-delete: two reads still find the image, the third does not', async () => {
    const { player } = stage;
    await player.enable('late-delete');
    expect((await player.on(`${api}.deleteImage`)).status).toBe(204);
    expect(await statuses(3, () => player.on(`${api}.showImage`))).toEqual([200, 200, STATUS_OF_NONE]);
  });

  test('still-listed: for half a minute the image is in lists, then it is not', async () => {
    const { player } = stage;
    await player.enable('still-listed');
    const image = player.client.imageId('demo-private');
    const listed = async (): Promise<boolean> =>
      (await player.on(`${api}.listImages`)).body.images.some(({ id }: { id: string }) => id === image);
    expect((await player.on(`${api}.deleteImage`)).status).toBe(204);
    expect(await listed()).toBe(true);
    await player.advance('29s');
    expect(await listed()).toBe(true);
    await player.advance('1s');
    expect(await listed()).toBe(false);
  });

  test('unlisted-create: two lists of each client hold nothing', async () => {
    const { player } = stage;
    await player.enable('unlisted-create');
    const count = async (agent: string): Promise<number> =>
      (await player.on(`${api}.listImages`, { agent })).body.images.length;
    for (const agent of ['one', 'other']) {
      expect(await count(agent)).toBe(0);
      expect(await count(agent)).toBe(0);
      expect(await count(agent)).toBeGreaterThan(5);
    }
  });
});

test.each(['image-v2', 'compute-v2.1', 'rackspace-images', 'ims'])(
  'unseen-create: two reads by %s do not find a new image, and all find an older one',
  async (api) => {
    const { player } = stage;
    await player.enable('unseen-create');
    const image = await player.queued();
    expect(await statuses(3, () => player.on(`${api}.showImage`, { image }))).toEqual([404, 404, 200]);
    expect((await player.on(`${api}.showImage`)).status).toBe(200);
  },
);

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'late-tag: two reads by %s find the image without its tag',
  async (api) => {
    const { player } = stage;
    await player.enable('late-tag');
    const hasTag = async (): Promise<boolean> => (await player.on(`${api}.showImage`)).body.tags.includes('fresh');
    expect((await player.on(`${api}.addImageTag`)).status).toBe(204);
    expect([await hasTag(), await hasTag(), await hasTag()]).toEqual([false, false, true]);
  },
);

test('late-deactivate: data can be loaded for half a minute, then no more', async () => {
  const { player } = stage;
  const image = await player.stored();
  await player.enable('late-deactivate');
  const admin = await player.as('admin');
  expect((await admin.on('image-v2.deactivateImage', { image })).status).toBe(204);
  const answer = await player.on('image-v2.downloadImageData', { image }).buffer(true);
  expect([answer.status, answer.body.length]).toEqual([200, DATA.length]);
  await player.advance('30s');
  expect((await player.on('image-v2.downloadImageData', { image })).status).toBe(403);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'late-unshare: a member that %s removed sees the image for half a minute',
  async (api) => {
    const { player } = stage;
    await player.enable('late-unshare');
    const image = 'demo-shared';
    const alt = await player.as('alt_demo');
    const removed = await player.client.send(`${api}.deleteImageMember`, {
      image_id: player.client.imageId(image),
      member_id: alt.client.projectId,
    });
    expect(removed.status).toBe(204);
    expect((await alt.on('image-v2.showImage', { image })).status).toBe(200);
    await player.advance('30s');
    expect((await alt.on('image-v2.showImage', { image })).status).toBe(404);
  },
);
