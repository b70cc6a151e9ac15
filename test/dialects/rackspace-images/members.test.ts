import { expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/rackspace-images/contract.ts';
import { faultOf, type Session, start, UNKNOWN } from './support.ts';

const checkMember = compile(contract.operations.createImageMember.response);
const checkMembers = compile(contract.operations.listImageMembers.response);

const listed = async (session: Session, search = ''): Promise<readonly string[]> =>
  (await session.send('get', `/v2/images${search}`)).body.images.map(({ id }: { id: string }) => id);

const membersOf = (session: Session, name: string): string => `/v2/images/${session.idOf(name)}/members`;

test('an image is shared, shown, accepted, listed and rejected by a member, and private after its removal', async () => {
  const producer = await start();
  const consumer = await producer.as('alt_demo');
  const id = producer.idOf('demo-private');
  const image = `/v2/images/${id}`;
  const own = `${image}/members/${consumer.projectId}`;
  const none = await producer.send('get', `${image}/members`);
  expect([none.status, none.body]).toEqual([200, { members: [], schema: '/v2/schemas/members' }]);
  expect((await consumer.send('get', image)).status).toBe(404);

  const added = await producer.send('post', `${image}/members`, { member: consumer.projectId });
  expect(added.status).toBe(200);
  expect(checkMember(added.body)).toEqual([]);
  expect(added.body).toMatchObject({ image_id: id, member_id: consumer.projectId, status: 'pending' });
  expect((await producer.send('get', image)).body.visibility).toBe('shared');
  expect((await consumer.send('get', image)).status).toBe(200);
  expect(await listed(consumer)).not.toContain(id);
  expect(await listed(consumer, '?visibility=shared&member_status=pending')).toContain(id);

  const accepted = await consumer.send('put', own, { status: 'accepted' });
  expect([accepted.status, accepted.body.status]).toEqual([200, 'accepted']);
  expect(await listed(consumer)).toContain(id);
  const all = await producer.send('get', `${image}/members`);
  expect(checkMembers(all.body)).toEqual([]);
  expect(all.body.members).toEqual([accepted.body]);

  expect((await consumer.send('put', own, { status: 'rejected' })).body.status).toBe('rejected');
  expect(await listed(consumer)).not.toContain(id);
  expect((await consumer.send('get', image)).status).toBe(200);

  const removed = await producer.send('delete', own);
  expect([removed.status, removed.text]).toEqual([204, '']);
  expect((await consumer.send('get', image)).status).toBe(404);
  expect((await producer.send('get', image)).body.visibility).toBe('private');
  expect((await producer.send('delete', own)).body).toEqual(faultOf('itemNotFound', 404));
});

test('the owner sees all members, a member sees only itself', async () => {
  const producer = await start();
  const consumer = await producer.as('alt_demo');
  const path = membersOf(producer, 'demo-private');
  for (const member of ['348129', consumer.projectId]) await producer.send('post', path, { member });
  const idsFor = async (session: Session): Promise<readonly string[]> =>
    (await session.send('get', path)).body.members.map((member: { member_id: string }) => member.member_id);
  expect(await idsFor(producer)).toEqual(['348129', consumer.projectId]);
  expect(await idsFor(consumer)).toEqual([consumer.projectId]);
  expect((await producer.send('get', `${path}/348129`)).body.member_id).toBe('348129');
  expect((await consumer.send('get', `${path}/348129`)).body).toEqual(faultOf('itemNotFound', 404));
});

test('members are also visible in the Image API', async () => {
  const producer = await start();
  const path = membersOf(producer, 'demo-private');
  await producer.send('post', path, { member: '348129' });
  const glanceMembers = await producer.sendTo('get', `/image${path}`);
  expect(glanceMembers.body.members).toEqual([expect.objectContaining({ member_id: '348129', status: 'pending' })]);
});

test.each([
  ['table', 403, 'forbidden'],
  ['prose', 404, 'itemNotFound'],
] as const)(
  'with the profile foreign-image: %s, adding a member as a member and accepting as the owner return %i',
  async (choice, status, name) => {
    const producer = await start();
    producer.world.setProfiles({ 'rackspace-images': { 'foreign-image': choice } });
    const consumer = await producer.as('alt_demo');
    const path = membersOf(producer, 'demo-shared');
    const before = (await producer.send('get', path)).body;
    const added = await consumer.send('post', path, { member: '348129' });
    expect([added.status, added.body]).toEqual([status, faultOf(name, status)]);
    const updated = await producer.send('put', `${path}/${consumer.projectId}`, { status: 'rejected' });
    expect([updated.status, updated.body]).toEqual([status, faultOf(name, status)]);
    expect((await producer.send('get', path)).body).toEqual(before);
  },
);

test('a member cannot remove itself or delete the image', async () => {
  const producer = await start();
  const consumer = await producer.as('alt_demo');
  const path = membersOf(producer, 'demo-shared');
  expect((await consumer.send('delete', `${path}/${consumer.projectId}`)).status).toBe(403);
  expect((await consumer.send('delete', `/v2/images/${producer.idOf('demo-shared')}`)).status).toBe(403);
  expect((await consumer.send('get', path)).body.members).toHaveLength(1);
});

test('requests about members of an invisible image return 404', async () => {
  const producer = await start();
  const stranger = await producer.as('alt_demo');
  const path = membersOf(producer, 'demo-private');
  const responses = [
    await stranger.send('get', path),
    await stranger.send('post', path, { member: stranger.projectId }),
    await stranger.send('put', `${path}/${stranger.projectId}`, { status: 'accepted' }),
    await stranger.send('delete', `${path}/348129`),
  ];
  for (const response of responses)
    expect([response.status, response.body]).toEqual([404, faultOf('itemNotFound', 404)]);
});

test('a tenant can be added once, up to the quota of members', async () => {
  const producer = await start();
  const path = membersOf(producer, 'demo-private');
  const add = async (member: string): Promise<number> => (await producer.send('post', path, { member })).status;
  expect([await add('1'), await add('1')]).toEqual([200, 409]);
  producer.world.setLimits({ imageMemberQuota: 1 });
  const rejected = await producer.send('post', path, { member: '2' });
  expect([rejected.status, rejected.body]).toEqual([413, faultOf('overLimit', 413)]);
});

test.each<[number, string, string]>([
  [400, 'application/json', '{}'],
  [400, 'application/json', '{"member": ""}'],
  [400, 'application/json', '{"member": 348129}'],
  [400, 'application/json', '["348129"]'],
  [400, 'application/json', '{'],
  [415, 'text/plain', '{"member": "348129"}'],
])('adding a member returns %i for %s %s', async (status, type, body) => {
  const producer = await start();
  const path = membersOf(producer, 'demo-private');
  const response = await producer.send('post', path).set('Content-Type', type).send(body);
  expect(response.status).toBe(status);
  expect(response.body).toEqual(faultOf(status === 400 ? 'badRequest' : 'badMediaType', status));
  expect((await producer.send('get', path)).body.members).toEqual([]);
});

test.each([{}, { status: 'perhaps' }, { status: null }, { status: 'ACCEPTED' }])(
  'a member cannot set its status with %j',
  async (body) => {
    const producer = await start();
    const consumer = await producer.as('alt_demo');
    const path = `${membersOf(producer, 'demo-shared-pending')}/${consumer.projectId}`;
    expect((await consumer.send('put', path, body)).status).toBe(400);
    expect((await consumer.send('get', path)).body.status).toBe('pending');
  },
);

test.each(['get', 'post'] as const)('%s of the members of an unknown image returns 404', async (method) => {
  const session = await start();
  const body = method === 'post' ? { member: '348129' } : undefined;
  const unknown = await session.send(method, `/v2/images/${UNKNOWN}/members`, body);
  expect([unknown.status, unknown.body]).toEqual([404, faultOf('itemNotFound', 404)]);
  expect((await session.send(method, '/v2/images/no-uuid/members', body)).status).toBe(400);
});
