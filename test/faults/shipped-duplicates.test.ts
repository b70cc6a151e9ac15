import { expect, test } from '@jest/globals';
import { IMAGE_APIS, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();

test.each(IMAGE_APIS)('duplicate-delete: %s deletes the image and returns the 404 of a second delete', async (api) => {
  const { client } = context;
  await client.enable('duplicate-delete');
  expect((await client.send(`${api}.deleteImage`)).status).toBe(404);
  expect(client.statusOf(client.base.imageId('demo-private'))).toBe('deleted');
});

test.each(['image-v2', 'ims'])('duplicate-create: %s creates two images and returns the second', async (api) => {
  const { client } = context;
  await client.enable('duplicate-create');
  const response = await client.send(`${api}.createImage`, { name: 'double' });
  expect(response.status).toBe(201);
  expect(await client.countImages('double')).toBe(2);
  expect(client.statusOf(response.body.id)).toBe('queued');
});

test.each([
  ['compute-v2.1.createServerImage', 202],
  ['rackspace-servers.createServerImage', 202],
  ['ims.createCloudImage', 400],
])('duplicate-snapshot: %s runs twice and returns the second response, %i', async (operation, status) => {
  const { client } = context;
  await client.enable('duplicate-snapshot');
  const response = await client.send(operation, { name: 'double' });
  expect(response.status).toBe(status);
  expect(await client.countImages('double')).toBe(status === 202 ? 2 : 1);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'duplicate-update: %s applies a change twice and returns the changed image',
  async (api) => {
    const { client } = context;
    await client.enable('duplicate-update');
    const response = await client.send(`${api}.updateImage`);
    expect([response.status, response.body.name]).toEqual([200, 'renamed']);
    const { requests } = await client.base.admin('get', `/requests?operation=${api}.updateImage`);
    expect(requests).toMatchObject([{ fault: { scenario: 'duplicate-update' } }]);
  },
);

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'duplicate-share: %s adds the member and returns the 409 of a second request',
  async (api) => {
    const { client } = context;
    await client.enable('duplicate-share');
    const response = await client.send(`${api}.createImageMember`, { image: 'demo-shared-pending' });
    expect(response.status).toBe(409);
    const { members } = (await client.send(`${api}.listImageMembers`, { image: 'demo-shared-pending' })).body;
    expect(members.map((member: { member_id: string }) => member.member_id)).toContain('alt_demo');
  },
);

test.each([
  ['image-v2.createTask', 'admin'],
  ['rackspace-images.createImportTask', 'demo'],
])('duplicate-task: %s starts two tasks and returns the second', async (operation, user) => {
  const { client } = context;
  await client.enable('duplicate-task');
  const sender = await client.as(user);
  const response = await sender.send(operation, { name: 'double' });
  const { tasks } = await client.base.admin('get', '/tasks');
  expect([response.status, tasks.length, tasks[0].id]).toEqual([201, 2, response.body.id]);
});
