import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { AdminError, type Sideglance, startSideglance } from '../../src/index.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const started: Sideglance[] = [];
const start = async (state?: string): Promise<Sideglance> => {
  const cloud = await startSideglance({ ...(state !== undefined && { state }) });
  started.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((cloud) => cloud.close()));
});

const showStatus = async (cloud: Sideglance, token: string, id: string, world = ''): Promise<number> =>
  (await fetch(`${cloud.url}${world}/image/v2/images/${id}`, { headers: { 'X-Auth-Token': token } })).status;

test('the library takes and restores snapshots', async () => {
  const cloud = await start();
  const { id } = cloud.images.place({ name: 'kept', visibility: 'public' });
  const token = await login(cloud.url);
  expect(cloud.snapshots.take('loaded')).toEqual({ name: 'loaded' });
  cloud.images.remove(id);
  expect(await showStatus(cloud, token, id)).toBe(404);
  cloud.snapshots.restore('loaded');
  expect(await showStatus(cloud, token, id)).toBe(200);
  expect(cloud.snapshots.list()).toEqual([{ name: 'loaded' }]);
  const copy = cloud.worlds.create({ snapshot: 'loaded' });
  cloud.snapshots.drop('loaded');
  expect(() => cloud.snapshots.restore('loaded')).toThrow(AdminError);
  expect(await showStatus(cloud, token, id, `/w/${copy.name}`)).toBe(200);
});

test('the state file stores snapshots and the worlds that were created from them', async () => {
  const state = filesOf({})('state.json');
  const first = await start(state);
  const world = first.worlds.create({ name: 't17' });
  const { id } = world.images.place({ name: 'kept', visibility: 'public' });
  const token = await login(first.url, { world: 't17' });
  world.snapshots.take('loaded');
  world.snapshots.take('unwanted');
  world.snapshots.drop('unwanted');
  world.images.remove(id);
  const laterToken = await login(first.url, { world: 't17' });
  first.worlds.create({ name: 'copy', fork: 't17', snapshot: 'loaded' });
  await first.close();

  const second = await start(state);
  expect(second.world('t17').snapshots.list()).toEqual([{ name: 'loaded' }]);
  expect(await showStatus(second, token, id, '/w/t17')).toBe(404);
  expect(await showStatus(second, token, id, '/w/copy')).toBe(200);
  expect(await showStatus(second, laterToken, id, '/w/copy')).toBe(401);
  second.world('t17').snapshots.restore('loaded');
  expect(await showStatus(second, token, id, '/w/t17')).toBe(200);
  expect(await showStatus(second, laterToken, id, '/w/t17')).toBe(401);
  second.world('t17').reset();
  expect(await showStatus(second, await login(second.url, { world: 't17' }), id, '/w/t17')).toBe(404);
});

test('tokens select their world after a restart', async () => {
  const state = filesOf({})('state.json');
  const first = await start(state);
  first.worlds.create({ name: 't17' });
  const token = await login(first.url, { project: 'demo@t17' });
  await first.close();
  const second = await start(state);
  const { id } = second.world('t17').images.place({ name: 'there', visibility: 'public' });
  expect(await showStatus(second, token, id)).toBe(200);
});

test('requests in progress during a reset write nothing to the state file', async () => {
  const state = filesOf({})('state.json');
  const first = await start(state);
  const token = await login(first.url);
  const body = JSON.stringify({ name: 'slow', disk_format: 'raw', container_format: 'bare' });
  const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
  const created = await fetch(`${first.url}/image/v2/images`, { method: 'POST', headers, body });
  const { id } = (await created.json()) as { id: string };
  const { port } = first;
  const upload = request({
    port,
    host: '127.0.0.1',
    method: 'PUT',
    path: `/image/v2/images/${id}/file`,
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
  });
  upload.write('half');
  while (first.images.change(id, { tags: ['seen'] }).status !== 'saving') await new Promise(setImmediate);
  first.reset();
  upload.end('half');
  await once(upload, 'response');
  await first.close();
  const second = await start(state);
  expect(() => second.images.remove(id)).toThrow('does not exist');
});
