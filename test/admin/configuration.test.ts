import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator, login } from '../support/emulator.ts';

let emulator: Emulator;
beforeEach(() => {
  emulator = createTestEmulator();
});
const admin = (method: 'get' | 'put' | 'post', path: string, body?: object) => {
  const pending = request(emulator.app)[method](`/__admin${path}`);
  return body === undefined ? pending : pending.send(body);
};
const put = (body: object) => admin('put', '/configuration', body);

describe('The configuration of a world', () => {
  test('is returned completely, and a change affects only the sent members', async () => {
    const { body } = await admin('get', '/configuration');
    expect(body).toMatchObject({
      limits: { listDefault: 25, listMost: 1000, callsPerMinute: null, cacheBytes: null },
      quotas: { storage: null, images: null, staged: null, uploading: null, tags: 128 },
      progress: {},
      profiles: {},
      release: 'zed',
      stores: [{ id: 'store1', default: true, type: 'file' }, { id: 'store2' }],
      web: { 'http://download.cirros-cloud.net/*': { base64: expect.any(String) } },
    });
    const changed = await put({
      limits: { imageSizeCap: '5MiB' },
      quotas: { storage: '1GiB', images: 3 },
      progress: { import: { by: 'polls' }, '*': { by: 'clock', seconds: 2, fail: { code: '721', message: 'no' } } },
      profiles: { 'image-v2': { tasks: 'off' }, identity: { checks: 'reference' } },
      release: '2025.1',
      stores: [{ id: 'only', description: 'the one', readOnly: true }],
      web: { 'http://a.example/one': 'one', 'http://a.example/two': { error: 'refused' } },
    });
    expect(changed.status).toBe(200);
    expect((await admin('get', '/configuration')).body).toEqual({
      limits: { ...body.limits, imageSizeCap: 5 * 1024 ** 2 },
      quotas: { ...body.quotas, storage: 1024 ** 3, images: 3 },
      progress: {
        import: { by: 'polls', polls: 1 },
        '*': { by: 'clock', seconds: 2, fail: { code: '721', message: 'no' } },
      },
      profiles: { 'image-v2': { tasks: 'off' }, identity: { checks: 'reference' } },
      release: '2025.1',
      stores: [{ id: 'only', description: 'the one', readOnly: true }],
      web: { ...body.web, 'http://a.example/one': { base64: 'b25l' }, 'http://a.example/two': { error: 'refused' } },
    });
    // Omitted members stay as they are.
    const large = { virtual: { size: '5MiB', seed: 3 }, bytesPerSecond: 5 };
    await put({
      profiles: { 'image-v2': { unseen: 'forbidden' } },
      quotas: { images: null },
      web: { 'http://a.example/one': large },
    });
    expect((await admin('get', '/configuration')).body).toMatchObject({
      quotas: { storage: 1024 ** 3, images: null },
      profiles: { 'image-v2': { tasks: 'off', unseen: 'forbidden' }, identity: { checks: 'reference' } },
      web: {
        'http://a.example/one': { virtual: { size: 5 * 1024 ** 2, seed: 3 }, bytesPerSecond: 5 },
        'http://a.example/two': { error: 'refused' },
      },
    });
  });

  test('is reset with the world, and differs between worlds', async () => {
    await admin('post', '/worlds', { name: 'other' });
    await put({ quotas: { images: 1 }, progress: { import: { by: 'hand' } } });
    const other = await request(emulator.app).get('/w/other/__admin/configuration');
    expect(other.body).toMatchObject({ quotas: { images: null }, progress: {} });
    await admin('post', '/reset');
    expect((await admin('get', '/configuration')).body).toMatchObject({ quotas: { images: null }, progress: {} });
  });

  test('can be set when a world is created, and forks inherit it', async () => {
    const options = { progress: { '*': { by: 'polls', polls: 3 } }, profiles: { identity: { checks: 'reference' } } };
    expect((await admin('post', '/worlds', { name: 'slow', ...options })).status).toBe(201);
    await admin('post', '/worlds', { name: 'fork', fork: 'slow' });
    for (const name of ['slow', 'fork']) {
      expect((await request(emulator.app).get(`/w/${name}/__admin/configuration`)).body).toMatchObject(options);
    }
  });

  test.each([
    [{}, ''],
    [{ limit: {} }, '/limit'],
    [{ limits: { imageSizeCap: 'large' } }, '/limits/imageSizeCap'],
    [{ quotas: { images: -1 } }, '/quotas/images'],
    [{ progress: { imports: { by: 'once' } } }, '/progress/imports'],
    [{ progress: { import: { by: 'magic' } } }, '/progress/import/by'],
    [{ progress: { import: {} } }, '/progress/import'],
    [{ progress: { import: { by: 'once', fail: { code: '999' } } } }, '/progress/import/fail/code'],
    [{ progress: { upload: { by: 'once', fail: { code: '721' } } } }, '/progress/upload/fail/code'],
    [{ progress: { stage: { by: 'once', fail: { code: '721' } } } }, '/progress/stage/fail/code'],
    [{ progress: { import: { by: 'once', fail: { at: 100 } } } }, '/progress/import/fail/at'],
    [{ progress: { import: { by: 'once', fail: { stores: ['tape'] } } } }, '/progress/import/fail/stores/0'],
    [{ progress: { export: { by: 'once', fail: { stores: ['store1'] } } } }, '/progress/export/fail/stores'],
    [{ progress: { rules: [{ by: 'once' }] } }, '/progress/rules/0'],
    [{ progress: { rules: [{ match: { project: 'dmo' }, by: 'once' }] } }, '/progress/rules/0/match/project'],
    [{ progress: { rules: [{ match: { user: 'nobody' }, by: 'once' }] } }, '/progress/rules/0/match/user'],
    [{ progress: { rules: [{ match: { name: 'x' }, by: 'once' }] } }, '/progress/rules/0/match/name'],
    [{ progress: { rules: [{ match: { api: 'glance' }, by: 'once' }] } }, '/progress/rules/0/match/api'],
    [{ progress: { rules: [{ match: { api: 'ims', type: 'ims' }, by: 'once' }] } }, '/progress/rules/0/match/type'],
    [
      { progress: { rules: [{ match: { api: 'rackspace-images', kind: 'copy' }, by: 'once' }] } },
      '/progress/rules/0/match/kind',
    ],
    [
      { progress: { rules: [{ match: { api: 'rackspace-images' }, by: 'once', fail: { code: 'IMG.0057' } }] } },
      '/progress/rules/0/fail/code',
    ],
    [
      {
        progress: {
          rules: [
            { match: {}, by: 'once' },
            { match: { kind: 'copy' }, by: 'hand' },
          ],
        },
      },
      '/progress/rules/1',
    ],
    [{ profiles: { 'image-v3': {} } }, '/profiles/image-v3'],
    [{ release: '2025.2' }, '/release'],
    [{ profiles: { 'image-v2': { task: 'off' } } }, '/profiles/image-v2/task'],
    [{ profiles: { 'image-v2': { tasks: 'perhaps' } } }, '/profiles/image-v2/tasks'],
    [{ stores: [{}] }, '/stores/0'],
    [{ limits: { listDefault: 3 }, stores: [{ id: 'one' }, { id: 'one' }] }, '/stores/1/id'],
    [
      {
        stores: [
          { id: 'one', default: true },
          { id: 'two', default: true },
        ],
      },
      '/stores/1/default',
    ],
    [{ profiles: { ims: { region: 'unserved' } } }, '/profiles/ims/region'],
  ])('rejects %j with a pointer and does not change', async (body, pointer) => {
    const before = (await admin('get', '/configuration')).body;
    const response = await put({
      ...body,
      ...(Object.keys(body).length > 0 && { limits: { listDefault: 3, ...('limits' in body ? body.limits : {}) } }),
    });
    expect(response.status).toBe(400);
    expect(response.body.error.issues.map((issue: { pointer: string }) => issue.pointer)).toContain(pointer);
    expect((await admin('get', '/configuration')).body).toEqual(before);
  });
});

describe('Tasks', () => {
  async function startImport(): Promise<{ readonly image: string; readonly task: string }> {
    await put({ progress: { import: { by: 'hand' } } });
    const token = await login(emulator.app);
    const send = (method: 'post' | 'put', path: string) =>
      request(emulator.app)[method](`/image${path}`).set('X-Auth-Token', token);
    const { id } = (await send('post', '/v2/images').send({ disk_format: 'raw', container_format: 'bare' })).body;
    await send('put', `/v2/images/${id}/stage`).set('Content-Type', 'application/octet-stream').send('data');
    await send('post', `/v2/images/${id}/import`).send({ method: { name: 'glance-direct' } });
    const { tasks } = (await admin('get', `/tasks?image=${id}`)).body;
    return { image: id, task: tasks[0].id };
  }

  test('are listed, advanced and finished', async () => {
    const { image, task } = await startImport();
    expect((await admin('get', '/tasks?status=pending&api=image-v2&limit=1')).body.tasks).toMatchObject([
      { id: task, kind: 'import', type: 'api_image_import', status: 'pending', image, pace: { by: 'hand' } },
    ]);
    expect((await admin('get', '/tasks?status=success')).body.tasks).toEqual([]);
    expect((await admin('post', `/tasks/${task}/advance`)).body.status).toBe('processing');
    expect((await admin('post', `/tasks/${task}/advance`)).body.status).toBe('success');
    // A finished task does not change.
    expect((await admin('post', `/tasks/${task}/finish`, { fail: true })).body.status).toBe('success');
    expect(emulator.worlds.default.images.peek(image)?.status).toBe('active');
  });

  test('can be finished with a failure', async () => {
    const { image, task } = await startImport();
    const response = await admin('post', `/tasks/${task}/finish`, { fail: { message: 'The disk is full' } });
    expect(response.body).toMatchObject({ status: 'failure', code: null, message: 'The disk is full' });
    expect(emulator.worlds.default.images.peek(image)?.properties).toMatchObject({ os_glance_failed_import: 'store1' });
  });

  test('can be changed in pace and outcome while they run', async () => {
    const { image, task } = await startImport();
    const change = (body: object) => request(emulator.app).patch(`/__admin/tasks/${task}`).send(body);
    const changed = await change({ by: 'polls', polls: 3, fail: { message: 'The disk is full', at: 67 } });
    expect(changed.body).toMatchObject({
      status: 'pending',
      pace: { by: 'polls', polls: 3 },
      percent: 0,
      fail: { message: 'The disk is full', at: 67 },
    });
    const { images, tasks } = emulator.worlds.default;
    for (let poll = 0; poll < 2; poll += 1) tasks.pollImage(image);
    expect((await change({ fail: false })).body).toMatchObject({ status: 'processing', percent: 50, fail: null });
    tasks.pollImage(image);
    expect(images.peek(image)?.status).toBe('importing');
    tasks.pollImage(image);
    expect(images.peek(image)?.status).toBe('active');
    expect((await change({ by: 'hand' })).body).toMatchObject({ status: 'success', percent: 100 });
  });

  test('changed to the clock progress from their start', async () => {
    emulator.worlds.default.clock.freeze(Date.UTC(2026, 10, 21));
    const { image, task } = await startImport();
    const change = (body: object) => request(emulator.app).patch(`/__admin/tasks/${task}`).send(body);
    expect((await change({ by: 'clock', seconds: 60 })).body).toMatchObject({ status: 'processing' });
    expect((await change({ by: 'clock', seconds: 100 })).body).toMatchObject({ status: 'processing' });
    const statusAfter = async (seconds: number) => {
      await admin('put', '/clock', { advance: seconds });
      await admin('get', '/tasks');
      return emulator.worlds.default.images.peek(image)?.status;
    };
    expect([await statusAfter(99), await statusAfter(1)]).toEqual(['importing', 'active']);
  });

  test.each([
    [{ fail: { code: '721' } }, '/fail/code', 'a message'],
    [{ fail: { stores: ['store1'] } }, '/fail/stores', ['code', 'message', 'at']],
    [{ polls: 3 }, '/by', ['polls', 'clock']],
    [{}, '', undefined],
    [{ by: 'magic' }, '/by', ['once', 'polls', 'clock', 'hand']],
  ])('reject the change %j', async (body, pointer, allowed) => {
    const { task } = await startImport();
    const response = await request(emulator.app).patch(`/__admin/tasks/${task}`).send(body);
    expect(response.status).toBe(400);
    const [issue] = response.body.error.issues;
    expect(issue.pointer).toBe(pointer);
    if (allowed !== undefined) expect(issue.allowed).toEqual(allowed);
  });

  test('that are unknown return 404 with the ids of running tasks', async () => {
    const { task } = await startImport();
    const response = await admin('post', '/tasks/none/advance');
    expect(response.status).toBe(404);
    expect(response.body.error.allowed).toEqual([task]);
    expect((await admin('get', '/tasks?status=gone')).status).toBe(400);
    expect((await admin('post', `/tasks/${task}/finish`, { failure: {} })).status).toBe(400);
  });
});
