import { describe, expect, test } from '@jest/globals';
import { playing, statuses } from './shipped-support.ts';

const stage = playing();

test.each([
  ['image-v2.createImage', 413],
  ['ims.createImage', 400],
  ['ims.createCloudImage', 400],
  ['ims.quickImport', 400],
])('quota-images: %s answers %i each time and makes nothing', async (operation, status) => {
  const { player } = stage;
  await player.enable('quota-images');
  expect(await statuses(3, () => player.on(operation, { name: 'too-many' }))).toEqual([status, status, status]);
  expect(await player.count('too-many')).toBe(0);
});

test('quota-images: 413 has no Retry-After, and IMS says which quota', async () => {
  const { player } = stage;
  await player.enable('quota-images');
  expect((await player.on('image-v2.createImage')).headers).not.toHaveProperty('retry-after');
  expect((await player.on('ims.createImage')).body.error.code).toBe('IMG.0015');
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'quota-storage: %s stops with 413, and the image still waits for data',
  async (operation) => {
    const { player } = stage;
    await player.enable('quota-storage');
    const image = await player.queued();
    const answer = await player.raw(operation, { image, body: [Buffer.alloc(65536)] });
    expect(answer.head).toMatch(/^HTTP\/1.1 413/);
    expect(answer.head).not.toMatch(/^retry-after:/im);
    expect(player.statusOf(image)).toBe('queued');
  },
);

test.each([
  ['compute-v2.1.createServerImage', 403],
  ['rackspace-servers.createServerImage', 413],
  ['ims.createCloudImage', 400],
])('quota-snapshots: %s answers %i and makes nothing', async (operation, status) => {
  const { player } = stage;
  await player.enable('quota-snapshots');
  expect(await statuses(2, () => player.on(operation, { name: 'too-many' }))).toEqual([status, status]);
  expect(await player.count('too-many')).toBe(0);
});

test.each([
  ['image-v2', 413],
  ['rackspace-images', 413],
  ['ims', 400],
])('quota-members: %s answers %i and shares with nobody', async (api, status) => {
  const { player } = stage;
  await player.enable('quota-members');
  const image = 'demo-shared-pending';
  const before = (await player.on(`${api}.listImageMembers`, { image })).body;
  expect((await player.on(`${api}.createImageMember`, { image })).status).toBe(status);
  expect((await player.on(`${api}.listImageMembers`, { image })).body).toEqual(before);
});

test.each(['image-v2', 'rackspace-images', 'ims'])('quota-tags: %s answers 413 and tags nothing', async (api) => {
  const { player } = stage;
  await player.enable('quota-tags');
  expect((await player.on(`${api}.addImageTag`)).status).toBe(413);
  expect((await player.on(`${api}.showImage`)).body.tags).not.toContain('fresh');
});

describe.each(['image-v2', 'rackspace-images'])('quota-properties at %s:', (api) => {
  const change = (op: string) =>
    stage.player.client
      .send(`${api}.updateImage`)
      .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
      .send(JSON.stringify([{ op, path: op === 'add' ? '/colour' : '/name', value: 'red' }]));

  test('a change that adds meets 413, another one is made', async () => {
    await stage.player.enable('quota-properties');
    expect((await change('add')).status).toBe(413);
    expect((await change('replace')).body.name).toBe('red');
  });
});

test.each(['ims.createCloudImage', 'ims.quickImport'])(
  'too-many-jobs: the first two of each user through %s say so by their code, the third begins',
  async (operation) => {
    const { player } = stage;
    await player.enable('too-many-jobs');
    for (let number = 0; number < 2; number += 1) {
      const answer = await player.on(operation);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'IMG.0060']);
    }
    expect((await player.on(operation)).body).toHaveProperty('job_id');
  },
);
