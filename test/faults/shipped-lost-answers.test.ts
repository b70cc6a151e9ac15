import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();

describe.each(IMAGE_APIS)('A delete through %s whose answer is lost', (api) => {
  test('lost-delete: takes place and says 503; the second try finds nothing', async () => {
    const { player } = stage;
    await player.enable('lost-delete');
    expect(await statuses(2, () => player.on(`${api}.deleteImage`))).toEqual([503, 404]);
  });

  test('lost-delete-reset: takes place and resets the connection; the second try finds nothing', async () => {
    const { player } = stage;
    await player.enable('lost-delete-reset');
    const image = player.client.imageId('demo-private');
    expect(await player.raw(`${api}.deleteImage`)).toMatchObject({ text: '', ending: 'reset' });
    expect(player.statusOf(image)).toBe('deleted');
    expect((await player.on(`${api}.deleteImage`)).status).toBe(404);
  });
});

describe.each(['image-v2', 'ims'])('An image that %s makes unheard', (api) => {
  test.each([
    ['lost-create', 500],
    ['lost-create-unavailable', 503],
  ])('%s: is there, though the client heard %i; the next one is made as ever', async (name, status) => {
    const { player } = stage;
    await player.enable(name);
    const create = () => player.on(`${api}.createImage`, { name: 'unheard' });
    expect((await create()).status).toBe(status);
    expect(await player.count('unheard')).toBe(1);
    expect((await create()).status).toBe(201);
    expect(await player.count('unheard')).toBe(2);
  });

  test('lost-create-reset: is there, though the connection was reset; the next one is made as ever', async () => {
    const { player } = stage;
    await player.enable('lost-create-reset');
    const create = () => player.on(`${api}.createImage`, { name: 'unheard' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await player.count('unheard')).toBe(1);
    expect((await create()).status).toBe(201);
  });
});

describe.each([
  ['compute-v2.1.createServerImage', 202],
  ['rackspace-servers.createServerImage', 202],
  ['ims.createCloudImage', 200],
])('A snapshot by %s that is made unheard', (operation, success) => {
  test('lost-snapshot: is there, though the client heard 503; the next one is made as ever', async () => {
    const { player } = stage;
    await player.enable('lost-snapshot');
    expect((await player.on(operation, { name: 'unheard' })).status).toBe(503);
    expect(await player.count('unheard')).toBe(1);
    expect((await player.on(operation, { name: 'next' })).status).toBe(success);
  });

  test('lost-snapshot-reset: is there, though the connection was reset; the next one is made as ever', async () => {
    const { player } = stage;
    await player.enable('lost-snapshot-reset');
    await expect(player.on(operation, { name: 'unheard' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await player.count('unheard')).toBe(1);
    expect((await player.on(operation, { name: 'next' })).status).toBe(success);
  });
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'lost-update: the first change of each image by %s takes place and says 503',
  async (api) => {
    const { player } = stage;
    await player.enable('lost-update');
    expect((await player.on(`${api}.updateImage`)).status).toBe(503);
    const { body } = await player.on(`${api}.showImage`);
    expect(body.name).toBe('renamed');
    expect((await player.on(`${api}.updateImage`)).status).toBe(200);
  },
);

describe.each([
  ['image-v2.uploadImageData', 503],
  ['ims.uploadImage', 500],
])('An upload by %s that is taken in unheard', (operation, status) => {
  test(`lost-upload: says ${status}, and the image is active; the second finds it so`, async () => {
    const { player } = stage;
    await player.enable('lost-upload');
    const image = await player.queued();
    expect((await player.upload(operation, image)).status).toBe(status);
    expect(player.statusOf(image)).toBe('active');
    expect((await player.upload(operation, image)).status).toBe(409);
  });

  test('lost-upload-reset: resets the connection, and the image is active; the second finds it so', async () => {
    const { player } = stage;
    await player.enable('lost-upload-reset');
    const image = await player.queued();
    await expect(player.upload(operation, image)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(player.statusOf(image)).toBe('active');
    expect((await player.upload(operation, image)).status).toBe(409);
  });
});

describe('lost-import: the first import of each user begins and says 503,', () => {
  test('by importImage of image-v2, and the image has its data', async () => {
    const { player } = stage;
    await player.enable('lost-import');
    const image = await player.queued();
    await player.upload('image-v2.stageImageData', image);
    expect((await player.on('image-v2.importImage', { image })).status).toBe(503);
    expect(player.statusOf(image)).toBe('active');
  });

  test.each([
    ['rackspace-images.createImportTask', 201],
    ['ims.quickImport', 200],
  ])('by %s, and the image is made; the next one begins as ever', async (operation, success) => {
    const { player } = stage;
    await player.enable('lost-import');
    expect((await player.on(operation, { name: 'unheard' })).status).toBe(503);
    expect(await player.count('unheard')).toBe(1);
    expect((await player.on(operation, { name: 'next' })).status).toBe(success);
  });
});

test.each([
  ['image-v2', 409],
  ['rackspace-images', 409],
  ['ims', 409],
])(
  'lost-share: the first member that %s adds to an image is there, though the client heard 503',
  async (api, again) => {
    const { player } = stage;
    await player.enable('lost-share');
    const share = () => player.on(`${api}.createImageMember`, { image: 'demo-shared-pending' });
    expect((await share()).status).toBe(503);
    expect((await share()).status).toBe(again);
  },
);

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'lost-log-in: the first %s is reset, the second has a token',
  async (operation) => {
    const { player } = stage;
    await player.enable('lost-log-in');
    await expect(player.on(`identity.${operation}`)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const { status } = await player.on(`identity.${operation}`);
    expect([200, 201]).toContain(status);
  },
);
