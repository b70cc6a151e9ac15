import { expect, test } from '@jest/globals';
import request from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { type Session, start } from './support.ts';

const checkMember = compile(contract.operations.createImageMember.response);
const checkMembers = compile(contract.operations.listImageMembers.response);

const listedIds = async (session: Session, path: string): Promise<readonly string[]> =>
  (await session.send('get', path)).body.images.map(({ id }: { id: string }) => id);

test('an image is shared, accepted and listed by a member, and private after its removal', async () => {
  const demo = await start();
  const alt = await demo.as('alt_demo');
  const id = demo.idOf('demo-private');
  const path = `/v2/images/${id}`;
  const before = await demo.send('get', `${path}/members`);
  expect([before.status, before.body]).toEqual([200, { members: [], schema: '/v2/schemas/members' }]);
  expect((await alt.send('get', path)).status).toBe(404);

  const added = await demo.send('post', `${path}/members`, { member: alt.projectId });
  expect(added.status).toBe(200);
  expect(checkMember(added.body)).toEqual([]);
  expect(added.body).toMatchObject({ image_id: id, member_id: alt.projectId, status: 'pending' });
  expect((await demo.send('get', path)).body).toMatchObject({ visibility: 'shared', __imagetype: 'shared' });

  expect((await alt.send('get', path)).status).toBe(200);
  expect(await listedIds(alt, '/v2/cloudimages?__imagetype=shared')).not.toContain(id);
  expect(await listedIds(alt, '/v2/cloudimages?visibility=shared&member_status=pending')).toContain(id);
  const accepted = await alt.send('put', `${path}/members/${alt.projectId}`, { status: 'accepted' });
  expect([accepted.status, accepted.body.status]).toEqual([200, 'accepted']);
  expect(await listedIds(alt, '/v2/cloudimages?__imagetype=shared')).toContain(id);

  const list = await demo.send('get', `${path}/members`);
  expect(checkMembers(list.body)).toEqual([]);
  expect(list.body.members).toEqual([accepted.body]);
  expect((await alt.send('get', `${path}/members/${alt.projectId}`)).body).toEqual(accepted.body);

  expect((await demo.send('delete', `${path}/members/${alt.projectId}`)).status).toBe(204);
  expect((await alt.send('get', path)).status).toBe(404);
  expect((await demo.send('get', path)).body).toMatchObject({ visibility: 'private', __imagetype: 'private' });
});

test('members are shared with the Image API in both directions', async () => {
  const demo = await start();
  const id = demo.idOf('demo-private');
  await demo.send('post', `/v2/images/${id}/members`, { member: 'someone' });
  const glanceMembers = await request(demo.app).get(`/image/v2/images/${id}/members`).set('X-Auth-Token', demo.token);
  expect(glanceMembers.body.members).toEqual([expect.objectContaining({ member_id: 'someone', status: 'pending' })]);
  await request(demo.app)
    .post(`/image/v2/images/${id}/members`)
    .set('X-Auth-Token', demo.token)
    .send({ member: 'another' });
  const imsMembers = await demo.send('get', `/v2/images/${id}/members`);
  expect(imsMembers.body.members.map(({ member_id }: { member_id: string }) => member_id)).toEqual([
    'someone',
    'another',
  ]);
});

test('an image set to private by a patch loses its members', async () => {
  const demo = await start();
  const id = demo.idOf('demo-shared');
  const patched = await demo
    .send('patch', `/v2/images/${id}`)
    .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
    .send('[{"op": "replace", "path": "/visibility", "value": "private"}]');
  expect(patched.status).toBe(200);
  expect((await demo.send('get', `/v2/images/${id}/members`)).body.members).toEqual([]);
  await demo.send('post', `/v2/images/${id}/members`, { member: 'someone' });
  expect((await demo.send('get', `/v2/images/${id}/members`)).body.members).toHaveLength(1);
});

test.each<[number, unknown]>([
  [400, {}],
  [400, []],
  [400, { member: '' }],
  [400, { member: null }],
  [400, '{'],
])('adding a member returns %i for the body %j', async (status, body) => {
  const demo = await start();
  const path = `/v2/images/${demo.idOf('demo-private')}`;
  const response = await demo
    .send('post', `${path}/members`)
    .set('Content-Type', 'application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
  expect(response.status).toBe(status);
  expect(response.body).toMatchObject({ code: '400 Bad Request' });
  expect((await demo.send('get', path)).body.visibility).toBe('private');
});

test('a member can be added once, up to the limit of the world and the edition', async () => {
  const demo = await start();
  const path = `/v2/images/${await demo.createImage()}/members`;
  const add = async (member: string): Promise<number> => (await demo.send('post', path, { member })).status;
  expect([await add('one'), await add('one')]).toEqual([200, 409]);
  demo.world.setLimits({ imageMemberQuota: 2 });
  expect([await add('two'), await add('three')]).toEqual([200, 413]);
  demo.world.setLimits({ imageMemberQuota: 1000 });
  const image = demo.world.images.peek(path.split('/')[3] ?? '');
  if (image === undefined) throw new Error('the image is gone');
  const members = Array.from({ length: 200 }, (_, nth) => ({
    memberId: `project-${nth}`,
    status: 'pending' as const,
    createdAt: 0,
    updatedAt: 0,
  }));
  demo.world.images.place({ ...image, members });
  demo.world.setProfiles({ ims: { 'member-limit': 'huaweicloud' } });
  expect(await add('over-128')).toBe(413);
  demo.world.setProfiles({});
  expect(await add('below-256')).toBe(200);
});

test('an encrypted image is shared in one edition and rejected in the other', async () => {
  const demo = await start();
  const path = `/v2/images/${await demo.createImage({ __system__cmkid: 'some-key' })}/members`;
  demo.world.setProfiles({ ims: { 'encrypted-sharing': 'huaweicloud' } });
  expect((await demo.send('post', path, { member: 'one' })).status).toBe(403);
  demo.world.setProfiles({});
  expect((await demo.send('post', path, { member: 'one' })).status).toBe(200);
});

test('only the owner can add members, and only a member can set its status', async () => {
  const demo = await start();
  const alt = await demo.as('alt_demo');
  const path = `/v2/images/${demo.idOf('demo-shared')}/members`;
  expect((await alt.send('post', path, { member: 'someone' })).status).toBe(403);
  expect((await alt.send('delete', `${path}/${alt.projectId}`)).status).toBe(403);
  expect((await demo.send('put', `${path}/${alt.projectId}`, { status: 'rejected' })).status).toBe(403);
  expect((await alt.send('put', `${path}/${alt.projectId}`, { status: 'refused' })).status).toBe(400);
  const rejected = await alt.send('put', `${path}/${alt.projectId}`, { status: 'rejected', vault_id: 'a-vault' });
  expect([rejected.status, rejected.body.status]).toEqual([200, 'rejected']);
  const reader = await demo.as('demo_reader');
  expect((await reader.send('post', path, { member: 'someone' })).body.error.code).toBe('IMG.0026');
  const publicPath = `/v2/images/${demo.idOf('cirros-0.6.2-x86_64-disk')}/members`;
  expect((await demo.send('get', publicPath)).status).toBe(403);
});
