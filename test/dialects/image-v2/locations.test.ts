import { expect, test } from '@jest/globals';
import { fixturesNamed } from '../../../src/fixtures/default-fixtures.ts';
import { createTestEmulator } from '../../support/emulator.ts';
import { type Cloud, createCloud, messageOf } from './support.ts';

const ADDRESS = 'http://download.cirros-cloud.net/disk.img';
const RAW = { disk_format: 'raw', container_format: 'bare' };

/** A cloud whose images show what the profiles say. */
function cloudWith(profiles: Readonly<Record<string, string>>): Cloud {
  const cloud = createCloud();
  const world = cloud.emulator.worlds.default;
  const { stores = [] } = fixturesNamed(['locations']);
  world.setStores(stores);
  world.setProfiles({ 'image-v2': profiles });
  return cloud;
}

const adds = (url: string) => [{ op: 'add', path: '/locations/-', value: { url, metadata: {} } }];

test('A location gives a queued image the data at its address', async () => {
  const cloud = cloudWith({ locations: 'shown', 'direct-url': 'shown' });
  const { id } = await cloud.create(RAW);
  const { body } = await cloud.patch(id, adds(ADDRESS));
  expect(body).toMatchObject({
    status: 'active',
    checksum: null,
    locations: [{ url: ADDRESS, metadata: { store: 'web' } }],
    direct_url: ADDRESS,
  });
  const data = await cloud.send('GET', `/v2/images/${id}/file`);
  expect(Number(data.headers['content-length'])).toBe(body.size);
});

test('direct_url alone shows no list, and locations stay invisible', async () => {
  const cloud = cloudWith({ 'direct-url': 'shown' });
  const { id } = await cloud.createActive({}, 'bytes');
  const { body } = await cloud.send('GET', `/v2/images/${id}`);
  expect(body.direct_url).toBe(`file:///var/lib/glance/store1/${id}`);
  expect(body).not.toHaveProperty('locations');
  expect((await cloud.patch(id, adds(ADDRESS))).status).toBe(403);
});

test('A location that exceeds the storage quota of the project is rejected', async () => {
  const cloud = cloudWith({ locations: 'shown' });
  cloud.emulator.worlds.default.setLimits({ userStorageQuota: 5 });
  const { id } = await cloud.create(RAW);
  const response = await cloud.patch(id, adds(ADDRESS));
  expect(response.status).toBe(413);
  expect(messageOf(response)).toContain('it exceeds the quota: The size of the data');
});

test('Without a store of type http no address can be added', async () => {
  const cloud = cloudWith({ locations: 'shown' });
  cloud.emulator.worlds.default.setStores([{ id: 'store1', isDefault: true }]);
  const { id } = await cloud.create(RAW);
  const response = await cloud.patch(id, adds(ADDRESS));
  expect([response.status, messageOf(response)]).toEqual([400, expect.stringContaining('Invalid location')]);
});

test('The shipped fixtures "locations" add settings to other fixtures', () => {
  const { worlds } = createTestEmulator({ fixtures: fixturesNamed(['suites', 'locations']) });
  expect(worlds.default.stores.map(({ id }) => id)).toEqual(['store1', 'store2', 'web']);
  expect(worlds.default.profiles['image-v2']).toEqual({ locations: 'shown', 'direct-url': 'shown' });
});
