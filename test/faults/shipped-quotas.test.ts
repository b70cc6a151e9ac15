import { describe, expect, test } from '@jest/globals';
import { setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

test.each([
  ['image-v2.createImage', 413],
  ['ims.createImage', 400],
  ['ims.createCloudImage', 400],
  ['ims.quickImport', 400],
])('quota-images: %s always returns %i and creates nothing', async (operation, status) => {
  const { client } = context;
  await client.enable('quota-images');
  expect(await statuses(3, () => client.send(operation, { name: 'too-many' }))).toEqual([status, status, status]);
  expect(await client.countImages('too-many')).toBe(0);
});

test('quota-images: 413 has no Retry-After, and IMS returns the code of the quota', async () => {
  const { client } = context;
  await client.enable('quota-images');
  expect((await client.send('image-v2.createImage')).headers).not.toHaveProperty('retry-after');
  expect((await client.send('ims.createImage')).body.error.code).toBe('IMG.0015');
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'quota-storage: %s returns 413, and the image stays queued',
  async (operation) => {
    const { client } = context;
    await client.enable('quota-storage');
    const image = await client.createQueuedImage();
    const response = await client.sendRaw(operation, { image, body: [Buffer.alloc(65536)] });
    expect(response.head).toMatch(/^HTTP\/1.1 413/);
    expect(response.head).not.toMatch(/^retry-after:/im);
    expect(client.statusOf(image)).toBe('queued');
  },
);

test.each([
  ['compute-v2.1.createServerImage', 403],
  ['rackspace-servers.createServerImage', 413],
  ['ims.createCloudImage', 400],
])('quota-snapshots: %s returns %i and creates nothing', async (operation, status) => {
  const { client } = context;
  await client.enable('quota-snapshots');
  expect(await statuses(2, () => client.send(operation, { name: 'too-many' }))).toEqual([status, status]);
  expect(await client.countImages('too-many')).toBe(0);
});

test.each([
  ['image-v2', 413],
  ['rackspace-images', 413],
  ['ims', 400],
])('quota-members: %s returns %i and adds no member', async (api, status) => {
  const { client } = context;
  await client.enable('quota-members');
  const image = 'demo-shared-pending';
  const before = (await client.send(`${api}.listImageMembers`, { image })).body;
  expect((await client.send(`${api}.createImageMember`, { image })).status).toBe(status);
  expect((await client.send(`${api}.listImageMembers`, { image })).body).toEqual(before);
});

test.each(['image-v2', 'rackspace-images', 'ims'])('quota-tags: %s returns 413 and adds no tag', async (api) => {
  const { client } = context;
  await client.enable('quota-tags');
  expect((await client.send(`${api}.addImageTag`)).status).toBe(413);
  expect((await client.send(`${api}.showImage`)).body.tags).not.toContain('fresh');
});

describe.each(['image-v2', 'rackspace-images'])('quota-properties at %s', (api) => {
  const patch = (op: string, before: readonly object[] = []) =>
    context.client.base
      .send(`${api}.updateImage`)
      .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
      .send(JSON.stringify([...before, { op, path: op === 'add' ? '/colour' : '/name', value: 'red' }]));

  test('returns 413 when a property is added, and accepts other changes', async () => {
    await context.client.enable('quota-properties');
    expect((await patch('add')).status).toBe(413);
    expect((await patch('add', [{ op: 'replace', path: '/name', value: 'blue' }])).status).toBe(413);
    expect((await patch('replace')).body.name).toBe('red');
  });
});

test.each(['ims.createCloudImage', 'ims.quickImport'])(
  'too-many-jobs: %s returns IMG.0060 to the first two requests of each user, then starts a job',
  async (operation) => {
    const { client } = context;
    await client.enable('too-many-jobs');
    for (let number = 0; number < 2; number += 1) {
      const response = await client.send(operation);
      expect([response.status, response.body.error.code]).toEqual([400, 'IMG.0060']);
    }
    expect((await client.send(operation)).body).toHaveProperty('job_id');
  },
);
