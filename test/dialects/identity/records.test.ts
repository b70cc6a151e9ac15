import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app, { user: 'admin' });
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';

const send = (method: Method, path: string, body?: object, world = '') => {
  const pending = request(emulator.app)[method](`${world}/identity${path}`).set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(body);
};

const createUser = async (name: string, members: object = {}): Promise<string> =>
  (await send('post', '/v3/users', { user: { name, password: 'secret', ...members } })).body.user.id as string;

describe('A user that an administrator creates', () => {
  test('logs in at once, and its password is in no reply', async () => {
    const created = await send('post', '/v3/users', { user: { name: 'robot', password: 'hidden-word' } });
    const shown = await send('get', `/v3/users/${created.body.user.id}`);
    const listed = await send('get', '/v3/users');
    expect([created.text, shown.text, listed.text].some((text) => text.includes('hidden-word'))).toBe(false);
    const answer = await request(emulator.app)
      .post('/identity/v3/auth/tokens')
      .send({
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { id: created.body.user.id, password: 'hidden-word' } },
          },
        },
      });
    expect(answer.status).toBe(201);
  });

  test('has the id that the same request gets in another run', async () => {
    const id = await createUser('robot');
    emulator = createTestEmulator();
    token = await login(emulator.app, { user: 'admin' });
    expect(await createUser('robot')).toBe(id);
  });

  test('exists in its world alone, until that is reset', async () => {
    const id = await createUser('robot');
    emulator.worlds.fork('other', emulator.worlds.default);
    const inOther = (path: string) => request(emulator.app).get(`/w/other/identity${path}`).set('X-Auth-Token', token);
    await send('delete', `/v3/users/${id}`);
    expect((await send('get', `/v3/users/${id}`)).status).toBe(404);
    expect((await inOther(`/v3/users/${id}`)).status).toBe(200);
    emulator.worlds.default.reset();
    token = await login(emulator.app, { user: 'admin' });
    expect((await send('get', `/v3/users/${id}`)).status).toBe(404);
  });
});

describe('Lists of records', () => {
  test('are found by name, in part and without regard to case, and keep the order of creation', async () => {
    for (const name of ['Ant', 'bee', 'ANTELOPE']) await send('post', '/v3/groups', { group: { name } });
    const names = async (query: string): Promise<readonly string[]> =>
      (await send('get', `/v3/groups?${query}`)).body.groups.map(({ name }: { readonly name: string }) => name);
    expect(await names('name=bee')).toEqual(['bee']);
    expect(await names('name__contains=nt')).toEqual(['Ant']);
    expect(await names('name__icontains=ANT')).toEqual(['Ant', 'ANTELOPE']);
    expect(await names('limit=1&marker=x&color=red')).toEqual(['Ant', 'bee', 'ANTELOPE']);
  });

  test('repeat the query in their link', async () => {
    const { body } = await send('get', '/v3/regions?parent_region_id=x%20y');
    expect(body.links).toEqual({
      next: null,
      self: expect.stringMatching(/\/identity\/v3\/regions\?parent_region_id=x%20y$/),
      previous: null,
    });
  });
});

describe('Methods of records', () => {
  test('are the same for a collection and its items', async () => {
    for (const path of ['/v3/regions', '/v3/regions/RegionOne']) {
      const { status, headers } = await send('options', path);
      expect([status, headers['allow']?.split(', ').sort()]).toEqual([
        200,
        ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
      ]);
    }
  });

  test('return 405 where no operation has them, and 500 where another path has', async () => {
    expect((await send('put', '/v3/users', {})).status).toBe(405);
    expect((await send('patch', '/v3/users', {})).status).toBe(500);
    expect((await send('post', '/v3/users/x', {})).status).toBe(500);
  });
});

test('A project tree has five levels below its domain, and is deleted from its leaves', async () => {
  const created: string[] = [];
  for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) {
    const parent = created.at(-1);
    const body = { project: { name, ...(parent !== undefined && { parent_id: parent }) } };
    created.push((await send('post', '/v3/projects', body)).body.project.id as string);
  }
  const [top = '', , , , leaf = ''] = created;
  const tooDeep = await send('post', '/v3/projects', { project: { name: 'p6', parent_id: leaf } });
  expect([tooDeep.status, tooDeep.body.error.message]).toEqual([
    403,
    `Max hierarchy depth reached for ${leaf} branch.`,
  ]);
  expect((await send('delete', `/v3/projects/${top}`)).status).toBe(403);
  const shown = await send('get', `/v3/projects/${top}?subtree_as_ids`);
  expect(shown.body.project.subtree).toEqual({ [created[1] as string]: expect.any(Object) });
  for (const id of created.reverse()) expect((await send('delete', `/v3/projects/${id}`)).status).toBe(204);
});
