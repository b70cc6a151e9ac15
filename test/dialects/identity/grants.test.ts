import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin' });
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head';

const send = (method: Method, path: string, { body, token = admin }: { body?: object; token?: string } = {}) => {
  const pending = request(emulator.app)[method](path).set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(body);
};

/** Creates a record and returns its id. */
async function create(one: string, members: object): Promise<string> {
  const response = await send('post', `/identity/v3/${one}s`, { body: { [one]: members } });
  return response.body[one].id as string;
}

const roleId = async (name: string): Promise<string> =>
  (await send('get', `/identity/v3/roles?name=${name}`)).body.roles[0].id as string;

const logIn = (userId: string, scope: object) =>
  request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({
      auth: { identity: { methods: ['password'], password: { user: { id: userId, password: 'secret' } } }, scope },
    });

const rolesOf = async (userId: string, scope: object): Promise<readonly string[]> => {
  const { status, body } = await logIn(userId, scope);
  return status === 201 ? (body.token.roles as readonly { name: string }[]).map(({ name }) => name).sort() : [];
};

describe('A role that is granted', () => {
  test('opens the images of its project at once, and closes them when it is revoked', async () => {
    const project = await create('project', { name: 'nightly' });
    const user = await create('user', { name: 'robot', password: 'secret' });
    const grant = `/identity/v3/projects/${project}/users/${user}/roles/${await roleId('member')}`;
    expect((await logIn(user, { project: { id: project } })).status).toBe(401);
    expect((await send('put', grant)).status).toBe(204);
    const token = (await logIn(user, { project: { id: project } })).headers['x-subject-token'] as string;
    expect((await send('post', '/image/v2/images', { token, body: { name: 'made' } })).status).toBe(201);
    await send('delete', grant);
    expect((await send('get', '/image/v2/images', { token })).status).toBe(401);
    await send('put', grant);
    expect((await send('get', '/image/v2/images', { token })).status).toBe(200);
  });

  test('counts for the members of a group until they leave it', async () => {
    const project = await create('project', { name: 'nightly' });
    const user = await create('user', { name: 'robot', password: 'secret' });
    const group = await create('group', { name: 'robots' });
    await send('put', `/identity/v3/projects/${project}/groups/${group}/roles/${await roleId('reader')}`);
    const member = `/identity/v3/groups/${group}/users/${user}`;
    expect(await rolesOf(user, { project: { id: project } })).toEqual([]);
    await send('put', member);
    expect(await rolesOf(user, { project: { id: project } })).toEqual(['reader']);
    await send('delete', member);
    expect(await rolesOf(user, { project: { id: project } })).toEqual([]);
  });

  test('is inherited by the projects below, with the roles that it implies', async () => {
    const top = await create('project', { name: 'top' });
    const below = await create('project', { name: 'below', parent_id: top });
    const user = await create('user', { name: 'robot', password: 'secret' });
    const role = await create('role', { name: 'auditor' });
    await send('put', `/identity/v3/roles/${role}/implies/${await roleId('reader')}`);
    await send('put', `/identity/v3/OS-INHERIT/projects/${top}/users/${user}/roles/${role}/inherited_to_projects`);
    expect(await rolesOf(user, { project: { id: top } })).toEqual([]);
    expect(await rolesOf(user, { project: { id: below } })).toEqual(['auditor', 'reader']);
    const { body } = await send('get', `/identity/v3/role_assignments?user.id=${user}&effective&include_names`);
    const found = body.role_assignments as readonly { role: { name: string }; scope: { project: { name: string } } }[];
    expect(found.map((each) => `${each.role.name} ${each.scope.project.name}`)).toEqual([
      'auditor below',
      'reader below',
    ]);
  });
});

test('Grants belong to their world', async () => {
  const user = await create('user', { name: 'robot', password: 'secret' });
  emulator.worlds.fork('other', emulator.worlds.default);
  await send('put', `/identity/v3/system/users/${user}/roles/${await roleId('reader')}`);
  const count = async (world: string): Promise<number> =>
    (await send('get', `${world}/identity/v3/role_assignments?user.id=${user}`)).body.role_assignments.length as number;
  expect([await count(''), await count('/w/other')]).toEqual([1, 0]);
});

test('A list of all role assignments holds those of the fixtures, and that of one user its own', async () => {
  const all = await send('get', '/identity/v3/role_assignments?include_names');
  const names = new Set(
    (all.body.role_assignments as readonly { user: { name: string } }[]).map(({ user }) => user.name),
  );
  expect([...names]).toEqual(expect.arrayContaining(['admin', 'demo']));
  const effective = await send('get', '/identity/v3/role_assignments?effective');
  expect(effective.body.role_assignments.length).toBeGreaterThan(all.body.role_assignments.length);
});

describe('Grants of what does not exist', () => {
  const check = async (method: Method, path: string, token = admin): Promise<string> => {
    const { status, body } = await send(method, `/identity/v3${path}`, { token });
    return status === 204 ? 'done' : `${status} ${body.error.message}`;
  };
  const NOT_GRANTED = /^404 Could not find role assignment with role: .* project, domain, or system: nope\.$/;

  test('name the domain before the role and the user', async () => {
    const role = await roleId('member');
    expect(await check('put', '/domains/nope/users/nope/roles/nope')).toBe('404 Could not find domain: nope.');
    expect(await check('put', `/domains/default/users/nope/roles/${role}`)).toBe('404 Could not find user: nope.');
    expect(await check('put', `/projects/nope/users/nope/roles/${role}`)).toBe('404 Could not find user: nope.');
  });

  test('are accepted for inherited roles of unknown users, and revoked from unknown targets with a 404', async () => {
    const inherited = `users/nope/roles/${await roleId('member')}/inherited_to_projects`;
    const grant = `/OS-INHERIT/domains/default/${inherited}`;
    expect(await check('put', grant)).toBe('done');
    expect(await check('get', grant)).toBe('done');
    expect(await check('delete', grant)).toBe('done');
    expect(await check('put', `/OS-INHERIT/domains/nope/${inherited}`)).toBe('404 Could not find domain: nope.');
    expect(await check('delete', `/OS-INHERIT/domains/nope/${inherited}`)).toMatch(NOT_GRANTED);
  });

  test('are forbidden to members before anything is looked up, if they are inherited', async () => {
    const member = await login(emulator.app, { user: 'demo' });
    expect(await check('put', '/OS-INHERIT/projects/nope/users/nope/roles/nope/inherited_to_projects', member)).toBe(
      '403 You are not authorized to perform the requested action: identity:create_grant.',
    );
  });
});

test('A login for a disabled project is rejected before the user is looked up', async () => {
  const id = await create('project', { name: 'closed', enabled: false });
  const user = { name: 'demo', password: 'secret' };
  const response = await request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({ auth: { identity: { methods: ['password'], password: { user } }, scope: { project: { id } } } });
  expect(response.status).toBe(401);
});

test.each([
  ['/identity/v3/nothing', '[]', 'application/json', 'Expecting to find valid JSON in request body.'],
  ['/identity/v3/users/a/b', '{}', 'text/plain', 'Expecting to find application/json in Content-Type header.'],
])('A malformed body at the unknown path %s is a 400', async (path, body, type, message) => {
  const response = await request(emulator.app).post(path).set('Content-Type', type).send(body);
  expect([response.status, response.body.error.message]).toEqual([400, expect.stringContaining(message)]);
});
