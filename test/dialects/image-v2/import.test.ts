import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProgressRules } from '../../../src/domain/progress.ts';
import { type Body, type Cloud, createCloud, messageOf } from './support.ts';

const OCTETS = { 'Content-Type': 'application/octet-stream' };

let cloud: Cloud;
beforeEach(() => {
  cloud = createCloud();
});

const world = () => cloud.emulator.worlds.default;
const setProgress = (progress: ProgressRules): void => world().setProgress(progress);
const show = async (id: string): Promise<Body> => (await cloud.send('GET', `/v2/images/${id}`)).body;
const tasksOf = async (id: string): Promise<Body> => (await cloud.send('GET', `/v2/images/${id}/tasks`)).body.tasks;
const startImport = (id: string, method: object = { name: 'glance-direct' }, rest: object = {}) =>
  cloud.send('POST', `/v2/images/${id}/import`, { body: { method, ...rest } });

async function createStaged(data = 'hello'): Promise<string> {
  const { id } = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
  const response = await cloud.send('PUT', `/v2/images/${id}/stage`, { body: data, headers: OCTETS });
  expect(response.status).toBe(204);
  return id;
}

describe('An import progresses', () => {
  test('immediately by default', async () => {
    const id = await createStaged();
    expect((await startImport(id)).status).toBe(202);
    expect(await show(id)).toMatchObject({
      status: 'active',
      size: 5,
      virtual_size: 5,
      checksum: '5d41402abc4b2a76b9719d911017c592',
      stores: 'store1',
      os_glance_importing_to_stores: '',
      os_glance_failed_import: '',
    });
    expect((await cloud.send('GET', `/v2/images/${id}/file`)).body.toString()).toBe('hello');
  });

  test('by polls, showing its progress and rejecting a second import', async () => {
    setProgress({ import: { pace: { by: 'polls', polls: 2 } } });
    const id = await createStaged();
    await startImport(id, undefined, { stores: ['store2', 'store1'] });
    const [task] = await tasksOf(id);
    expect(task).toMatchObject({ type: 'api_image_import', status: 'processing', result: null });
    expect(await show(id)).toMatchObject({
      status: 'importing',
      os_glance_import_task: task.id,
      os_glance_importing_to_stores: 'store2,store1',
    });
    const again = await startImport(id);
    expect(again.status).toBe(409);
    const after = await show(id);
    expect(after).toMatchObject({ status: 'active', stores: 'store2,store1', os_glance_importing_to_stores: '' });
    expect(after.os_glance_import_task).toBeUndefined();
    expect(await tasksOf(id)).toMatchObject([{ status: 'success', result: { image_id: id } }]);
  });

  test("by the world's clock, independent of reads", async () => {
    world().setClock({ frozenAt: Date.UTC(2026, 10, 21), offset: 0 });
    setProgress({ '*': { pace: { by: 'clock', seconds: 30 } } });
    const id = await createStaged();
    await startImport(id);
    for (let read = 0; read < 5; read += 1) expect((await show(id)).status).toBe('importing');
    world().setClock({ frozenAt: Date.UTC(2026, 10, 21, 0, 0, 30), offset: 0 });
    const list = await cloud.send('GET', '/v2/images');
    expect(list.body.images).toMatchObject([{ id, status: 'active' }]);
  });

  test('only when it is advanced manually', async () => {
    setProgress({ import: { pace: { by: 'hand' } } });
    const id = await createStaged();
    await startImport(id);
    for (let read = 0; read < 5; read += 1) expect((await show(id)).status).toBe('uploading');
    const task = world().tasks.ofImage(id)[0];
    if (task === undefined) throw new Error('no task');
    const advanced = world().tasks.advance(task);
    expect((await show(id)).status).toBe('importing');
    world().tasks.advance(advanced);
    expect((await show(id)).status).toBe('active');
  });

  test('to failure when the world is configured so', async () => {
    setProgress({ import: { pace: { by: 'once' }, failure: { code: null, message: 'The disk is full' } } });
    const id = await createStaged();
    expect((await startImport(id)).status).toBe(202);
    expect(await show(id)).toMatchObject({ status: 'importing', os_glance_failed_import: 'store1' });
    expect(await tasksOf(id)).toMatchObject([{ status: 'failure', message: 'The disk is full', result: null }]);
  });
});

describe('An import into stores that partly fail', () => {
  const failImports = (stores?: readonly string[]): void =>
    setProgress({
      import: { pace: { by: 'once' }, failure: { code: null, message: null, ...(stores && { stores }) } },
    });
  const BOTH = ['store1', 'store2'];
  const INTERNAL = 'Task failed due to Internal Error';

  test.each([
    [BOTH, false, ['store2'], { status: 'active', size: 5, stores: 'store1' }, 'store2', ''],
    [['store2', 'store1'], false, ['store2'], { status: 'active', size: 5, stores: 'store1' }, 'store2', ''],
    [BOTH, true, ['store2'], { status: 'importing', size: null }, 'store2', ''],
    [BOTH, undefined, ['store2'], { status: 'importing', size: null }, 'store2', ''],
    [['store2', 'store1'], true, ['store2'], { status: 'importing', size: 5 }, 'store2', 'store1'],
    [['store2'], true, ['store2'], { status: 'importing', size: 5 }, 'store2', ''],
    [['store2'], false, ['store2'], { status: 'queued', size: null }, 'store2', ''],
    [BOTH, true, BOTH, { status: 'importing', size: 5 }, 'store1', 'store2'],
    [BOTH, false, BOTH, { status: 'queued', size: null }, 'store1,store2', ''],
    [BOTH, true, undefined, { status: 'importing', size: 5 }, 'store1', 'store2'],
    [BOTH, false, undefined, { status: 'queued', size: null }, 'store1,store2', ''],
    [['store1'], true, ['store2'], { status: 'active', size: 5, stores: 'store1' }, '', ''],
  ])(
    'into %j, with all_stores_must_succeed %j and failing stores %j, ends as in the service',
    async (stores, allMustSucceed, failing, image, failed, importing) => {
      failImports(failing);
      const id = await createStaged();
      await startImport(id, undefined, {
        stores,
        ...(allMustSucceed !== undefined && { all_stores_must_succeed: allMustSucceed }),
      });
      expect(await show(id)).toMatchObject({
        checksum: image.status === 'active' ? expect.any(String) : null,
        ...image,
        os_glance_failed_import: failed,
        os_glance_importing_to_stores: importing,
      });
      const isActive = image.status === 'active';
      expect(await tasksOf(id)).toMatchObject([
        { status: isActive ? 'success' : 'failure', message: isActive ? 'Copied 0 MiB' : INTERNAL },
      ]);
    },
  );

  test.each([
    [true, 'failure'],
    [false, 'success'],
  ])(
    'that copies, with all_stores_must_succeed %j, ends with %s and leaves the image active',
    async (allMustSucceed, status) => {
      const { id } = await cloud.createActive({}, 'hello');
      failImports(['store2']);
      const body = { method: { name: 'copy-image' }, stores: ['store2'], all_stores_must_succeed: allMustSucceed };
      await cloud.send('POST', `/v2/images/${id}/import`, { user: 'admin', body });
      expect(await show(id)).toMatchObject({ status: 'active', stores: 'store1', os_glance_failed_import: 'store2' });
      expect(world().tasks.ofImage(id)).toMatchObject([{ status }]);
    },
  );
});

describe('During an import', () => {
  beforeEach(() => setProgress({ import: { pace: { by: 'hand' } } }));
  const finish = (id: string): void => {
    for (const task of world().tasks.ofImage(id)) world().tasks.finish(task);
  };

  test('a change of the image succeeds and persists', async () => {
    const id = await createStaged();
    await startImport(id);
    expect((await cloud.patch(id, [{ op: 'replace', path: '/name', value: 'other' }])).status).toBe(200);
    finish(id);
    expect(await show(id)).toMatchObject({ name: 'other', status: 'active', size: 5 });
  });

  test('a deleted image stays deleted', async () => {
    const id = await createStaged();
    await startImport(id);
    expect((await cloud.send('DELETE', `/v2/images/${id}`)).status).toBe(204);
    finish(id);
    expect((await cloud.send('GET', `/v2/images/${id}`)).status).toBe(404);
    expect(world().images.peek(id)).toMatchObject({ status: 'deleted', data: null });
  });

  test('a fork continues the import independently, and a reset drops it', async () => {
    const id = await createStaged();
    await startImport(id);
    const fork = cloud.emulator.worlds.fork('fork', world());
    finish(id);
    expect((await show(id)).status).toBe('active');
    expect(fork.images.peek(id)?.status).toBe('uploading');
    for (const task of fork.tasks.ofImage(id)) fork.tasks.finish(task, { code: null, message: 'no' });
    expect(fork.images.peek(id)?.status).toBe('importing');
    world().reset();
    expect([...world().tasks.list({ owner: null })]).toEqual([]);
  });
});

describe('A web download', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === '/disk') return void response.end('remote content');
      if (request.url === '/moved') return void response.writeHead(302, { Location: '/disk' }).end();
      if (request.url === '/foreign') return void response.writeHead(302, { Location: 'http://192.0.2.1/disk' }).end();
      if (request.url === '/loop') return void response.writeHead(302, { Location: '/loop' }).end();
      if (request.url === '/cut') {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('first half');
        return void setImmediate(() => response.destroy());
      }
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const download = async (uri: string): Promise<[number, Body]> => {
    const { id } = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
    const { status } = await startImport(id, { name: 'web-download', uri });
    return [status, await show(id)];
  };

  test('imports the content of the address and follows redirects', async () => {
    for (const path of ['/disk', '/moved']) {
      const [status, image] = await download(url + path);
      expect([status, image.status, image.size]).toEqual([202, 'active', 14]);
    }
  });

  test.each(['/none', '/foreign', '/loop', '/cut'])(
    'from %s fails and leaves the image queued for another import',
    async (path) => {
      const [status, image] = await download(url + path);
      expect(status).toBe(202);
      expect(image).toMatchObject({ status: 'queued', size: null, os_glance_failed_import: 'store1' });
      expect((await startImport(image.id, { name: 'web-download', uri: `${url}/disk` })).status).toBe(202);
      expect(await show(image.id)).toMatchObject({ status: 'active', os_glance_failed_import: '' });
    },
  );

  test('of more data than the size cap fails', async () => {
    world().setLimits({ imageSizeCap: 5 });
    expect((await download(`${url}/disk`))[1]).toMatchObject({ status: 'queued', size: null });
  });

  test.each([
    'http://192.0.2.1/disk',
    'ftp://127.0.0.1/disk',
    'file:///etc/passwd',
    'nonsense',
    '',
    'http:127.0.0.1/disk',
    'http:///127.0.0.1/disk',
    'http:\\\\127.0.0.1/disk',
  ])('from %p is rejected', async (uri) => {
    const { id } = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
    const response = await startImport(id, { name: 'web-download', uri });
    expect([response.status, messageOf(response)]).toEqual([
      400,
      `URI for web-download does not pass filtering: ${uri}`,
    ]);
  });
});

test('a world with a single store shows no store ids', async () => {
  world().setStores([]);
  const id = await createStaged();
  await startImport(id);
  expect(await show(id)).not.toHaveProperty('stores');
  expect((await cloud.send('GET', '/v2/info/stores')).status).toBe(404);
  const created = await cloud.send('POST', '/v2/images', { body: {} });
  expect(created.headers['openstack-image-store-ids']).toBeUndefined();
});

test('all_stores omits read-only stores', async () => {
  world().setStores([{ id: 'fast', isDefault: true }, { id: 'tape', isReadOnly: true }, { id: 'cheap' }]);
  const id = await createStaged();
  await startImport(id, undefined, { all_stores: true });
  expect((await show(id)).stores).toBe('fast,cheap');
  expect((await cloud.send('GET', '/v2/info/stores')).body.stores).toEqual([
    { id: 'fast', default: 'true' },
    { id: 'tape', 'read-only': 'true' },
    { id: 'cheap' },
  ]);
});

test('caching progresses as configured, and cleaning removes deleted images', async () => {
  setProgress({ cache: { pace: { by: 'hand' } } });
  const { id } = await cloud.createActive({}, 'cached');
  const operator = { user: 'admin' } as const;
  expect((await cloud.send('PUT', `/v2/cache/${id}`, operator)).status).toBe(202);
  const cache = async () => (await cloud.send('GET', '/v2/cache', operator)).body;
  expect(await cache()).toEqual({ cached_images: [], queued_images: [id] });
  for (const task of world().tasks.ofImage(id)) world().tasks.finish(task);
  expect(await cache()).toMatchObject({ cached_images: [{ image_id: id, size: 6, hits: 0 }], queued_images: [] });
  await cloud.send('DELETE', `/v2/images/${id}`);
  cloud.emulator.worlds.default.setRelease('2026.2');
  expect((await cloud.send('POST', '/v2/cache/clean', operator)).status).toBe(200);
  expect(await cache()).toEqual({ cached_images: [], queued_images: [] });
});

test('pruning removes the least recently used images until the cache fits its limit', async () => {
  const operator = { user: 'admin' } as const;
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    world().setClock({ frozenAt: Date.UTC(2026, 10, 21) + nth * 1000, offset: 0 });
    const { id } = await cloud.createActive({}, '12345');
    await cloud.send('PUT', `/v2/cache/${id}`, operator);
    ids.push(id);
  }
  world().setLimits({ cacheBytes: 10 });
  cloud.emulator.worlds.default.setRelease('2026.2');
  const response = await cloud.send('POST', '/v2/cache/prune', operator);
  expect(response.body).toEqual({ total_files_pruned: 1, total_bytes_pruned: 5 });
  const { body } = await cloud.send('GET', '/v2/cache', operator);
  expect(body.cached_images.map((each: Body) => each.image_id).sort()).toEqual(ids.slice(1).sort());
});
