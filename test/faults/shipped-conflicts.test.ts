import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();

test.each([
  ['image-v2', 409],
  ['rackspace-images', 409],
  ['rackspace-servers', 409],
  ['ims', 400],
])('delete-conflict: the first two deletes of each image by %s meet %i', async (api, status) => {
  const { player } = stage;
  await player.enable('delete-conflict');
  expect(await statuses(3, () => player.on(`${api}.deleteImage`))).toEqual([status, status, 204]);
  expect((await player.on(`${api}.deleteImage`, { image: 'demo-shared' })).status).toBe(status);
});

test.each(IMAGE_APIS)(
  'delete-while-saving: %s deletes an image once it is made, and others at any time',
  async (api) => {
    const { player } = stage;
    await player.enable('delete-while-saving');
    const image = player.client.imageId('status-saving');
    const first = await player.on(`${api}.deleteImage`, { image });
    if (api === 'ims') expect([first.status, first.body.error.code]).toEqual([400, 'IMG.0090']);
    else expect(first.status).toBe(409);
    expect((await player.on(`${api}.deleteImage`)).status).toBe(204);
    await player.change(image, { status: 'active' });
    expect((await player.on(`${api}.deleteImage`, { image })).status).toBe(204);
  },
);

test('update-conflict: the first change of each image meets 409 and changes nothing', async () => {
  const { player } = stage;
  await player.enable('update-conflict');
  expect((await player.on('image-v2.updateImage')).status).toBe(409);
  expect((await player.on('image-v2.showImage')).body.name).toBe('demo-private');
  expect((await player.on('image-v2.updateImage')).body.name).toBe('renamed');
});

test('update-conflict-forever: no change gets through, and reads do', async () => {
  const { player } = stage;
  await player.enable('update-conflict-forever');
  expect(await statuses(5, () => player.on('image-v2.updateImage'))).toEqual([409, 409, 409, 409, 409]);
  expect((await player.on('image-v2.showImage')).body.name).toBe('demo-private');
});

describe('metadata-conflict:', () => {
  test.each([
    'compute-v2.1.updateImageMetadata',
    'compute-v2.1.replaceImageMetadata',
    'compute-v2.1.setImageMetadataItem',
    'rackspace-servers.updateImageMetadata',
    'rackspace-servers.setImageMetadataItem',
  ])('the first change of each image by %s meets 409, the second is made', async (operation) => {
    const { player } = stage;
    await player.enable('metadata-conflict');
    expect(await statuses(2, () => player.on(operation))).toEqual([409, 200]);
  });

  test.each(['compute-v2.1', 'rackspace-servers'])('so does the first that %s removes', async (api) => {
    const { player } = stage;
    await player.on(`${api}.setImageMetadataItem`);
    await player.enable('metadata-conflict');
    expect(await statuses(2, () => player.on(`${api}.deleteImageMetadataItem`))).toEqual([409, 204]);
  });
});

test.each([
  ['compute-v2.1.createServerImage', [409, 409, 202]],
  ['rackspace-servers.createServerImage', [409, 409, 202]],
  ['ims.createCloudImage', [400, 400, 200]],
])('snapshot-conflict: %s makes an image at the third try', async (operation, expected) => {
  const { player } = stage;
  await player.enable('snapshot-conflict');
  expect(await statuses(3, () => player.on(operation, { name: 'snapshot' }))).toEqual(expected);
  expect(await player.count('snapshot')).toBe(1);
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'upload-conflict: the first upload to each image by %s meets 409, the second is taken in',
  async (operation) => {
    const { player } = stage;
    await player.enable('upload-conflict');
    const image = await player.queued();
    expect(await statuses(2, () => player.upload(operation, image))).toEqual([409, 204]);
  },
);

test('import-conflict: the first import of each image meets 409, the second is done', async () => {
  const { player } = stage;
  await player.enable('import-conflict');
  const image = await player.queued();
  await player.upload('image-v2.stageImageData', image);
  expect(await statuses(2, () => player.on('image-v2.importImage', { image }))).toEqual([409, 202]);
  expect(player.statusOf(image)).toBe('active');
});

test.each(['image-v2', 'rackspace-images', 'ims'])('share-conflict: %s adds no member', async (api) => {
  const { player } = stage;
  await player.enable('share-conflict');
  const image = 'demo-shared-pending';
  const members = async (): Promise<unknown> => (await player.on(`${api}.listImageMembers`, { image })).body.members;
  const before = await members();
  expect(await statuses(2, () => player.on(`${api}.createImageMember`, { image }))).toEqual([409, 409]);
  expect(await members()).toEqual(before);
});
