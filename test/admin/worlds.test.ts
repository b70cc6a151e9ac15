import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ADMIN_OPERATIONS, type AdminOperationId } from '../../src/admin/operations/index.ts';
import { compile, type JsonSchema } from '../../src/contract/schema.ts';
import type { Emulator } from '../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../support/emulator.ts';

let emulator: Emulator;
const admin = (method: 'get' | 'put' | 'post' | 'patch' | 'delete', path: string, world?: string) =>
  request(emulator.app)[method](`${world === undefined ? '' : `/w/${world}`}/__admin${path}`);

const expectValid = (id: AdminOperationId, body: unknown): void => {
  expect(compile(ADMIN_OPERATIONS[id].response as JsonSchema)(body)).toEqual([]);
};

const addImage = async (name: string, world?: string): Promise<string> =>
  (await admin('post', '/images', world).send({ name, visibility: 'public' })).body.id;
const hasImage = (id: string, world = 'default'): boolean =>
  emulator.worlds.get(world)?.images.peek(id)?.status === 'active';

const RULE = { match: { operation: 'image-v2.listImages' }, fault: { answer: 401 } };
const SCENARIO = { scenario: 'mine', description: 'Mine.', rules: [RULE] };

beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
});

describe('Snapshots', () => {
  test('restore images, tokens, tasks, ids, settings, scenarios and the clock', async () => {
    const keptId = await addImage('kept');
    const token = await login(emulator.app);
    await admin('put', '/configuration').send({ quotas: { images: 5 }, progress: { '*': { by: 'hand' } } });
    await admin('put', '/scenarios/mine').send({ ...SCENARIO, enabled: true });
    const created = await admin('post', '/snapshots').send({ name: 'loaded' });
    expect([created.status, created.body]).toEqual([201, { name: 'loaded' }]);
    expectValid('takeSnapshot', created.body);

    const later = await addImage('later');
    await admin('delete', `/images/${keptId}`);
    await admin('put', '/clock').send({ advance: '25h' });
    await admin('put', '/configuration').send({ quotas: { images: 6 }, progress: {} });
    await admin('delete', '/scenarios/mine');
    await admin('post', '/faults').send(RULE);
    expect(emulator.worlds.default.identity.callerOf(token)).toBeUndefined();

    expect((await admin('post', '/snapshots/loaded/restore')).status).toBe(204);

    expect([hasImage(keptId), hasImage(later)]).toEqual([true, false]);
    expect(emulator.worlds.default.identity.callerOf(token)).toMatchObject({ userName: 'demo' });
    expect((await admin('get', '/clock')).body).toEqual({ now: new Date(NOON).toISOString(), frozen: true });
    expect((await admin('get', '/configuration')).body).toMatchObject({
      quotas: { images: 5 },
      progress: { '*': { by: 'hand' } },
    });
    expect((await admin('get', '/scenarios/mine')).body).toMatchObject({ enabled: true, hits: 0 });
    expect((await admin('get', '/faults')).body.faults).toEqual([]);
    expect((await admin('get', '/requests')).body.recorded).toBe(0);
    expect(await addImage('later')).toBe(later);
  });

  test('can be restored repeatedly and after a reset, and do not change the initial state', async () => {
    const id = await addImage('kept');
    await admin('post', '/snapshots').send({ name: 'one' });
    await admin('post', '/reset');
    expect(hasImage(id)).toBe(false);
    for (let round = 0; round < 2; round += 1) {
      await admin('post', '/snapshots/one/restore');
      expect(hasImage(id)).toBe(true);
      await admin('delete', `/images/${id}`);
    }
    await admin('post', '/reset');
    expect(hasImage(id)).toBe(false);
  });

  test('belong to one world, and worlds can be created from them', async () => {
    const id = await addImage('kept');
    await admin('post', '/worlds').send({ name: 'other' });
    await admin('post', '/snapshots').send({ name: 'one' });
    await admin('delete', `/images/${id}`);
    expect((await admin('get', '/snapshots', 'other')).body).toEqual({ snapshots: [] });
    expect((await admin('post', '/snapshots/one/restore', 'other')).status).toBe(404);

    expect((await admin('post', '/worlds').send({ name: 'then', snapshot: 'one', seed: 5 })).status).toBe(201);
    expect((await admin('post', '/worlds').send({ name: 'now', fork: 'default' })).status).toBe(201);
    expect([hasImage(id, 'then'), hasImage(id, 'now'), hasImage(id)]).toEqual([true, false, false]);
    expect((await admin('get', '/worlds/then')).body.seed).toBe('5');
    await admin('put', '/clock').send({ advance: '1h' });
    await admin('post', '/worlds').send({ name: 'later', snapshot: 'one', clock: { advance: '1m' } });
    expect((await admin('get', '/clock', 'later')).body.now).toBe(new Date(NOON + 60_000).toISOString());
    await admin('delete', '/snapshots/one');
    await admin('post', '/reset', 'then');
    expect(hasImage(id, 'then')).toBe(true);
  });

  test('are listed in order, get generated names, and are dropped', async () => {
    await admin('post', '/snapshots').send({ name: 's2' });
    expect((await admin('post', '/snapshots')).body).toEqual({ name: 's3' });
    const { body } = await admin('get', '/snapshots');
    expect(body).toEqual({ snapshots: [{ name: 's2' }, { name: 's3' }] });
    expectValid('listSnapshots', body);
    expect((await admin('delete', '/snapshots/s2')).status).toBe(204);
    expect((await admin('get', '/snapshots')).body).toEqual({ snapshots: [{ name: 's3' }] });
  });

  test.each([
    ['an existing name', 'post', '/snapshots', { name: 'one' }, 409, '/name', 'one'],
    ['a name that is not valid in a path', 'post', '/snapshots', { name: 'a/b' }, 400, '/name', 'a/b'],
    ['an unknown member', 'post', '/snapshots', { nam: 'x' }, 400, '/nam', 'x'],
    ['an unknown snapshot to restore', 'post', '/snapshots/two/restore', undefined, 404, '/name', 'two'],
    ['an unknown snapshot to drop', 'delete', '/snapshots/two', undefined, 404, '/name', 'two'],
    ['an unknown snapshot to create a world from', 'post', '/worlds', { snapshot: 'two' }, 404, '/snapshot', 'two'],
    ['a snapshot with fixtures', 'post', '/worlds', { snapshot: 'one', fixtures: 'default' }, 400, '/snapshot', 'one'],
  ] as const)('reject %s', async (_title, method, path, body, status, pointer, value) => {
    await admin('post', '/snapshots').send({ name: 'one' });
    const response = await admin(method, path).send(body);
    expect(response.status).toBe(status);
    expect(response.body.error).toMatchObject({ code: status, pointer, value });
    expect(response.body.error.allowed).toBeDefined();
    expect((await admin('get', '/snapshots')).body).toEqual({ snapshots: [{ name: 'one' }] });
    expect(emulator.worlds.list()).toHaveLength(1);
  });
});

describe('Worlds', () => {
  test('start with their own limits, quotas, stores, profiles, progress and scenarios, and are reset to them', async () => {
    await admin('put', '/configuration').send({ profiles: { 'image-v2': { unseen: 'forbidden' } } });
    const settings = {
      limits: { tokenSeconds: 60 },
      quotas: { images: 1 },
      stores: [{ id: 'fast' }, { id: 'cheap' }],
      profiles: { 'image-v2': { 'media-type': 'checked' } },
      progress: { import: { by: 'polls', polls: 3 } },
    };
    const scenarios = ['delete-conflict', SCENARIO, { ...SCENARIO, scenario: 'off', enabled: false }];
    const created = await admin('post', '/worlds').send({ name: 'own', fork: 'default', ...settings, scenarios });
    expect(created.status).toBe(201);
    const expectSettings = async (): Promise<void> => {
      const { body } = await admin('get', '/configuration', 'own');
      expect(body).toMatchObject({
        ...settings,
        profiles: { 'image-v2': { unseen: 'forbidden', 'media-type': 'checked' } },
      });
      const { scenarios: listed } = (await admin('get', '/scenarios', 'own')).body;
      const enabledScenarios = listed.filter(({ enabled }: { enabled: boolean }) => enabled);
      expect(enabledScenarios.map(({ name }: { name: string }) => name)).toEqual(
        expect.arrayContaining(['delete-conflict', 'mine']),
      );
      expect(listed.find(({ name }: { name: string }) => name === 'off')).toMatchObject({ enabled: false });
    };
    await expectSettings();
    await admin('put', '/configuration', 'own').send({ quotas: { images: null }, stores: [] });
    await admin('post', '/scenarios/mine/disable', 'own');
    await admin('post', '/reset', 'own');
    await expectSettings();
    const { body } = await admin('get', '/configuration');
    expect(body.quotas.images).not.toBe(1);
    expect(body.stores).not.toEqual(settings.stores);
    expect((await admin('get', '/scenarios/mine')).status).toBe(404);
  });

  test('are shown with their client settings', async () => {
    const { body: created } = await admin('post', '/worlds').set('Host', 'h.localhost').send({ name: 't17' });
    const { status, body } = await admin('get', '/worlds/t17').set('Host', 'h.localhost');
    expect([status, body]).toEqual([200, created]);
    expectValid('showWorld', body);
    expect(body.settingsByLogIn.openstack).toMatchObject({
      OS_AUTH_URL: 'http://h.localhost/identity/v3',
      OS_PROJECT_NAME: 'demo@t17',
    });
    const missing = await admin('get', '/worlds/t71');
    expect([missing.status, missing.body.error.pointer]).toEqual([404, '/name']);
  });

  test.each([
    ['an unknown scenario', { scenarios: ['delete-conflct'] }, '/scenarios/0'],
    [
      'a scenario with an invalid rule',
      { scenarios: [{ ...SCENARIO, rules: [{ ...RULE, fault: { answer: 418 } }] }] },
      '/scenarios/0/rules/0/fault/answer',
    ],
    ['a scenario that is a number', { scenarios: [7] }, '/scenarios/0'],
    ['an unknown profile', { profiles: { 'image-v2': { odd: 'x' } } }, '/profiles/image-v2/odd'],
    ['an invalid limit', { limits: { tokenSeconds: 'long' } }, '/limits/tokenSeconds'],
    ['an unknown quota', { quotas: { image: 3 } }, '/quotas/image'],
    ['an invalid store', { stores: [{ name: 'x' }] }, '/stores/0'],
    ['a clock that is frozen and resumed', { clock: { freeze: true, resume: true } }, '/clock/resume'],
    ['an invalid seed', { seed: {} }, '/seed'],
  ])('are not created with %s', async (_title, body, pointer) => {
    const response = await admin('post', '/worlds').send({ name: 'new', ...body });
    expect(response.status).toBe(400);
    expect(response.body.error.pointer.startsWith(pointer)).toBe(true);
    expect(emulator.worlds.list()).toHaveLength(1);
    expect((await admin('post', '/worlds').send({ name: 'new' })).status).toBe(201);
  });
});
