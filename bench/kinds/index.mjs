// All kinds of requests that npm run bench:memory sends, and what they need.
import { COMPUTE_KINDS } from './compute.mjs';
import { CONNECTION_KINDS } from './connections.mjs';
import { CONTROL_KINDS } from './control.mjs';
import { call, json, logIn } from './client.mjs';
import { IDENTITY_KINDS } from './identity.mjs';
import { IMAGE_KINDS } from './images.mjs';

export const KINDS = {
  ...IMAGE_KINDS,
  ...IDENTITY_KINDS,
  ...COMPUTE_KINDS,
  ...CONTROL_KINDS,
  ...CONNECTION_KINDS,
};

/** Logs in as the users of the default fixtures, and creates the faults and the world that the kinds need. */
export async function prepareKinds(connected) {
  const bare = { ...connected, token: null };
  const demo = await logIn(bare, 'demo');
  const server = {
    ...bare,
    token: demo.token,
    demo,
    other: await logIn(bare, 'alt_demo'),
    reader: await logIn(bare, 'demo_reader', { project: 'demo' }),
    admin: await logIn(bare, 'admin'),
    huawei: await logIn(bare, 'demo', { path: '/iam/v3/auth/tokens' }),
  };
  const arm = (operation, delay) => {
    const rule = { match: { operation }, calls: { from: 1 }, fault: { delay } };
    return call(server, 'POST', '/__admin/faults', { body: rule, expect: 201 });
  };
  await arm('image-v2.showTaskSchema', '600s');
  await arm('image-v2.showTasksSchema', { clock: '600s' });
  await call(server, 'PUT', '/__admin/configuration', {
    body: { quotas: { images: null }, web: { 'http://files.example.org/**': { text: 'data' } } },
    expect: [200, 400],
  });
  const quotas = { quota_set: { instances: -1, cores: -1, ram: -1, server_groups: -1, key_pairs: -1 } };
  const path = `/compute/v2.1/os-quota-sets/${demo.project}`;
  await call(server, 'PUT', path, { token: server.admin.token, body: quotas });
  await call(server, 'POST', '/__admin/worlds', { body: { name: 'busy' }, expect: 201 });
  const roles = json(await call(server, 'GET', '/identity/v3/roles?name=member', { token: server.admin.token }));
  const images = json(await call(server, 'GET', '/image/v2/images?name=debian-12-genericcloud'));
  return { ...server, memberRole: roles.roles[0].id, image: images.images[0].id };
}
