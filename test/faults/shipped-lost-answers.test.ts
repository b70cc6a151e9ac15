import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, SILENCE_MS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

describe.each(IMAGE_APIS)('a delete through %s whose response is lost', (api) => {
  test('lost-delete: deletes the image and returns 503; a retry returns 404', async () => {
    const { client } = context;
    await client.enable('lost-delete');
    expect(await statuses(2, () => client.send(`${api}.deleteImage`))).toEqual([503, 404]);
  });

  test('lost-delete-reset: deletes the image and resets the connection; a retry returns 404', async () => {
    const { client } = context;
    await client.enable('lost-delete-reset');
    const image = client.base.imageId('demo-private');
    expect(await client.sendRaw(`${api}.deleteImage`)).toMatchObject({ text: '', ending: 'reset' });
    expect(client.statusOf(image)).toBe('deleted');
    expect((await client.send(`${api}.deleteImage`)).status).toBe(404);
  });
});

describe.each(['image-v2', 'ims'])('creating an image through %s when the response is lost', (api) => {
  test.each([
    ['lost-create', 500],
    ['lost-create-unavailable', 503],
  ])('%s: creates the image and returns %i; the next request succeeds', async (name, status) => {
    const { client } = context;
    await client.enable(name);
    const create = () => client.send(`${api}.createImage`, { name: 'lost' });
    expect((await create()).status).toBe(status);
    expect(await client.countImages('lost')).toBe(1);
    expect((await create()).status).toBe(201);
    expect(await client.countImages('lost')).toBe(2);
  });

  test('lost-create-reset: creates the image and resets the connection; the next request succeeds', async () => {
    const { client } = context;
    await client.enable('lost-create-reset');
    const create = () => client.send(`${api}.createImage`, { name: 'lost' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await client.countImages('lost')).toBe(1);
    expect((await create()).status).toBe(201);
  });
});

describe.each([
  ['compute-v2.1.createServerImage', 202],
  ['rackspace-servers.createServerImage', 202],
  ['ims.createCloudImage', 200],
])('a snapshot by %s whose response is lost', (operation, success) => {
  test('lost-snapshot: creates the image and returns 503; the next request succeeds', async () => {
    const { client } = context;
    await client.enable('lost-snapshot');
    expect((await client.send(operation, { name: 'lost' })).status).toBe(503);
    expect(await client.countImages('lost')).toBe(1);
    expect((await client.send(operation, { name: 'next' })).status).toBe(success);
  });

  test('lost-snapshot-reset: creates the image and resets the connection; the next request succeeds', async () => {
    const { client } = context;
    await client.enable('lost-snapshot-reset');
    await expect(client.send(operation, { name: 'lost' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await client.countImages('lost')).toBe(1);
    expect((await client.send(operation, { name: 'next' })).status).toBe(success);
  });
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'lost-update: %s applies the first change of each image and returns 503',
  async (api) => {
    const { client } = context;
    await client.enable('lost-update');
    expect((await client.send(`${api}.updateImage`)).status).toBe(503);
    const { body } = await client.send(`${api}.showImage`);
    expect(body.name).toBe('renamed');
    expect((await client.send(`${api}.updateImage`)).status).toBe(200);
  },
);

describe.each([
  ['image-v2.uploadImageData', 503],
  ['ims.uploadImage', 500],
])('an upload by %s whose response is lost', (operation, status) => {
  test(`lost-upload: stores the data and returns ${status}; a retry returns 409`, async () => {
    const { client } = context;
    await client.enable('lost-upload');
    const image = await client.createQueuedImage();
    expect((await client.upload(operation, image)).status).toBe(status);
    expect(client.statusOf(image)).toBe('active');
    expect((await client.upload(operation, image)).status).toBe(409);
  });

  test('lost-upload-reset: stores the data and resets the connection; a retry returns 409', async () => {
    const { client } = context;
    await client.enable('lost-upload-reset');
    const image = await client.createQueuedImage();
    await expect(client.upload(operation, image)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(client.statusOf(image)).toBe('active');
    expect((await client.upload(operation, image)).status).toBe(409);
  });
});

describe('lost-import: the first import of each user starts and returns 503', () => {
  test('importImage of image-v2 imports the data', async () => {
    const { client } = context;
    await client.enable('lost-import');
    const image = await client.createQueuedImage();
    await client.upload('image-v2.stageImageData', image);
    expect((await client.send('image-v2.importImage', { image })).status).toBe(503);
    expect(client.statusOf(image)).toBe('active');
  });

  test.each([
    ['rackspace-images.createImportTask', 201],
    ['ims.quickImport', 200],
  ])('%s creates the image; the next request succeeds', async (operation, success) => {
    const { client } = context;
    await client.enable('lost-import');
    expect((await client.send(operation, { name: 'lost' })).status).toBe(503);
    expect(await client.countImages('lost')).toBe(1);
    expect((await client.send(operation, { name: 'next' })).status).toBe(success);
  });
});

test.each([
  ['image-v2', 409],
  ['rackspace-images', 409],
  ['ims', 409],
])(
  'lost-share: %s adds the first member of each image and returns 503; a retry returns %i',
  async (api, retryStatus) => {
    const { client } = context;
    await client.enable('lost-share');
    const share = () => client.send(`${api}.createImageMember`, { image: 'demo-shared-pending' });
    expect((await share()).status).toBe(503);
    expect((await share()).status).toBe(retryStatus);
  },
);

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'lost-log-in: the first %s resets the connection, the second returns a token',
  async (operation) => {
    const { client } = context;
    await client.enable('lost-log-in');
    await expect(client.send(`identity.${operation}`)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const { status } = await client.send(`identity.${operation}`);
    expect([200, 201]).toContain(status);
  },
);

test.each(IMAGE_APIS)('keep-alive-closed: %s closes the connection after a whole response', async (api) => {
  const { client } = context;
  const show = () =>
    client.sendRaw(`${api}.showImage`, { silenceMs: SILENCE_MS, headers: { Connection: 'keep-alive' } });
  const natural = await show();
  expect(natural.ending).toBe('silence');
  await client.enable('keep-alive-closed');
  const closed = await show();
  expect([closed.ending, closed.body]).toEqual(['end', natural.body]);
  expect(closed.head).not.toMatch(/Connection: close/i);
});
