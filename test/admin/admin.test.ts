import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { ImageChangeView } from '../../src/admin/images.ts';
import { ADMIN_OPERATIONS, type AdminOperationId } from '../../src/admin/operations/index.ts';
import { compile, type JsonSchema } from '../../src/contract/schema.ts';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../support/emulator.ts';

let emulator: Emulator;
const admin = (method: 'get' | 'put' | 'post' | 'patch' | 'delete', path: string, world?: string) =>
  request(emulator.app)[method](`${world === undefined ? '' : `/w/${world}`}/__admin${path}`);

/** Checks a response body against the schema of its operation. */
const expectValid = (id: AdminOperationId, body: unknown): void => {
  expect(compile(ADMIN_OPERATIONS[id].response as JsonSchema)(body)).toEqual([]);
};

beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
});

const RULE = { match: { operation: 'image-v2.showImage' }, fault: { answer: 404 } };

describe('Health and readiness', () => {
  test.each(['health', 'ready'])('%s returns 200 and is not journaled', async (name) => {
    const response = await admin('get', `/${name}`);
    expect(response.status).toBe(200);
    expectValid(name === 'health' ? 'getHealth' : 'getReady', response.body);
    expect((await admin('get', '/requests')).body).toMatchObject({ requests: [], recorded: 0, dropped: 0 });
  });
});

describe('Worlds', () => {
  test('are created with their own addresses and client settings', async () => {
    const response = await admin('post', '/worlds').set('Host', 'cloud.localhost:1').send({ name: 't17', seed: 7 });
    expect(response.status).toBe(201);
    expectValid('createWorld', response.body);
    expect(response.body).toMatchObject({
      name: 't17',
      seed: '7',
      url: 'http://cloud.localhost:1/w/t17',
      admin: 'http://cloud.localhost:1/w/t17/__admin',
      addresses: {
        'image-v2': 'http://cloud.localhost:1/w/t17/image',
        identity: 'http://cloud.localhost:1/w/t17/identity',
      },
      settings: {
        openstack: {
          OS_AUTH_URL: 'http://cloud.localhost:1/w/t17/identity/v3',
          OS_USERNAME: 'demo',
          OS_PASSWORD: 'secret',
        },
        rackspace: { username: 'demo', apiKey: 'demo-api-key', region: 'DFW' },
        huawei: { accessKey: 'demo-ak', secretKey: 'demo-sk' },
      },
    });
    const { body } = await admin('get', '/worlds');
    expectValid('listWorlds', body);
    expect(body.worlds.map((world: { name: string }) => world.name)).toEqual(['default', 't17']);
  });

  test('get the same addresses when they are created through another world', async () => {
    await admin('post', '/worlds').send({ name: 'one' });
    const { body } = await admin('post', '/worlds', 'one').set('Host', 'h.localhost').send({ name: 'two' });
    expect(body.url).toBe('http://h.localhost/w/two');
  });

  test('are created without a body, with a generated name', async () => {
    await admin('post', '/worlds').send({ name: 'w1' });
    const { status, body } = await admin('post', '/worlds');
    expect([status, body.name]).toEqual([201, 'w2']);
  });

  test('copy the current state of another world, and are independent of it', async () => {
    const before = await admin('post', '/images').send({ name: 'before' });
    const { body } = await admin('post', '/worlds').send({ name: 'child', fork: 'default' });
    expect(body.name).toBe('child');
    const after = await admin('post', '/images').send({ name: 'after' });
    const child = emulator.worlds.get('child');
    expect(child?.images.peek(before.body.id)?.name).toBe('before');
    expect(child?.images.peek(after.body.id)).toBeUndefined();
    await admin('delete', `/images/${before.body.id}`, 'child');
    expect(emulator.worlds.default.images.peek(before.body.id)?.status).toBe('active');
  });

  test('start from fixtures in the request', async () => {
    const fixtures = {
      projects: [{ name: 'p' }],
      users: [{ name: 'u', roles: { p: ['member'] } }],
      images: [{ name: 'only' }],
    };
    const { status, body } = await admin('post', '/worlds').send({ name: 'own', fixtures });
    expect(status).toBe(201);
    expect(body.settings.openstack).toMatchObject({ OS_USERNAME: 'u', OS_PROJECT_NAME: 'p' });
    const list = emulator.worlds.get('own')?.images.list({ audience: { kind: 'everyone' }, limit: 10 });
    expect(list?.images.map(({ name }) => name)).toEqual(['only']);
  });

  test('have their own clock', async () => {
    await admin('post', '/worlds').send({ name: 'then', clock: '2020-01-01T00:00:00Z' });
    expect((await admin('get', '/clock', 'then')).body).toEqual({ now: '2020-01-01T00:00:00.000Z', frozen: true });
    expect((await admin('get', '/clock')).body).toEqual({ now: new Date(NOON).toISOString(), frozen: true });
  });

  test('are dropped with everything in them, except the default world', async () => {
    await admin('post', '/worlds').send({ name: 'gone' });
    expect((await admin('delete', '/worlds/gone')).status).toBe(204);
    expect((await admin('get', '/health', 'gone')).status).toBe(404);
    expect((await admin('delete', '/worlds/gone')).status).toBe(404);
    expect((await admin('delete', '/worlds/default')).status).toBe(400);
    expect((await admin('get', '/health')).status).toBe(200);
  });

  test.each([
    ['an unknown member', { nam: 'x' }, 400, '/nam', 'x'],
    ['an invalid name', { name: 'a/b' }, 400, '/name', 'a/b'],
    ['an existing name', { name: 'default' }, 409, '/name', 'default'],
    ['a fork of an unknown world', { fork: 'nowhere' }, 404, '/fork', 'nowhere'],
    ['a fork with fixtures', { fork: 'default', fixtures: 'default' }, 400, '/fork', 'default'],
    ['missing fixtures', { fixtures: 'none.yaml' }, 400, '/fixtures', 'none.yaml'],
    ['invalid fixtures', { fixtures: { images: [{ status: 'odd' }] } }, 400, '/fixtures/images/0/status', 'odd'],
    ['an invalid clock', { clock: 'noon' }, 400, '/clock', 'noon'],
  ])('are not created from %s', async (_title, body, status, pointer, value) => {
    const response = await admin('post', '/worlds').send(body);
    expect(response.status).toBe(status);
    expect(response.body.error).toMatchObject({ code: status, pointer, value });
    expect(response.body.error.allowed).toBeDefined();
    expect(emulator.worlds.list()).toHaveLength(1);
  });
});

describe('Reset', () => {
  test('resets images, clock, journal, coverage, tokens and faults', async () => {
    const token = await login(emulator.app);
    const { body: image } = await admin('post', '/images').send({ name: 'new' });
    await admin('put', '/clock').send({ advance: '1h' });
    await admin('post', '/faults').send(RULE);
    expect((await admin('get', '/requests')).body.recorded).toBe(1);

    expect((await admin('post', '/reset')).status).toBe(204);

    expect(emulator.worlds.default.images.peek(image.id)).toBeUndefined();
    expect((await admin('get', '/clock')).body.now).toBe(new Date(NOON).toISOString());
    expect((await admin('get', '/requests')).body.recorded).toBe(0);
    expect((await admin('get', '/coverage')).body.totals.received).toBe(0);
    expect((await admin('get', '/faults')).body.faults).toEqual([]);
    expect(emulator.worlds.default.identity.callerOf(token)).toBeUndefined();
  });

  test('does not affect other worlds', async () => {
    await admin('post', '/worlds').send({ name: 'other' });
    const { body } = await admin('post', '/images', 'other').send({ name: 'stays' });
    await admin('post', '/reset');
    expect(emulator.worlds.get('other')?.images.peek(body.id)?.name).toBe('stays');
  });
});

describe('The clock', () => {
  test.each([
    [{ set: '2030-05-06T07:08:09Z' }, '2030-05-06T07:08:09.000Z', true],
    [{ advance: 90 }, '2026-11-21T12:01:30.000Z', true],
    [{ advance: '1h30m' }, '2026-11-21T13:30:00.000Z', true],
    [{ set: '2030-01-01T00:00:00Z', advance: '1d' }, '2030-01-02T00:00:00.000Z', true],
    [{ freeze: '2031-01-01T00:00:00Z' }, '2031-01-01T00:00:00.000Z', true],
    [{ freeze: true }, '2026-11-21T12:00:00.000Z', true],
  ])('changed by %j shows %s', async (change, now, frozen) => {
    const { status, body } = await admin('put', '/clock').send(change);
    expect([status, body]).toEqual([200, { now, frozen }]);
    expectValid('setClock', body);
  });

  test('continues from its current time when it is resumed', async () => {
    const { body } = await admin('put', '/clock').send({ set: '2030-01-01T00:00:00Z', resume: true });
    expect(body.frozen).toBe(false);
    expect(body.now).toMatch(/^2030-01-01T00:00:0/);
  });

  test('expires tokens when it advances past their expiry', async () => {
    const token = await login(emulator.app);
    expect(emulator.worlds.default.identity.callerOf(token)?.userName).toBe('demo');
    await admin('put', '/clock').send({ advance: '25h' });
    expect(emulator.worlds.default.identity.callerOf(token)).toBeUndefined();
  });

  test.each([
    ['nothing', {}, ''],
    ['an invalid time', { set: 'tomorrow' }, '/set'],
    ['an invalid duration', { advance: 'a while' }, '/advance'],
    ['a step back', { advance: -1 }, '/advance'],
    ['a step beyond the last date', { advance: 1e15 }, '/advance'],
    ['freeze and resume at once', { freeze: true, resume: true }, '/resume'],
    ['an unknown member', { frozen: true }, '/frozen'],
  ])('is not changed by %s', async (_title, change, pointer) => {
    const { status, body } = await admin('put', '/clock').send(change);
    expect([status, body.error.pointer]).toEqual([400, pointer]);
    expect((await admin('get', '/clock')).body).toEqual({ now: new Date(NOON).toISOString(), frozen: true });
  });
});

describe('Images', () => {
  test('are added with any status, and every API shows them immediately', async () => {
    const { status, body } = await admin('post', '/images').send({
      name: 'odd',
      status: 'saving',
      visibility: 'private',
      disk_format: 'raw',
      protected: true,
      tags: ['a'],
      properties: { os_distro: 'x' },
    });
    expect(status).toBe(201);
    expectValid('placeImage', body);
    expect(body).toMatchObject({ name: 'odd', status: 'saving', diskFormat: 'raw', protected: true, checksum: null });
    const shown = await request(emulator.app)
      .get(`/image/v2/images/${body.id}`)
      .set('X-Auth-Token', await login(emulator.app));
    expect(shown.body).toMatchObject({ id: body.id, status: 'saving', protected: true, os_distro: 'x', tags: ['a'] });
  });

  test('that differ from the start of the world are listed with their former value', async () => {
    const before = (await admin('get', '/images/changes')).body;
    expect(before).toEqual({ changes: [] });
    const { body: added } = await admin('post', '/images').send({ name: 'new' });
    const found = await request(emulator.app)
      .get('/image/v2/images?name=demo-private')
      .set('X-Auth-Token', await login(emulator.app));
    const gone = found.body.images[0].id;
    await admin('delete', `/images/${gone}`);
    const { body } = await admin('get', '/images/changes');
    expectValid('listImageChanges', body);
    const changes = (body.changes as ImageChangeView[]).map((change) => [
      change.after.id,
      change.before?.status ?? null,
      change.after.status,
    ]);
    expect(changes.sort()).toEqual(
      [
        [added.id, null, 'active'],
        [gone, 'active', 'deleted'],
      ].sort(),
    );
    await admin('post', '/reset');
    expect((await admin('get', '/images/changes')).body).toEqual({ changes: [] });
  });

  test('have data that can be downloaded', async () => {
    const { body } = await admin('post', '/images').send({
      name: 'd',
      visibility: 'private',
      data: { base64: 'aGVsbG8=' },
    });
    expect(body).toMatchObject({ size: 5, checksum: '5d41402abc4b2a76b9719d911017c592' });
    const file = await request(emulator.app)
      .get(`/image/v2/images/${body.id}/file`)
      .set('X-Auth-Token', await login(emulator.app))
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(file.body.toString()).toBe('hello');
  });

  test('can have virtual data of any size', async () => {
    const { body } = await admin('post', '/images').send({ name: 'l', data: { virtual: { size: '2TiB', seed: 7 } } });
    expect(body).toMatchObject({ size: 2 ** 41, status: 'active', checksum: null });
  });

  test('change only in the sent members', async () => {
    const { body: before } = await admin('post', '/images').send({ name: 'a', data: 'hello', tags: ['x'], minDisk: 3 });
    await admin('put', '/clock').send({ advance: 60 });
    const { status, body } = await admin('patch', `/images/${before.id}`).send({
      status: 'deactivated',
      protected: true,
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, status: 'deactivated', protected: true, updatedAt: '2026-11-21T12:01:00Z' });
  });

  test('lose their data when the status has none, and get new digests with new data', async () => {
    const { body: before } = await admin('post', '/images').send({ name: 'a', data: 'hello' });
    const saving = await admin('patch', `/images/${before.id}`).send({ status: 'saving' });
    expect(saving.body).toMatchObject({ status: 'saving', checksum: null, hashValue: null, size: 5 });
    const active = await admin('patch', `/images/${before.id}`).send({ status: 'active', data: 'other words' });
    expect(active.body).toMatchObject({ status: 'active', size: 11 });
    expect(active.body.checksum).toMatch(/^[0-9a-f]{32}$/);
    expect(active.body.checksum).not.toBe(before.checksum);
  });

  test('can be removed when they are protected or in use', async () => {
    const { body } = await admin('post', '/images').send({ name: 'a', protected: true, usedBy: ['server'] });
    expect((await admin('delete', `/images/${body.id}`)).status).toBe(204);
    expect((await admin('delete', `/images/${body.id}`)).status).toBe(404);
    const shown = await request(emulator.app)
      .get(`/image/v2/images/${body.id}`)
      .set('X-Auth-Token', await login(emulator.app));
    expect(shown.status).toBe(404);
  });

  test('with an existing id are rejected', async () => {
    const id = '00000000-0000-4000-8000-000000000409';
    const { status, body } = await admin('post', '/images').send({ id });
    expect([status, body.error.pointer, body.error.value]).toEqual([409, '/id', id]);
  });

  test('that are unknown return 404 when they are changed or removed', async () => {
    const id = '99999999-9999-4999-8999-999999999999';
    expect((await admin('patch', `/images/${id}`).send({ name: 'a' })).status).toBe(404);
    expect((await admin('delete', `/images/${id}`)).status).toBe(404);
  });

  test.each([
    ['an unknown status', { status: 'actve' }, '/status', 'actve'],
    ['an unknown member', { sise: 1 }, '/sise', 1],
    ['an unknown owner', { owner: 'demoo' }, '/owner', 'demoo'],
    ['a data file', { data: { file: '/etc/passwd' } }, '/data/file', '/etc/passwd'],
    ['data with a status without data', { status: 'queued', data: 'x' }, '/data', undefined],
  ])('are not created from %s', async (_title, image, pointer, value) => {
    const { status, body } = await admin('post', '/images').send(image);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ pointer, ...(value !== undefined && { value }) });
    expect(body.error.allowed).toBeDefined();
  });

  test('do not change when a request is rejected', async () => {
    const { body: before } = await admin('post', '/images').send({ name: 'a', data: 'x' });
    const { status, body } = await admin('patch', `/images/${before.id}`).send({ name: 'b', status: 'odd' });
    expect([status, body.error.pointer]).toEqual([400, '/status']);
    expect(emulator.worlds.default.images.peek(before.id)?.name).toBe('a');
  });
});

describe('Faults and scenarios', () => {
  const show = async (token: string, world?: string) =>
    request(emulator.app)
      .get(`${world === undefined ? '' : `/w/${world}`}/image/v2/images/00000000-0000-4000-8000-000000000409`)
      .set('X-Auth-Token', token);

  test('a fault affects one request, is counted, and the journal marks the response as injected', async () => {
    const token = await login(emulator.app);
    const { status, body } = await admin('post', '/faults').send(RULE);
    expect(status).toBe(201);
    expectValid('armFault', body);
    expect([(await show(token)).status, (await show(token)).status]).toEqual([404, 200]);
    const { body: list } = await admin('get', '/faults');
    expectValid('listFaults', list);
    expect(list.faults).toEqual([expect.objectContaining({ id: body.id, fired: 1, expired: true })]);
    const injected = await admin('get', '/requests').query({ source: 'injected' });
    expectValid('listRequests', injected.body);
    expect(injected.body.requests).toEqual([
      expect.objectContaining({
        operation: 'image-v2.showImage',
        status: 404,
        source: 'injected',
        fault: { scenario: body.id, rule: 0, kind: 'answer', phase: 'before' },
      }),
    ]);
    const cells = (await admin('get', '/coverage')).body.cells as { operation: string; status: number }[];
    const cell = (expectedStatus: number) =>
      cells.find(({ operation, status: code }) => operation === 'showImage' && code === expectedStatus);
    expect(cell(404)).toMatchObject({ dialect: 'image-v2', natural: 0, injected: 1 });
    expect(cell(200)).toMatchObject({ dialect: 'image-v2', natural: 1, injected: 0 });
  });

  test('a request whose connection was reset is found by status 0', async () => {
    const token = await login(emulator.app);
    await admin('post', '/faults').send({ ...RULE, fault: { cut: 'reset' } });
    await expect(show(token)).rejects.toThrow();
    const { body } = await admin('get', '/requests').query({ status: 0 });
    expect(body.requests).toEqual([
      expect.objectContaining({ operation: 'image-v2.showImage', fault: expect.objectContaining({ kind: 'cut' }) }),
    ]);
    expectValid('listRequests', body);
  });

  test('disarmed faults do nothing', async () => {
    const token = await login(emulator.app);
    await admin('post', '/faults').send(RULE);
    expect((await admin('delete', '/faults')).status).toBe(204);
    expect((await show(token)).status).toBe(200);
  });

  test.each([
    ['an unknown operation', { ...RULE, match: { operation: 'image-v2.shwImage' } }, '/match/operation'],
    ['an undocumented status', { ...RULE, fault: { answer: 418 } }, '/fault/answer'],
    ['an unknown member', { ...RULE, fualt: {} }, '/fualt'],
  ])('a fault with %s is rejected', async (_title, rule, pointer) => {
    const { status, body } = await admin('post', '/faults').send(rule);
    expect([status, body.error.pointer]).toEqual([400, pointer]);
    expect((await admin('get', '/faults')).body.faults).toEqual([]);
  });

  test('a scenario is checked without a change', async () => {
    const checked = await admin('put', '/scenarios/checked?check=true').send({ rules: [RULE] });
    expect(checked.status).toBe(200);
    expectValid('putScenario', checked.body);
    expect((await admin('get', '/scenarios/checked')).status).toBe(404);
    expect((await admin('get', '/history')).body.actions).toEqual([]);
    const wrong = await admin('put', '/scenarios/checked?check=true').send({ rules: [{ ...RULE, fualt: {} }] });
    expect([wrong.status, wrong.body.error.pointer]).toEqual([400, '/rules/0/fualt']);
  });

  test('a scenario is added, enabled, counted, disabled and deleted', async () => {
    const token = await login(emulator.app);
    const scenario = { description: 'Nothing is found.', rules: [RULE] };
    const put = await admin('put', '/scenarios/lost').send(scenario);
    expect(put.status).toBe(201);
    expectValid('putScenario', put.body);
    expect((await admin('put', '/scenarios/lost').send(scenario)).status).toBe(200);
    expect((await show(token)).status).toBe(200);

    const enabled = await admin('post', '/scenarios/lost/enable');
    expect([enabled.status, enabled.body.enabled]).toEqual([200, true]);
    expect((await show(token)).status).toBe(404);
    const shown = await admin('get', '/scenarios/lost');
    expect(shown.body).toMatchObject({ name: 'lost', enabled: true, hits: 1, rules: [RULE] });
    const { body: list } = await admin('get', '/scenarios');
    expectValid('listScenarios', list);
    expect(list.scenarios).toContainEqual(expect.objectContaining({ name: 'lost', enabled: true, hits: 1 }));

    expect((await admin('post', '/scenarios/lost/disable')).body.enabled).toBe(false);
    expect((await show(token)).status).toBe(200);
    expect((await admin('delete', '/scenarios/lost')).status).toBe(204);
    expect((await admin('get', '/scenarios/lost')).status).toBe(404);
  });

  test('a scenario expires after the given number of requests', async () => {
    const token = await login(emulator.app);
    await admin('put', '/scenarios/lost').send({ description: '', rules: [RULE] });
    await admin('post', '/scenarios/lost/enable').send({ calls: 2 });
    const statuses = [await show(token), await show(token), await show(token)].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 200]);
  });

  test('a scenario expires after the given time', async () => {
    await admin('post', '/scenarios/delete-conflict/enable').send({ seconds: 60 });
    expect((await admin('get', '/scenarios/delete-conflict')).body).toMatchObject({
      enabled: true,
      until: '2026-11-21T12:01:00.000Z',
    });
    await admin('put', '/clock').send({ advance: 61 });
    expect((await admin('get', '/scenarios/delete-conflict')).body.enabled).toBe(false);
  });

  test('a scenario is enabled in one world or in all worlds', async () => {
    await admin('post', '/worlds').send({ name: 'a' });
    await admin('post', '/worlds').send({ name: 'b' });
    const isEnabled = async (world?: string) => (await admin('get', '/scenarios/delete-conflict', world)).body.enabled;
    await admin('post', '/scenarios/delete-conflict/enable', 'a');
    expect([await isEnabled(), await isEnabled('a'), await isEnabled('b')]).toEqual([false, true, false]);
    await admin('post', '/scenarios/delete-conflict/enable?worlds=all');
    expect([await isEnabled(), await isEnabled('a'), await isEnabled('b')]).toEqual([true, true, true]);
  });

  test('an invalid scenario is rejected with a pointer, and the existing one stays', async () => {
    await admin('put', '/scenarios/lost').send({ description: 'first', rules: [RULE] });
    const { status, body } = await admin('put', '/scenarios/lost').send({
      description: 'second',
      rules: [{ match: { operation: 'image-v2.shwImage' }, fault: { answer: 404 } }],
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ pointer: '/rules/0/match/operation', value: 'image-v2.shwImage' });
    expect((await admin('get', '/scenarios/lost')).body.description).toBe('first');
  });

  test('a scenario whose name differs from the path is rejected', async () => {
    const { status, body } = await admin('put', '/scenarios/a').send({ scenario: 'b', description: '', rules: [RULE] });
    expect([status, body.error.pointer, body.error.value]).toEqual([400, '/scenario', 'b']);
  });

  test.each(['get', 'delete'] as const)('%s of an unknown scenario names the nearest one', async (method) => {
    const { status, body } = await admin(method, '/scenarios/delete-conflic');
    expect([status, body.error.allowed]).toEqual([404, 'a scenario that GET /__admin/scenarios lists']);
    expect(body.error.message).toContain('did you mean "delete-conflict"?');
  });
});

describe('The journal', () => {
  beforeEach(async () => {
    const token = await login(emulator.app);
    await request(emulator.app).get('/image/v2/images').set('X-Auth-Token', token);
    await request(emulator.app).get('/image/v2/images').set('X-Auth-Token', 'wrong');
  });

  test.each([
    [{}, 3],
    [{ operation: 'image-v2.listImages' }, 2],
    [{ operation: 'image-v2.listImages', status: 401 }, 1],
    [{ status: 200 }, 1],
    [{ source: 'natural' }, 3],
    [{ source: 'injected' }, 0],
    [{ dialect: 'image-v2', method: 'get' }, 2],
    [{ limit: 1 }, 1],
    [{ after: 2 }, 1],
  ])('queried with %j returns %i requests', async (query, count) => {
    const { status, body } = await admin('get', '/requests').query(query);
    expect(status).toBe(200);
    expectValid('listRequests', body);
    expect([body.requests.length, body.recorded]).toEqual([count, 3]);
  });

  test('is cleared', async () => {
    expect((await admin('delete', '/requests')).status).toBe(204);
    expect((await admin('get', '/requests')).body).toMatchObject({ requests: [], recorded: 0, dropped: 0 });
  });

  test.each([
    ['an unknown parameter', 'stats=200', '/stats', '200'],
    ['an invalid status', 'status=many', '/status', 'many'],
    ['an invalid source', 'source=odd', '/source', 'odd'],
    ['an unknown operation', 'operation=image-v2.shwImage', '/operation', 'image-v2.shwImage'],
    ['a limit over the maximum', 'limit=100000', '/limit', 100_000],
  ])('rejects %s', async (_title, query, pointer, value) => {
    const { status, body } = await admin('get', `/requests?${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ pointer, value });
  });

  test('lists the nearest operations for an unknown path', async () => {
    await request(emulator.app)
      .get('/image/v2/imagez')
      .set('X-Auth-Token', await login(emulator.app));
    const { body } = await admin('get', '/requests').query({ limit: 1 });
    expect(body.requests[0]).toMatchObject({ operation: null, status: 404 });
    expect(body.requests[0].nearest[0]).toContain('image-v2.listImages');
  });
});

describe('Contracts, coverage and OpenAPI', () => {
  test('contracts lists every operation with its mount', async () => {
    const { body } = await admin('get', '/contracts');
    expectValid('listContracts', body);
    expect(body).toContainEqual({
      dialect: 'image-v2',
      operation: 'deleteImage',
      method: 'DELETE',
      path: '/image/v2/images/{image_id}',
      statuses: [204, 403, 404],
    });
    expect(body).toHaveLength(emulator.routes.operations.length);
  });

  test('coverage has a cell for every documented status', async () => {
    const { body } = await admin('get', '/coverage');
    expectValid('getCoverage', body);
    const documented = emulator.routes.operations.reduce((sum, { operation }) => sum + operation.statuses.length, 0);
    const none = { received: 0, receivedNatural: 0, receivedByProfile: 0, receivedInjected: 0 };
    expect([body.cells.length, body.totals, body.annexes]).toEqual([
      documented,
      { cells: 1148, ...none },
      { cells: documented - 1148, ...none },
    ]);
  });

  test('openapi.json describes every operation', async () => {
    const { body } = await admin('get', '/openapi.json').set('Host', 'h.localhost');
    expect(body.openapi).toBe('3.1.0');
    expect(body.servers).toEqual([{ url: 'http://h.localhost/__admin' }]);
    for (const [id, { method, path, statuses, auth, request: schema }] of Object.entries(ADMIN_OPERATIONS)) {
      const described = body.paths[path][method];
      expect(described.operationId).toBe(id);
      const access = auth === 'none' ? [] : [401, 403];
      const expected = new Set([...statuses, 400, ...access, ...(schema === undefined ? [] : [415])]);
      expect(new Set(Object.keys(described.responses).map(Number))).toEqual(expected);
    }
  });

  test('every operation rejects unknown query parameters', async () => {
    for (const { method, path } of Object.values(ADMIN_OPERATIONS)) {
      const { status, body } = await admin(method as 'get', `${path.replaceAll(/\{[^}]+\}/g, 'x')}?nonsense=1`);
      expect([path, status, body.error?.pointer]).toEqual([path, 400, '/nonsense']);
    }
  });
});

describe('Other requests', () => {
  test('an unknown path returns 404 with the nearest operations', async () => {
    const { status, body } = await admin('get', '/scenaros');
    expect(status).toBe(404);
    expect(body.error.allowed[0]).toContain('listScenarios');
  });

  test('an unsupported method returns 405 with Allow', async () => {
    const response = await admin('put', '/worlds');
    expect([response.status, response.headers['allow']]).toEqual([405, 'GET, POST']);
  });

  test.each([
    ['no body', undefined],
    ['malformed JSON', '{"name":'],
    ['a list', '[]'],
  ])('%s returns 400 when an object is required', async (_title, text) => {
    const pending = admin('post', '/images').set('Content-Type', 'application/json');
    const { status, body } = await (text === undefined ? pending : pending.send(text));
    expect([status, body.error.pointer]).toEqual([400, '']);
    expect(body.error.allowed).toBeDefined();
  });

  test('an unknown world returns 404', async () => {
    expect((await admin('get', '/clock', 'nowhere')).status).toBe(404);
  });
});

describe('With a token', () => {
  beforeEach(() => {
    emulator = createTestEmulator({ admin: { token: 'let me in' } });
  });

  test.each([
    ['no token', undefined],
    ['a wrong token', 'Bearer let me out'],
    ['the token in another scheme', 'Basic let me in'],
  ])('%s returns 401', async (_title, header) => {
    const pending = admin('get', '/clock');
    const response = await (header === undefined ? pending : pending.set('Authorization', header));
    expect([response.status, response.headers['www-authenticate']]).toEqual([401, 'Bearer realm="sideglance admin"']);
  });

  test('the correct token gives access', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await admin('get', '/clock').set('Authorization', `${scheme} let me in`)).status).toBe(200);
    }
  });

  test('an unknown path without a token returns 401', async () => {
    expect((await admin('get', '/anything')).status).toBe(401);
  });

  test.each(['health', 'ready'])('%s requires no token', async (name) => {
    expect((await admin('get', `/${name}`)).status).toBe(200);
  });
});

test('When turned off, only health and readiness work', async () => {
  emulator = createTestEmulator({ admin: { isOff: true } });
  expect((await admin('get', '/health')).status).toBe(200);
  expect((await admin('get', '/clock')).status).toBe(404);
  expect((await admin('post', '/reset')).status).toBe(404);
});

test('The root lists the APIs and how to log in', async () => {
  const { body } = await request(emulator.app).get('/').set('Host', 'h.localhost:1');
  expect(body).toMatchObject({
    name: 'sideglance',
    world: 'default',
    admin: 'http://h.localhost:1/__admin',
    credentials: { openstack: { OS_AUTH_URL: 'http://h.localhost:1/identity/v3' } },
  });
  expect(body.dialects).toContainEqual(
    expect.objectContaining({ name: 'image-v2', url: 'http://h.localhost:1/image' }),
  );
});
