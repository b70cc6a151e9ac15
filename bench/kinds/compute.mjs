// Requests to the Compute API that leave nothing behind but what the service itself keeps.
import { call, json } from './client.mjs';

const BASE = '/compute/v2.1';
const LATEST = { 'OpenStack-API-Version': 'compute 2.60' };

async function server(cloud, n) {
  const body = {
    server: {
      name: `server ${n}`,
      imageRef: cloud.image,
      flavorRef: '3',
      networks: 'none',
      metadata: { [`k${n}`]: 'v' },
    },
  };
  const created = json(await call(cloud, 'POST', `${BASE}/servers`, { body, headers: LATEST, expect: 202 }));
  const path = `${BASE}/servers/${created.server.id}`;
  const snapshot = { createImage: { name: `snapshot ${n}` } };
  const taken = await call(cloud, 'POST', `${path}/action`, { body: snapshot, headers: LATEST, expect: 202 });
  const { image_id: image } = json(taken);
  await call(cloud, 'POST', `${BASE}/images/${image}/metadata`, { body: { metadata: { [`key-${n}`]: 'x' } } });
  await call(cloud, 'DELETE', `${BASE}/images/${image}`, { expect: 204 });
  await call(cloud, 'GET', `${BASE}/images/${image}`, { expect: 404 });
  await call(cloud, 'DELETE', path, { expect: 204 });
  return 6;
}

async function keypair(cloud, n) {
  const path = `${BASE}/os-keypairs`;
  const public_key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGpWBH0vRlh1Bd4Jvz0pXZxkJ7gqF3yP0q9D1wV8mT5a bench';
  await call(cloud, 'POST', path, { body: { keypair: { name: `pair-${n}`, public_key } } });
  await call(cloud, 'DELETE', `${path}/pair-${n}`, { expect: 202 });
  return 2;
}

async function administration(cloud, n) {
  const asAdmin = { token: cloud.admin.token };
  const flavor = { name: `flavor-${n}`, ram: 64, vcpus: 1, disk: 1, id: `f-${n}` };
  await call(cloud, 'POST', `${BASE}/flavors`, { ...asAdmin, body: { flavor } });
  const specs = { extra_specs: { [`bench:${n}`]: 'x' } };
  await call(cloud, 'POST', `${BASE}/flavors/f-${n}/os-extra_specs`, { ...asAdmin, body: specs });
  await call(cloud, 'DELETE', `${BASE}/flavors/f-${n}`, { ...asAdmin, expect: 202 });
  const aggregate = { aggregate: { name: `aggregate-${n}` } };
  const created = json(await call(cloud, 'POST', `${BASE}/os-aggregates`, { ...asAdmin, body: aggregate }));
  await call(cloud, 'DELETE', `${BASE}/os-aggregates/${created.aggregate.id}`, asAdmin);
  return 5;
}

async function serverGroup(cloud, n) {
  const path = `${BASE}/os-server-groups`;
  const body = { server_group: { name: `group ${n}`, policies: ['affinity'] } };
  const { id } = json(await call(cloud, 'POST', path, { body })).server_group;
  await call(cloud, 'DELETE', `${path}/${id}`, { expect: 204 });
  return 2;
}

async function quota(cloud, n) {
  const asAdmin = { token: cloud.admin.token };
  const path = `${BASE}/os-quota-sets/project-${n}`;
  await call(cloud, 'GET', path, { ...asAdmin, expect: [200, 400] });
  await call(cloud, 'GET', `${BASE}/images?name=${n}&changes-since=2026-01-01T00:00:00Z&limit=1`);
  await call(cloud, 'GET', `${BASE}/images`, {
    headers: { 'OpenStack-API-Version': `compute 2.${n}` },
    expect: [200, 400, 404, 406],
  });
  return 3;
}

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const COMPUTE_KINDS = {
  'server and its image': server,
  'key pair': keypair,
  'flavor and aggregate': administration,
  'server group': serverGroup,
  'quotas and versions': quota,
};
