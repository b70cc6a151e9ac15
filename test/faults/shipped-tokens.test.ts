import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();
const MARKED = ['compute-v2.1', 'rackspace-servers'];
const LISTS = [...IMAGE_APIS.map((api) => `${api}.listImages`), ...MARKED.map((api) => `${api}.listImagesDetail`)];
const LOG_INS = ['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'];

test.each(IMAGE_APIS)('token-revoked: every fifth call to %s meets 401, though the token is good', async (api) => {
  const { player } = stage;
  await player.enable('token-revoked');
  expect(await statuses(6, () => player.on(`${api}.showImage`))).toEqual([200, 200, 200, 200, 401, 200]);
});

test.each(LISTS)(
  'token-expires-in-list: %s loses the token between two pages, once for each user',
  async (operation) => {
    const { player } = stage;
    await player.enable('token-expires-in-list');
    const first = await player.on(operation, { query: { limit: 2 } });
    expect(first.body.images).toHaveLength(2);
    const query = { limit: 2, marker: first.body.images[1].id };
    expect((await player.on(operation, { query })).status).toBe(401);
    const second = await player.on(operation, { query });
    expect([second.status, second.body.images.length]).toEqual([200, 2]);
    const other = await player.as('demo2');
    expect((await other.on(operation, { query })).status).toBe(401);
  },
);

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'token-expires-in-upload: the first to each image by %s ends in 401, the second is taken in',
  async (operation) => {
    const { player } = stage;
    await player.enable('token-expires-in-upload');
    const image = await player.queued();
    const answer = await player.raw(operation, {
      image,
      body: [Buffer.alloc(1000)],
      headers: { 'Content-Length': '3000' },
    });
    expect(answer.head).toMatch(/^HTTP\/1.1 401/);
    expect(player.statusOf(image)).toBe('queued');
    expect((await player.upload(operation, image)).status).toBe(204);
  },
);

test('token-expires-before-download: the first of each image meets 401, the second comes', async () => {
  const { player } = stage;
  const image = await player.stored();
  await player.enable('token-expires-before-download');
  expect(await statuses(2, () => player.on('image-v2.downloadImageData', { image }))).toEqual([401, 200]);
});

describe('token-expires-while-waiting: the third look meets 401, the fourth goes on', () => {
  test('at a task of rackspace-images', async () => {
    const { player } = stage;
    await player.enable('token-expires-while-waiting');
    const { id } = (await player.on('rackspace-images.createImportTask')).body;
    const look = () => player.client.send('rackspace-images.showTask', { task_id: id });
    expect(await statuses(4, look)).toEqual([200, 200, 401, 200]);
  });

  test('at a job of ims', async () => {
    const { player } = stage;
    await player.enable('token-expires-while-waiting');
    const { job_id } = (await player.on('ims.quickImport')).body;
    const look = () => player.client.send('ims.showJob', { job_id, project_id: player.client.projectId });
    expect(await statuses(4, look)).toEqual([200, 200, 401, 200]);
  });

  test('at the tasks of an image of image-v2', async () => {
    const { player } = stage;
    await player.enable('token-expires-while-waiting');
    expect(await statuses(4, () => player.on('image-v2.showImageTasks'))).toEqual([200, 200, 401, 200]);
  });
});

test.each(IMAGE_APIS)('token-never-good: %s refuses the freshest of tokens, and log-ins go on', async (api) => {
  const { player } = stage;
  await player.enable('token-never-good');
  expect(await statuses(2, () => player.on(`${api}.listImages`))).toEqual([401, 401]);
  const fresh = await player.as('demo');
  expect((await fresh.on(`${api}.listImages`)).status).toBe(401);
});

test.each([
  'image-v2.createImage',
  'image-v2.updateImage',
  'image-v2.deleteImage',
  'image-v2.addImageTag',
  'compute-v2.1.createServerImage',
  'compute-v2.1.deleteImage',
  'rackspace-images.updateImage',
  'rackspace-images.deleteImage',
  'rackspace-servers.createServerImage',
  'rackspace-servers.deleteImage',
  'ims.createImage',
  'ims.updateImage',
  'ims.deleteImage',
])('read-only-user: %s is forbidden, reads are not', async (operation) => {
  const { player } = stage;
  await player.enable('read-only-user');
  expect((await player.on(operation, { name: 'forbidden' })).status).toBe(403);
  expect(await player.count('forbidden')).toBe(0);
  const [api] = operation.split(/\.(?=[a-z])/i);
  const image = await player.on(`${api}.showImage`);
  expect(image.status).toBe(200);
  expect(player.statusOf(player.client.imageId('demo-private'))).toBe('active');
});

test.each(LOG_INS)('log-in-refused: no %s gets a token', async (operation) => {
  const { player } = stage;
  await player.enable('log-in-refused');
  expect(await statuses(3, () => player.on(`identity.${operation}`))).toEqual([401, 401, 401]);
});

test.each(LOG_INS)('log-in-fails-at-first: the third %s gets a token', async (operation) => {
  const { player } = stage;
  await player.enable('log-in-fails-at-first');
  const [first, second, third] = await statuses(3, () => player.on(`identity.${operation}`));
  expect([first, second]).toEqual([503, 503]);
  expect([200, 201]).toContain(third);
});
