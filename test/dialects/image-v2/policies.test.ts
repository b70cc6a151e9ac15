import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Cloud, createCloud } from './support.ts';

let cloud: Cloud;
let id: string;
beforeEach(async () => {
  cloud = createCloud();
  id = (await cloud.createActive({ name: 'own', visibility: 'private' }, 'data')).id;
  cloud.emulator.worlds.default.setRelease('2025.1');
});

const V21 = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
const OCTETS = { 'Content-Type': 'application/octet-stream' };
const RENAME = [{ op: 'replace', path: '/name', value: 'n' }];

describe('From 2025.1 on, a reader', () => {
  test.each([
    ['add_image', 'POST', '/v2/images', { body: { name: 'new' } }],
    ['modify_image', 'PATCH', '/v2/images/{id}', { headers: V21, body: RENAME }],
    ['modify_image', 'PUT', '/v2/images/{id}/stage', { headers: OCTETS, body: 'data' }],
    ['modify_image', 'PUT', '/v2/images/{id}/tags/one', {}],
    ['deactivate', 'POST', '/v2/images/{id}/actions/deactivate', {}],
    ['reactivate', 'POST', '/v2/images/{id}/actions/reactivate', {}],
    ['download_image', 'GET', '/v2/images/{id}/file', {}],
    ['delete_image', 'DELETE', '/v2/images/{id}', {}],
  ] as const)('needs another role for %s: %s', async (action, method, path, options) => {
    const send = (): ReturnType<Cloud['send']> =>
      cloud.send(method, path.replace('{id}', id), { ...options, user: 'demo_reader' });
    const refused = await send();
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining(`You are not authorized to complete ${action} action.`),
    ]);
    cloud.emulator.worlds.default.setRelease('zed');
    expect((await send()).status).not.toBe(403);
  });

  test('lists and shows the images of its project', async () => {
    expect((await cloud.send('GET', '/v2/images', { user: 'demo_reader' })).body.images).toHaveLength(1);
    expect((await cloud.send('GET', `/v2/images/${id}`, { user: 'demo_reader' })).status).toBe(200);
  });
});

test('From 2025.1 on, only administrators delete data from one store', async () => {
  const path = `/v2/stores/store1/${id}`;
  const refused = await cloud.send('DELETE', path);
  expect(refused.text).toContain('You are not authorized to complete delete_image_location action.');
  expect((await cloud.send('DELETE', path, { user: 'admin' })).status).toBe(403);
});

test('Roles that a profile alone brings are noted as the release of the API', async () => {
  const { worlds } = cloud.emulator;
  worlds.default.setRelease('zed');
  worlds.default.setProfiles({ 'image-v2': { release: '2025.1' } });
  expect((await cloud.send('DELETE', `/v2/images/${id}`, { user: 'demo_reader' })).status).toBe(403);
  const [entry] = [...worlds.default.journal.after()].slice(-1);
  expect(entry).toMatchObject({ source: 'by-profile', profiles: ['image-v2/release: 2025.1'] });
});
