// All kinds of requests that npm run bench:memory sends, and what they need.

import { call, json, logIn } from './client.mjs';
import { COMPUTE_KINDS } from './compute.mjs';
import { CONNECTION_KINDS } from './connections.mjs';
import { CONTROL_KINDS } from './control.mjs';
import { IDENTITY_KINDS } from './identity.mjs';
import { IMAGE_KINDS } from './images.mjs';
import { BROKEN, READ_KINDS } from './reads.mjs';

/** All kinds by name. Each function gets a number that no other has, and returns how many requests it has sent. */
export const KINDS = {
  ...READ_KINDS,
  ...IMAGE_KINDS,
  ...IDENTITY_KINDS,
  ...COMPUTE_KINDS,
  ...CONTROL_KINDS,
  ...CONNECTION_KINDS,
};

/** How often a kind is sent in one round, if not once: most requests are reads, creates with deletes, and logins. */
const PER_ROUND = {
  'GET one': 40,
  'page of 25': 10,
  'create and delete': 20,
  'delete rejected': 10,
  'injected 503': 10,
  'login of a new client': 10,
  'login of the same client': 10,
  'image, imported': 3,
  'login, revoked': 2,
};

/** Kinds that take much time, and are sent in one of so many rounds. */
const ROUNDS_PER = { 'lists of images': 10, world: 4, snapshot: 4, reports: 25, 'stream, client left': 25 };

/** Lists the kinds of one round, in an order that is the same each time. */
export function roundOf(number, names = Object.keys(KINDS)) {
  return names
    .filter((name) => number % (ROUNDS_PER[name] ?? 1) === 0)
    .flatMap((name) => Array.from({ length: PER_ROUND[name] ?? 1 }, () => name));
}

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
  const broken = { id: BROKEN, name: 'broken' };
  await call(server, 'POST', '/image/v2/images', { body: broken, expect: 201 });
  const isProtected = { name: 'protected', protected: true };
  const kept = json(await call(server, 'POST', '/image/v2/images', { body: isProtected, expect: 201 }));
  const match = { operation: 'image-v2.deleteImage', image: { id: BROKEN } };
  const injected = { match, calls: { from: 1 }, undocumented: true, fault: { answer: 503 } };
  await call(server, 'POST', '/__admin/faults', { body: injected, expect: 201 });
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
  return { ...server, kept: kept.id, memberRole: roles.roles[0].id, image: images.images[0].id };
}
