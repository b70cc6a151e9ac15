import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

test.each([
  ['image-v2', 409],
  ['rackspace-images', 409],
  ['rackspace-servers', 409],
  ['ims', 400],
])('delete-conflict: %s returns %i for the first two deletes of each image', async (api, status) => {
  const { client } = context;
  await client.enable('delete-conflict');
  expect(await statuses(3, () => client.send(`${api}.deleteImage`))).toEqual([status, status, 204]);
  expect((await client.send(`${api}.deleteImage`, { image: 'demo-shared' })).status).toBe(status);
});

test.each(IMAGE_APIS)('delete-while-saving: %s rejects a delete only while the image is saving', async (api) => {
  const { client } = context;
  await client.enable('delete-while-saving');
  const image = client.base.imageId('status-saving');
  const first = await client.send(`${api}.deleteImage`, { image });
  if (api === 'ims') expect([first.status, first.body.error.code]).toEqual([400, 'IMG.0090']);
  else expect(first.status).toBe(409);
  expect((await client.send(`${api}.deleteImage`)).status).toBe(204);
  await client.overrideImage(image, { status: 'active' });
  expect((await client.send(`${api}.deleteImage`, { image })).status).toBe(204);
});

test('update-conflict: the first update of each image returns 409 and changes nothing', async () => {
  const { client } = context;
  await client.enable('update-conflict');
  expect((await client.send('image-v2.updateImage')).status).toBe(409);
  expect((await client.send('image-v2.showImage')).body.name).toBe('demo-private');
  expect((await client.send('image-v2.updateImage')).body.name).toBe('renamed');
});

test('update-conflict-forever: every update returns 409, reads succeed', async () => {
  const { client } = context;
  await client.enable('update-conflict-forever');
  expect(await statuses(5, () => client.send('image-v2.updateImage'))).toEqual([409, 409, 409, 409, 409]);
  expect((await client.send('image-v2.showImage')).body.name).toBe('demo-private');
});

describe('metadata-conflict', () => {
  test.each([
    'compute-v2.1.updateImageMetadata',
    'compute-v2.1.replaceImageMetadata',
    'compute-v2.1.setImageMetadataItem',
    'rackspace-servers.updateImageMetadata',
    'rackspace-servers.setImageMetadataItem',
  ])('%s returns 409 for the first change of each image, then succeeds', async (operation) => {
    const { client } = context;
    await client.enable('metadata-conflict');
    expect(await statuses(2, () => client.send(operation))).toEqual([409, 200]);
  });

  test.each(['compute-v2.1', 'rackspace-servers'])(
    '%s returns 409 for the first removal of an item, then succeeds',
    async (api) => {
      const { client } = context;
      await client.send(`${api}.setImageMetadataItem`);
      await client.enable('metadata-conflict');
      expect(await statuses(2, () => client.send(`${api}.deleteImageMetadataItem`))).toEqual([409, 204]);
    },
  );
});

test.each([
  ['compute-v2.1.createServerImage', [409, 409, 202]],
  ['rackspace-servers.createServerImage', [409, 409, 202]],
  ['ims.createCloudImage', [400, 400, 200]],
])('snapshot-conflict: %s creates an image at the third attempt', async (operation, expected) => {
  const { client } = context;
  await client.enable('snapshot-conflict');
  expect(await statuses(3, () => client.send(operation, { name: 'snapshot' }))).toEqual(expected);
  expect(await client.countImages('snapshot')).toBe(1);
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'upload-conflict: %s returns 409 for the first upload to each image, then 204',
  async (operation) => {
    const { client } = context;
    await client.enable('upload-conflict');
    const image = await client.createQueuedImage();
    expect(await statuses(2, () => client.upload(operation, image))).toEqual([409, 204]);
  },
);

test('import-conflict: the first import of each image returns 409, the second succeeds', async () => {
  const { client } = context;
  await client.enable('import-conflict');
  const image = await client.createQueuedImage();
  await client.upload('image-v2.stageImageData', image);
  expect(await statuses(2, () => client.send('image-v2.importImage', { image }))).toEqual([409, 202]);
  expect(client.statusOf(image)).toBe('active');
});

test.each(['image-v2', 'rackspace-images', 'ims'])('share-conflict: %s returns 409 and adds no member', async (api) => {
  const { client } = context;
  await client.enable('share-conflict');
  const image = 'demo-shared-pending';
  const members = async (): Promise<unknown> => (await client.send(`${api}.listImageMembers`, { image })).body.members;
  const before = await members();
  expect(await statuses(2, () => client.send(`${api}.createImageMember`, { image }))).toEqual([409, 409]);
  expect(await members()).toEqual(before);
});
