// Requests to the admin API, requests that faults hit, and requests that the APIs reject.
import { call, json, logIn } from './client.mjs';

const ADMIN = '/__admin';
const IMAGES = '/image/v2/images';
const RULE = { match: { operation: 'image-v2.showImageSchema' }, fault: { answer: 503 }, undocumented: true };
const SCHEMA = '/image/v2/schemas/image';

async function faultFired(server) {
  await call(server, 'POST', `${ADMIN}/faults`, {
    body: { ...RULE, match: { ...RULE.match, user: 'alt_demo' } },
    expect: 201,
  });
  await call(server, 'GET', SCHEMA, { token: server.other.token, expect: 503 });
  return 2;
}

async function faultDisarmed(server, n) {
  const match = { operation: 'image-v2.showImage', image: { name: `never ${n}` } };
  const body = { match, fault: { answer: 404 } };
  await call(server, 'POST', `/w/busy${ADMIN}/faults`, { body, expect: 201 });
  await call(server, 'GET', `${IMAGES}/${server.image}`);
  await call(server, 'DELETE', `/w/busy${ADMIN}/faults`, { expect: 204 });
  return 3;
}

async function scenario(server, n) {
  const rules = [
    { match: { operation: 'image-v2.discoverStores' }, calls: { per: 'client', times: 1 }, fault: { delay: '1ms' } },
  ];
  const path = `${ADMIN}/scenarios/bench-${n}`;
  await call(server, 'PUT', path, { body: { description: `Number ${n}.`, enabled: true, rules }, expect: 201 });
  await call(server, 'GET', '/image/v2/info/stores', { headers: { 'X-Sideglance-Client': `client ${n}` } });
  await call(server, 'DELETE', path, { expect: 204 });
  return 3;
}

async function clients(server, n) {
  await call(server, 'GET', '/image/v2/info/import', { headers: { 'User-Agent': `client ${n}` } });
  await call(server, 'GET', '/image/v2/info/import', { headers: { 'X-Sideglance-Client': `client ${n}` } });
  await call(server, 'GET', '/image/v2/info/import', { headers: { 'X-Sideglance-Label': `label ${n}` } });
  await call(server, 'GET', `${IMAGES}/${n}`, { headers: { Accept: `application/x-${n}` }, expect: 404 });
  return 4;
}

async function retryTest(server) {
  const body = { instructions: { 'image-v2.showImagesSchema': ['return-503'] } };
  const { id } = json(await call(server, 'POST', `${ADMIN}/retry_test`, { body, expect: [200, 201] }));
  await call(server, 'GET', '/image/v2/schemas/images', { headers: { 'x-retry-test-id': id }, expect: 503 });
  await call(server, 'DELETE', `${ADMIN}/retry_test/${id}`, { expect: [200, 204] });
  return 3;
}

async function world(server, n) {
  const name = `world-${n}`;
  await call(server, 'POST', `${ADMIN}/worlds`, { body: { name, ...(n % 2 === 0 && { seed: n }) }, expect: 201 });
  const { token } = await logIn(server, 'demo', { path: `/w/${name}/identity/v3/auth/tokens` });
  await call(server, 'POST', `/w/${name}${IMAGES}`, { token, body: { name: `image ${n}` }, expect: 201 });
  await call(server, 'GET', `/w/${name}${IMAGES}?limit=3`, { token });
  await call(server, 'POST', `/w/${name}${ADMIN}/snapshots`, { body: { name: 's' }, expect: 201 });
  await call(server, 'POST', `/w/${name}${ADMIN}/snapshots/s/restore`, { expect: 204 });
  await call(server, 'POST', `/w/${name}${ADMIN}/faults`, { body: RULE, expect: 201 });
  await call(server, 'POST', `/w/${name}${ADMIN}/reset`, { expect: 204 });
  await call(server, 'DELETE', `${ADMIN}/worlds/${name}`, { expect: 204 });
  return 9;
}

async function snapshot(server, n) {
  const path = `/w/busy${ADMIN}/snapshots`;
  await call(server, 'POST', path, { body: { name: `s${n}` }, expect: 201 });
  await call(server, 'GET', `/w/busy${IMAGES}`, { expect: 401 });
  await call(server, 'DELETE', `${path}/s${n}`, { expect: 204 });
  return 3;
}

async function reset(server, n) {
  const { token } = await logIn(server, 'demo', { path: '/w/busy/identity/v3/auth/tokens' });
  await call(server, 'POST', `/w/busy${IMAGES}`, { token, body: { name: `image ${n}` }, expect: [201, 401] });
  await call(server, 'POST', `/w/busy${ADMIN}/reset`, { expect: 204 });
  return 3;
}

async function rejected(server, n) {
  await call(server, 'GET', `/unknown-${n}/path`, { expect: 404 });
  await call(server, 'GET', `/image/v2/unknown-${n}`, { expect: 404 });
  await call(server, 'POST', IMAGES, { body: { [`size-${n}`]: 5, size: n }, expect: [400, 403] });
  await call(server, 'POST', IMAGES, {
    body: Buffer.from(`{"${n}`),
    headers: { 'Content-Type': 'application/json' },
    expect: 400,
  });
  await call(server, 'GET', `/w/none-${n}${IMAGES}`, { expect: 404 });
  await call(server, 'GET', `${ADMIN}/requests/${n}?unknown-${n}=1`, { expect: [400, 404] });
  return 6;
}

async function reports(server, n) {
  await call(server, 'GET', `${ADMIN}/requests?label=label%20${n}&limit=1`);
  await call(server, 'POST', `${ADMIN}/verify`, {
    body: { requests: { status: 418, label: `label ${n}` }, never: true },
    expect: [200, 400],
  });
  await call(server, 'PUT', `${ADMIN}/label`, { body: { label: `label ${n}` }, expect: [200, 204] });
  return 3;
}

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const CONTROL_KINDS = {
  'fault, fired': faultFired,
  'fault, disarmed': faultDisarmed,
  scenario,
  'clients and labels': clients,
  'retry test': retryTest,
  world,
  snapshot,
  reset,
  rejected,
  reports,
};
