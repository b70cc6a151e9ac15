import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Release } from '../../../src/base/release.ts';
import type { Emulator } from '../../../src/emulator.ts';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

let emulator: Emulator;
let admin: string;
let demo: string;

const NEWER = ['2025.1', '2026.2'] as const;

const send = (method: Method, path: string, body?: object, token: string | undefined = admin) => {
  const pending = request(emulator.app)[method](`/identity/v3${path}`);
  if (token !== undefined) pending.set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(body);
};

/** The status and the message of an error. */
async function refusal(...parameters: Parameters<typeof send>): Promise<readonly [number, string]> {
  const { status, body } = await send(...parameters);
  return [status, body.error?.message];
}

const idsIn = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
const namesIn = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

/** Starts an emulator whose default world has a release. */
async function start(release: Release): Promise<void> {
  emulator = createTestEmulator({ fixtures: { ...defaultFixtures(), release } });
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
  demo = await login(emulator.app, { user: 'demo' });
}

describe('Lists of users', () => {
  test.each(NEWER)('are sorted by id and have pages in %s', async (release) => {
    await start(release);
    const all = idsIn((await send('get', '/users')).body.users);
    expect(all).toEqual([...all].sort());
    const [first, second] = all as [string, string];
    const page = (await send('get', '/users?limit=1')).body;
    expect(idsIn(page.users)).toEqual([first]);
    expect(page.truncated).toBe(true);
    expect(page.links.next).toMatch(new RegExp(`/identity/v3/users\\?limit=1&marker=${first}$`));
    const next = (await send('get', `/users?marker=${first}&limit=1`)).body;
    expect(idsIn(next.users)).toEqual([second]);
    expect(next.links.next).toMatch(new RegExp(`users\\?marker=${second}&limit=1$`));
    const rest = (await send('get', `/users?limit=100&marker=${first}`)).body;
    expect([idsIn(rest.users), rest.links.next, rest.truncated]).toEqual([all.slice(1), null, undefined]);
  });

  test.each(NEWER)('count a full page as cut off only if the database has a filter, in %s', async (release) => {
    await start(release);
    const count = (await send('get', '/users')).body.users.length;
    expect((await send('get', `/users?limit=${count}`)).body.truncated).toBeUndefined();
    expect((await send('get', `/users?limit=${count}&domain_id=default`)).body.truncated).toBe(true);
    expect((await send('get', '/projects?limit=100')).body.truncated).toBeUndefined();
  });

  test.each(NEWER)('take strange limits as the service does in %s', async (release) => {
    await start(release);
    const all = idsIn((await send('get', '/users')).body.users);
    const page = async (query: string) => idsIn((await send('get', `/users?${query}`)).body.users);
    expect(await page('limit=0')).toEqual([]);
    expect(await page('limit=-1')).toEqual(all.slice(0, -1));
    expect(await page('limit=')).toEqual(all);
    expect(await page('limit=0&domain_id=default')).toEqual(all);
    expect(await page('limit=1&limit=2')).toEqual(all.slice(0, 1));
    expect((await send('get', '/users?limit=a')).status).toBe(400);
    expect((await send('get', '/services?limit=-1')).body).toMatchObject({ services: [], truncated: true });
  });

  test.each(NEWER)('refuse an unknown marker and a truth value that is none in %s', async (release) => {
    await start(release);
    expect(await refusal('get', '/users?marker=zzz')).toEqual([404, 'Marker zzz could not be found.']);
    expect((await send('get', '/services?marker=zzz')).status).toBe(200);
    const [status, message] = await refusal('get', '/users?enabled=maybe', undefined, demo);
    expect(status).toBe(400);
    expect(message).toMatch(
      /^Invalid input for field\/attribute enabled\. Value: maybe\. 'maybe' is not one of \[True, 'True',/,
    );
  });

  test('ignore limit and marker in zed, and are in order of creation', async () => {
    await start('zed');
    const { users, truncated } = (await send('get', '/users?limit=1&marker=zzz&enabled=maybe')).body;
    expect([users.length > 1, truncated]).toEqual([true, undefined]);
  });

  test.each([
    ['2025.1', 'roles', 400],
    ['2025.1', 'endpoints', 400],
    ['2025.1', 'regions', 200],
    ['2026.2', 'roles', 200],
    ['2026.2', 'endpoints', 200],
    ['2026.2', 'regions', 400],
  ] as const)('of other resources: %s, %s?limit=1 is %i', async (release, list, status) => {
    await start(release);
    const response = await send('get', `/${list}?limit=1`);
    expect(response.status).toBe(status);
    if (status === 200) expect(response.body[list]).toHaveLength(1);
    else expect(response.body.error.message).toBe("Additional properties are not allowed ('limit' was unexpected)");
  });

  test.each(NEWER)('of application credentials have pages from 2026.2 on: %s', async (release) => {
    await start(release);
    const id = emulator.worlds.default.identity.callerOf(demo)?.userId;
    const path = `/users/${id}/application_credentials`;
    for (const name of ['one', 'two']) await send('post', path, { application_credential: { name } }, demo);
    const { status, body } = await send('get', `${path}?limit=1`, undefined, demo);
    if (release === '2025.1') expect(status).toBe(400);
    else expect([status, namesIn(body.application_credentials), body.truncated]).toEqual([200, ['one'], true]);
  });
});

describe('A body that breaks its schema', () => {
  const field = (name: string, value: string, reason: string) => [
    400,
    `Invalid input for field/attribute ${name}. Value: ${value}. ${reason}`,
  ];

  test.each(NEWER)('is described in one sentence by %s', async (release) => {
    await start(release);
    expect(await refusal('post', '/users', { user: { name: 5 } })).toEqual(
      field('name', '5', "5 is not of type 'string'"),
    );
    expect(await refusal('post', '/users', { user: {} })).toEqual(field('user', '{}', "'name' is a required property"));
    expect(await refusal('post', '/users', {})).toEqual([400, "'user' is a required property"]);
    expect(await refusal('post', '/users', { user: { name: 'a' }, x: 1 })).toEqual([
      400,
      "Additional properties are not allowed ('x' was unexpected)",
    ]);
    expect(await refusal('post', '/credentials', { credential: { type: 'ec2', blob: '{}', user_id: 'u' } })).toEqual(
      field('credential', "{'type': 'ec2', 'blob': '{}', 'user_id': 'u'}", "'project_id' is a required property"),
    );
    expect(await refusal('post', '/projects', { project: { name: 'a', tags: ['a,b'] } })).toEqual(
      field('0', 'a,b', "'a,b' does not match '^[^,/]*$'"),
    );
    expect(await refusal('post', '/limits', { limits: [{}] })).toEqual(
      field('0', '{}', "'service_id' is a required property"),
    );
  });

  test.each(NEWER)('is refused before the token and the policy are looked at in %s', async (release) => {
    await start(release);
    for (const token of [demo, 'bad']) {
      expect((await send('post', '/users', { user: { name: 5 } }, token)).status).toBe(400);
    }
    expect((await request(emulator.app).post('/identity/v3/roles').send({ role: {} })).status).toBe(400);
    expect((await send('post', '/users', { user: { name: 'a' } }, demo)).status).toBe(403);
    expect((await send('post', '/policies', { policy: {} }, demo)).status).toBe(403);
  });

  test.each([
    ['2025.1', "'' is too short", '{} does not have enough properties'],
    ['2026.2', "'' should be non-empty", '{} should be non-empty'],
  ] as const)('that is empty is worded by %s', async (release, text, object) => {
    await start(release);
    expect(await refusal('post', '/users', { user: { name: '' } })).toEqual(field('name', '', text));
    expect(await refusal('patch', '/users/x', { user: {} })).toEqual(field('user', '{}', object));
  });

  test.each(NEWER)('has a truth value that is a text: 400 in %s, where the service fails', async (release) => {
    await start(release);
    expect(await refusal('post', '/users', { user: { name: 'a', enabled: 'yes' } })).toEqual(
      field('enabled', 'yes', "'yes' is not of type 'boolean'"),
    );
  });

  test('is refused after the policy in zed, with its schema', async () => {
    await start('zed');
    expect((await send('post', '/users', { user: { name: 5 } }, demo)).status).toBe(403);
    const [, message] = await refusal('post', '/users', { user: { name: 5 } });
    expect(message).toMatch(/^Invalid input for field 'name': 5 is not of type 'string'\n\nFailed validating 'type'/);
  });

  test.each([
    ['zed', "'colour' is an invalid keyword argument for ApplicationCredentialModel"],
    [
      '2025.1',
      "Invalid input for field/attribute application_credential. Value: {'name': 'a', 'colour': 'red'}. Additional properties are not allowed ('colour' was unexpected)",
    ],
  ] as const)('has an unknown member of an application credential in %s', async (release, message) => {
    await start(release);
    const id = emulator.worlds.default.identity.callerOf(demo)?.userId;
    const body = { application_credential: { name: 'a', colour: 'red' } };
    expect(await refusal('post', `/users/${id}/application_credentials`, body, demo)).toEqual([400, message]);
  });
});

describe('The role manager', () => {
  const inferences = async () =>
    (await send('get', '/role_inferences')).body.role_inferences.map(
      ({ prior_role: prior, implies }: { prior_role: { name: string }; implies: readonly { name: string }[] }) => [
        prior.name,
        ...namesIn(implies),
      ],
    );

  test.each(NEWER)('is immutable, implied by admin and implies member in %s', async (release) => {
    await start(release);
    const [role] = (await send('get', '/roles?name=manager')).body.roles;
    expect(role.options).toEqual({ immutable: true });
    expect(await inferences()).toEqual(
      expect.arrayContaining([
        ['admin', 'manager'],
        ['manager', 'member'],
        ['member', 'reader'],
      ]),
    );
    expect(await refusal('post', '/roles', { role: { name: 'manager' } })).toEqual([
      409,
      'Conflict occurred attempting to store role - Duplicate entry found with name manager.',
    ]);
    expect((await send('delete', `/roles/${role.id}`)).status).toBe(403);
  });

  test('comes with a change of the release, and not before', async () => {
    await start('zed');
    expect((await send('get', '/roles?name=manager')).body.roles).toEqual([]);
    emulator.worlds.default.setRelease('2026.2');
    expect(namesIn((await send('get', '/roles?name=manager')).body.roles)).toEqual(['manager']);
    expect(await inferences()).not.toContainEqual(['admin', 'member']);
    const token = await login(emulator.app, { user: 'admin', project: 'admin' });
    const roles = (await send('get', '/auth/tokens', undefined, token).set('X-Subject-Token', token)).body.token.roles;
    expect([...namesIn(roles)].sort()).toEqual(['admin', 'manager', 'member', 'reader']);
  });
});

describe('A manager of a domain', () => {
  let manager: string;
  let domainId: string;

  /** Creates a domain with a manager, and logs the manager in. */
  async function startDomain(release: Release): Promise<void> {
    await start(release);
    if (release === 'zed') await send('post', '/roles', { role: { name: 'manager' } });
    domainId = (await send('post', '/domains', { domain: { name: 'acme' } })).body.domain.id;
    const user = { name: 'dm', domain_id: domainId, password: 'secret' };
    const { id } = (await send('post', '/users', { user })).body.user;
    const role = (await send('get', '/roles?name=manager')).body.roles[0].id;
    await send('put', `/domains/${domainId}/users/${id}/roles/${role}`);
    const password = { user: { name: 'dm', domain: { id: domainId }, password: 'secret' } };
    const auth = { identity: { methods: ['password'], password }, scope: { domain: { id: domainId } } };
    manager = (await send('post', '/auth/tokens', { auth })).headers['x-subject-token'] as string;
  }

  const as = (method: Method, path: string, body?: object) => send(method, path, body, manager);

  test.each(NEWER)('manages users, groups and projects there in %s', async (release) => {
    await startDomain(release);
    const user = await as('post', '/users', { user: { name: 'worker', domain_id: domainId } });
    const group = await as('post', '/groups', { group: { name: 'workers', domain_id: domainId } });
    const project = await as('post', '/projects', { project: { name: 'workshop', domain_id: domainId } });
    expect([user.status, group.status, project.status]).toEqual([201, 201, 201]);
    const [userId, groupId, projectId] = [user.body.user.id, group.body.group.id, project.body.project.id];
    expect((await as('put', `/groups/${groupId}/users/${userId}`)).status).toBe(204);
    expect((await as('patch', `/users/${userId}`, { user: { description: 'x' } })).status).toBe(200);
    expect((await as('put', `/projects/${projectId}/tags/a`)).status).toBe(201);
    const roleIds = new Map<string, string>(
      (await as('get', '/roles')).body.roles.map(({ id, name }: { id: string; name: string }) => [name, id]),
    );
    const grant = async (name: string) =>
      (await as('put', `/projects/${projectId}/users/${userId}/roles/${roleIds.get(name)}`)).status;
    expect([await grant('reader'), await grant('member'), await grant('manager')]).toEqual([204, 204, 204]);
    expect([await grant('admin'), await grant('service')]).toEqual([403, 403]);
    expect(namesIn((await as('get', '/domains')).body.domains)).toEqual(['acme']);
    for (const path of [`/projects/${projectId}`, `/groups/${groupId}`, `/users/${userId}`]) {
      expect((await as('delete', path)).status).toBe(204);
    }
  });

  test.each(NEWER)('has no rights elsewhere in %s', async (release) => {
    await startDomain(release);
    expect((await as('post', '/users', { user: { name: 'spy', domain_id: 'default' } })).status).toBe(403);
    expect((await as('get', '/users?domain_id=default')).body.users).toEqual([]);
    expect((await as('get', `/roles?domain_id=${domainId}`)).status).toBe(403);
    expect((await as('post', '/domains', { domain: { name: 'mine' } })).status).toBe(403);
  });

  test('has no rights in zed', async () => {
    await startDomain('zed');
    for (const path of ['/users', '/roles', '/domains']) expect((await as('get', path)).status).toBe(403);
    expect((await as('post', '/users', { user: { name: 'worker', domain_id: domainId } })).status).toBe(403);
  });
});

describe('An application credential', () => {
  test.each([
    ['zed', ['member'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/],
    ['2025.1', ['member', 'reader'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/],
    ['2026.2', ['member', 'reader'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/],
  ] as const)('of %s has the roles %j, and its token ends with it', async (release, roles, form) => {
    await start(release);
    const userId = emulator.worlds.default.identity.callerOf(demo)?.userId;
    const expires = new Date(Math.floor(Date.now() / 1000) * 1000 + 3_600_000).toISOString().replace('.000Z', '');
    const body = { name: 'a', secret: 's', expires_at: expires, roles: [{ name: 'member' }] };
    const path = `/users/${userId}/application_credentials`;
    const { id, roles: given } = (await send('post', path, { application_credential: body }, demo)).body
      .application_credential;
    expect(namesIn(given)).toEqual(roles);
    const identity = { methods: ['application_credential'], application_credential: { id, secret: 's' } };
    expect((await send('post', '/auth/tokens', { auth: { identity } })).body.token.expires_at).toMatch(form);
  });
});

test.each([
  ['zed', 6],
  ['2025.1', 6],
  ['2026.2', 7],
] as const)('A 401 for an unknown method names the methods of %s: %i', async (release, count) => {
  await start(release);
  const response = await send('post', '/auth/tokens', { auth: { identity: { methods: ['magic'], magic: {} } } });
  expect(response.status).toBe(401);
  expect(response.body.error.identity.methods).toHaveLength(count);
});

test.each([
  ['zed', 0],
  ['2025.1', 0],
  ['2026.2', 1],
] as const)('An administrator of a project lists limits of other projects in %s: %i', async (release, count) => {
  await start(release);
  const services = (await send('get', '/services')).body.services;
  const registered = { service_id: services[0].id, resource_name: 'images', default_limit: 5 };
  await send('post', '/registered_limits', { registered_limits: [registered] });
  const project = emulator.worlds.default.identity.callerOf(demo)?.projectId;
  const limit = { service_id: services[0].id, resource_name: 'images', resource_limit: 3, project_id: project };
  expect((await send('post', '/limits', { limits: [limit] })).status).toBe(201);
  expect((await send('get', `/limits?project_id=${project}`)).body.limits).toHaveLength(count);
});

beforeEach(() => {
  admin = '';
});
