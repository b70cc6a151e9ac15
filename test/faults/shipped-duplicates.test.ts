import { expect, test } from '@jest/globals';
import { IMAGE_APIS, playing } from './shipped-support.ts';

const stage = playing();

test.each(IMAGE_APIS)('duplicate-delete: a delete by %s finds nothing, since it was done before', async (api) => {
  const { player } = stage;
  await player.enable('duplicate-delete');
  expect((await player.on(`${api}.deleteImage`)).status).toBe(404);
  expect(player.statusOf(player.client.imageId('demo-private'))).toBe('deleted');
});

test.each(['image-v2', 'ims'])('duplicate-create: %s makes two images and answers with the second', async (api) => {
  const { player } = stage;
  await player.enable('duplicate-create');
  const answer = await player.on(`${api}.createImage`, { name: 'double' });
  expect(answer.status).toBe(201);
  expect(await player.count('double')).toBe(2);
  expect(player.statusOf(answer.body.id)).toBe('queued');
});

test.each([
  ['compute-v2.1.createServerImage', 202],
  ['rackspace-servers.createServerImage', 202],
  ['ims.createCloudImage', 400],
])('duplicate-snapshot: %s hears of the second, where there can be one', async (operation, status) => {
  const { player } = stage;
  await player.enable('duplicate-snapshot');
  const answer = await player.on(operation, { name: 'double' });
  expect(answer.status).toBe(status);
  expect(await player.count('double')).toBe(status === 202 ? 2 : 1);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'duplicate-update: %s says of a change what is to be',
  async (api) => {
    const { player } = stage;
    await player.enable('duplicate-update');
    const answer = await player.on(`${api}.updateImage`);
    expect([answer.status, answer.body.name]).toEqual([200, 'renamed']);
    const { requests } = await player.client.admin('get', `/requests?operation=${api}.updateImage`);
    expect(requests).toMatchObject([{ fault: { scenario: 'duplicate-update' } }]);
  },
);

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'duplicate-share: %s has the member, and answers 409',
  async (api) => {
    const { player } = stage;
    await player.enable('duplicate-share');
    const answer = await player.on(`${api}.createImageMember`, { image: 'demo-shared-pending' });
    expect(answer.status).toBe(409);
    const { members } = (await player.on(`${api}.listImageMembers`, { image: 'demo-shared-pending' })).body;
    expect(members.map((member: { member_id: string }) => member.member_id)).toContain('alt_demo');
  },
);

test.each([
  ['image-v2.createTask', 'admin'],
  ['rackspace-images.createImportTask', 'demo'],
])('duplicate-task: %s begins two tasks and answers with the second', async (operation, user) => {
  const { player } = stage;
  await player.enable('duplicate-task');
  const them = await player.as(user);
  const answer = await them.on(operation, { name: 'double' });
  const { tasks } = await player.client.admin('get', '/tasks');
  expect([answer.status, tasks.length, tasks[0].id]).toEqual([201, 2, answer.body.id]);
});
