// Tests requests of one's own with supertest, against a server in the same process.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startSideglance } from 'sideglance';
import request from 'supertest';

let cloud;
let world;
let token;
before(async () => {
  cloud = await startSideglance();
});
after(() => cloud.close());

beforeEach(async () => {
  world = cloud.worlds.create();
  const { OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = world.settings().openstack;
  const domain = { name: 'Default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: OS_USERNAME, password: OS_PASSWORD, domain } } },
    scope: { project: { name: OS_PROJECT_NAME, domain } },
  };
  const response = await request(world.url).post('/identity/v3/auth/tokens').send({ auth }).expect(201);
  token = response.headers['x-subject-token'];
});

test('a delete is refused while the image is protected', async () => {
  const { id } = world.images.place({ name: 'mine', protected: true });
  const path = `/image/v2/images/${id}`;
  await request(world.url)
    .delete(path)
    .set('X-Auth-Token', token)
    .expect(403, /protected/);
  world.images.change(id, { protected: false });
  await request(world.url).delete(path).set('X-Auth-Token', token).expect(204);
});

test('a create over the limit gets 413 once', async () => {
  world.scenarios.enable('image-v2.createImage.413', { calls: 1 });
  const create = () => request(world.url).post('/image/v2/images').set('X-Auth-Token', token).send({ name: 'mine' });
  await create().expect(413);
  await create().expect(201);
  assert.equal(world.requests.verify({ requests: { operation: 'image-v2.createImage' }, exactly: 2 }).result, 'yes');
});
