import { expect, test } from '@jest/globals';
import { createCloud, messageOf, type User } from './support.ts';

const UUID = '11111111-1111-4111-8111-111111111111';

test.each([UUID, 'not-a-uuid', '%3Cb%3E', 'a%20b'])('returns 404 for %s', async (id) => {
  const cloud = createCloud();
  const name = decodeURIComponent(id).replace('<b>', '&lt;b&gt;');
  const shown = await cloud.send('GET', `/v2/images/${id}`);
  expect(shown.status).toBe(404);
  expect(shown.text).toContain(`No image found with ID ${name}<br />`);
  const deleted = await cloud.send('DELETE', `/v2/images/${id}`);
  expect(deleted.status).toBe(404);
  expect(deleted.text).toContain(`Failed to find image ${name} to delete<br />`);
});

test.each<[string, User, User, number, number]>([
  ['private', 'demo', 'alt_demo', 404, 404],
  ['shared', 'demo', 'alt_demo', 404, 404],
  ['community', 'demo', 'alt_demo', 200, 403],
  ['public', 'admin', 'demo', 200, 403],
  ['private', 'demo', 'admin', 200, 204],
  ['private', 'demo', 'demo2', 200, 204],
  ['private', 'demo', 'demo_reader', 200, 204],
])(
  'for a %s image of %s, the user %s gets %i on show and %i on delete',
  async (visibility, owner, user, show, remove) => {
    const cloud = createCloud();
    const { id } = await cloud.create({ visibility }, owner);
    expect((await cloud.send('GET', `/v2/images/${id}`, { user })).status).toBe(show);
    const deleted = await cloud.send('DELETE', `/v2/images/${id}`, { user });
    expect(deleted.status).toBe(remove);
    if (remove === 403) expect(messageOf(deleted)).toBe('You do not own this image');
  },
);

test.each(['pending', 'accepted', 'rejected'] as const)(
  'a member with status %s can show a shared image by id but not delete it',
  async (status) => {
    const cloud = createCloud();
    const { id } = await cloud.create({ name: 's' });
    const memberId = await cloud.projectOf('alt_demo');
    cloud.edit(id, { members: [{ memberId, status, createdAt: 0, updatedAt: 0 }] });
    expect((await cloud.send('GET', `/v2/images/${id}`, { user: 'alt_demo' })).status).toBe(200);
    expect((await cloud.send('DELETE', `/v2/images/${id}`, { user: 'alt_demo' })).status).toBe(403);
    expect((await cloud.patch(id, [{ op: 'replace', path: '/visibility', value: 'private' }])).status).toBe(200);
    expect((await cloud.send('GET', `/v2/images/${id}`, { user: 'alt_demo' })).status).toBe(404);
  },
);

test('shows an image without an owner to everyone, and only administrators can delete it', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({ owner: null, visibility: 'private' }, 'admin');
  expect((await cloud.send('GET', `/v2/images/${id}`)).status).toBe(200);
  expect((await cloud.send('DELETE', `/v2/images/${id}`)).status).toBe(403);
  expect(await cloud.names('')).toEqual([]);
  expect((await cloud.send('DELETE', `/v2/images/${id}`, { user: 'admin' })).status).toBe(204);
});

test('rejects deleting a protected image for every caller', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({ protected: true });
  for (const user of ['demo', 'admin'] as const) {
    const response = await cloud.send('DELETE', `/v2/images/${id}`, { user });
    expect([response.status, messageOf(response)]).toEqual([403, `Image ${id} is protected and cannot be deleted.`]);
  }
  await cloud.patch(id, [{ op: 'replace', path: '/protected', value: false }]);
  expect((await cloud.send('DELETE', `/v2/images/${id}`)).status).toBe(204);
});

test('returns 409 for deleting an image in use and leaves it active', async () => {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, 'data');
  cloud.edit(id, { usedBy: ['server-1'] });
  const response = await cloud.send('DELETE', `/v2/images/${id}`);
  expect(response.status).toBe(409);
  expect(messageOf(response)).toContain(`Image ${id} could not be deleted because it is in use: `);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.status).toBe('active');
});

test('returns 404 for a deleted image in every operation', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
  const deleted = await cloud.send('DELETE', `/v2/images/${id}`);
  expect(deleted.status).toBe(204);
  expect(deleted.headers).toMatchObject({ 'content-type': 'text/html; charset=UTF-8', 'content-length': '0' });
  expect((await cloud.send('GET', `/v2/images/${id}`, { user: 'admin' })).status).toBe(404);
  expect((await cloud.send('DELETE', `/v2/images/${id}`)).status).toBe(404);
  expect((await cloud.patch(id, [])).status).toBe(404);
  expect((await cloud.upload(id, 'x')).status).toBe(404);
  expect((await cloud.send('GET', `/v2/images/${id}/file`)).status).toBe(404);
  expect(await cloud.names(`?id=${id}`)).toEqual([]);
  expect(await cloud.names('?status=deleted', 'admin')).toEqual([]);
});

test.each([
  ['DELETE', `/v2/images/${UUID}`, 400],
  ['GET', `/v2/images/${UUID}`, 400],
  ['GET', '/v2/schemas/image', 400],
  ['GET', '/v2/schemas/task', 500],
  ['GET', '/v2/images', 200],
])('%s %s with a body returns %i', async (method, path, status) => {
  const response = await createCloud().send(method, path, { body: { a: 1 } });
  expect(response.status).toBe(status);
  if (status === 400) expect(messageOf(response)).toBe('A body is not expected with this request.');
});

test.each(['GET', 'DELETE', 'PATCH'])('the token check rejects %s without a token', async (method) => {
  const response = await createCloud().send(method, `/v2/images/${UUID}`, { user: null });
  expect(response.status).toBe(401);
  expect(response.headers['www-authenticate']).toMatch(/^Keystone uri="http:\/\/.*"$/);
  expect(response.headers['x-openstack-request-id']).toBeUndefined();
});
