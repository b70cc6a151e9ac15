import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();
const APIS_WITH_DETAIL = ['compute-v2.1', 'rackspace-servers'];
const LISTS = [
  ...IMAGE_APIS.map((api) => `${api}.listImages`),
  ...APIS_WITH_DETAIL.map((api) => `${api}.listImagesDetail`),
];
const LOG_INS = ['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'];

test.each(IMAGE_APIS)('token-revoked: %s returns 401 to every fifth request with a valid token', async (api) => {
  const { client } = context;
  await client.enable('token-revoked');
  expect(await statuses(6, () => client.send(`${api}.showImage`))).toEqual([200, 200, 200, 200, 401, 200]);
});

test.each(LISTS)('token-expires-in-list: %s returns 401 between two pages, once for each user', async (operation) => {
  const { client } = context;
  await client.enable('token-expires-in-list');
  const first = await client.send(operation, { query: { limit: 2 } });
  expect(first.body.images).toHaveLength(2);
  const query = { limit: 2, marker: first.body.images[1].id };
  expect((await client.send(operation, { query })).status).toBe(401);
  const second = await client.send(operation, { query });
  expect([second.status, second.body.images.length]).toEqual([200, 2]);
  const other = await client.as('demo2');
  expect((await other.send(operation, { query })).status).toBe(401);
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'token-expires-in-upload: %s returns 401 to the first upload to each image, then 204',
  async (operation) => {
    const { client } = context;
    await client.enable('token-expires-in-upload');
    const image = await client.createQueuedImage();
    const response = await client.sendRaw(operation, {
      image,
      body: [Buffer.alloc(1000)],
      headers: { 'Content-Length': '3000' },
    });
    expect(response.head).toMatch(/^HTTP\/1.1 401/);
    expect(client.statusOf(image)).toBe('queued');
    expect((await client.upload(operation, image)).status).toBe(204);
  },
);

test('token-expires-before-download: the first download of each image returns 401, the second 200', async () => {
  const { client } = context;
  const image = await client.createActiveImage();
  await client.enable('token-expires-before-download');
  expect(await statuses(2, () => client.send('image-v2.downloadImageData', { image }))).toEqual([401, 200]);
});

describe('token-expires-while-waiting: the third poll returns 401, the fourth 200', () => {
  test('for a task of rackspace-images', async () => {
    const { client } = context;
    await client.enable('token-expires-while-waiting');
    const { id } = (await client.send('rackspace-images.createImportTask')).body;
    const poll = () => client.base.send('rackspace-images.showTask', { task_id: id });
    expect(await statuses(4, poll)).toEqual([200, 200, 401, 200]);
  });

  test('for a job of ims', async () => {
    const { client } = context;
    await client.enable('token-expires-while-waiting');
    const { job_id } = (await client.send('ims.quickImport')).body;
    const poll = () => client.base.send('ims.showJob', { job_id, project_id: client.base.projectId });
    expect(await statuses(4, poll)).toEqual([200, 200, 401, 200]);
  });

  test('for the tasks of an image of image-v2', async () => {
    const { client } = context;
    await client.enable('token-expires-while-waiting');
    expect(await statuses(4, () => client.send('image-v2.showImageTasks'))).toEqual([200, 200, 401, 200]);
  });
});

test.each(IMAGE_APIS)('token-never-good: %s returns 401 even to a new token, logins succeed', async (api) => {
  const { client } = context;
  await client.enable('token-never-good');
  expect(await statuses(2, () => client.send(`${api}.listImages`))).toEqual([401, 401]);
  const fresh = await client.as('demo');
  expect((await fresh.send(`${api}.listImages`)).status).toBe(401);
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
])('read-only-user: %s returns 403, reads succeed', async (operation) => {
  const { client } = context;
  await client.enable('read-only-user');
  expect((await client.send(operation, { name: 'forbidden' })).status).toBe(403);
  expect(await client.countImages('forbidden')).toBe(0);
  const [api] = operation.split(/\.(?=[a-z])/i);
  const image = await client.send(`${api}.showImage`);
  expect(image.status).toBe(200);
  expect(client.statusOf(client.base.imageId('demo-private'))).toBe('active');
});

test.each(LOG_INS)('log-in-refused: %s always returns 401', async (operation) => {
  const { client } = context;
  await client.enable('log-in-refused');
  expect(await statuses(3, () => client.send(`identity.${operation}`))).toEqual([401, 401, 401]);
});

test.each(LOG_INS)('log-in-fails-at-first: %s returns 503 twice, then a token', async (operation) => {
  const { client } = context;
  await client.enable('log-in-fails-at-first');
  const [first, second, third] = await statuses(3, () => client.send(`identity.${operation}`));
  expect([first, second]).toEqual([503, 503]);
  expect([200, 201]).toContain(third);
});
