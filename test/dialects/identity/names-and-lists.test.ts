import { beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app, { user: 'admin', project: 'admin' });
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const send = (method: Method, path: string, body?: object) => {
  const pending = request(emulator.app)[method](`/identity/v3${path}`).set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(body);
};

/** Creates a record and returns its id. */
async function create(path: string, one: string, members: object): Promise<string> {
  const response = await send('post', path, { [one]: members });
  expect(response.status).toBe(201);
  return response.body[one].id as string;
}

const namesIn = (records: readonly { readonly name: string }[]): readonly string[] => records.map(({ name }) => name);

test('The name of a group has at most 64 characters', async () => {
  await create('/groups', 'group', { name: 'g'.repeat(64) });
  const tooLong = 'g'.repeat(65);
  const response = await send('post', '/groups', { group: { name: tooLong } });
  expect([response.status, response.body.error.message]).toEqual([
    400,
    `String length exceeded. The length of string '${tooLong}' exceeds the limit of column name(CHAR(64)).`,
  ]);
});

test('A deleted domain takes its users out of groups elsewhere, and its groups with their members', async () => {
  const domain = await create('/domains', 'domain', { name: 'gone' });
  const [inside, outside] = [
    { user: await create('/users', 'user', { name: 'in', domain_id: domain }), group: '' },
    { user: await create('/users', 'user', { name: 'out' }), group: await create('/groups', 'group', { name: 'out' }) },
  ];
  inside.group = await create('/groups', 'group', { name: 'in', domain_id: domain });
  for (const { group } of [inside, outside]) {
    for (const { user } of [inside, outside]) {
      expect((await send('put', `/groups/${group}/users/${user}`)).status).toBe(204);
    }
  }
  await send('patch', `/domains/${domain}`, { domain: { enabled: false } });
  expect((await send('delete', `/domains/${domain}`)).status).toBe(204);
  expect(namesIn((await send('get', `/groups/${outside.group}/users`)).body.users)).toEqual(['out']);
  expect(namesIn((await send('get', `/users/${outside.user}/groups`)).body.groups)).toEqual(['out']);
  expect((await send('get', `/groups/${outside.group}/users/${inside.user}`)).status).toBe(404);
});

test('The link of the tags of a project is the address of the API, with the query', async () => {
  const project = await create('/projects', 'project', { name: 'tagged', tags: ['a'] });
  const linkOf = async (method: Method, query: string, body?: object): Promise<string> => {
    const response = await send(method, `/projects/${project}/tags${query}`, body);
    return new URL(response.body.links.self as string).href.replace(/^.*\/identity/, '');
  };
  expect(await linkOf('get', '')).toBe('/v3');
  expect(await linkOf('get', '?x=1')).toBe('/v3?x=1');
  expect(await linkOf('put', '', { tags: ['b'] })).toBe('/v3');
});

test('Lists of roles are those of no domain, unless the query names one', async () => {
  const domain = await create('/domains', 'domain', { name: 'other' });
  await create('/roles', 'role', { name: 'local', domain_id: domain });
  const listed = async (query: string) => namesIn((await send('get', `/roles?${query}`)).body.roles);
  expect(await listed(`domain_id=${domain}`)).toEqual(['local']);
  expect(await listed(`domain_id=${domain}&name=member`)).toEqual([]);
  expect(await listed('name=local')).toEqual([]);
  expect(await listed('domain_id=')).toEqual([]);
  expect(await listed('domain_id=unknown')).toEqual([]);
  const malformed = await send('get', '/roles?domain_id__contains=x');
  expect([malformed.status, malformed.body.error.message]).toEqual([
    400,
    "argument of type 'NoneType' is not iterable",
  ]);
});

test('Names that differ in case are different names', async () => {
  for (const [path, one] of [
    ['/domains', 'domain'],
    ['/projects', 'project'],
    ['/users', 'user'],
    ['/groups', 'group'],
    ['/roles', 'role'],
  ] as const) {
    const ids = [await create(path, one, { name: 'same' }), await create(path, one, { name: 'SAME' })];
    expect(new Set(ids).size).toBe(2);
    const listed = await send('get', `${path}?name=SAME`);
    expect(namesIn(listed.body[`${one}s`])).toEqual(['SAME']);
  }
});

test('The tags of an immutable project and a domain addressed as a project name what is refused', async () => {
  const project = await create('/projects', 'project', {
    name: 'fixed',
    tags: ['a'],
    options: { immutable: true },
  });
  const tagErrorOf = async (method: 'put' | 'delete', path: string, body?: object) => {
    const response = await send(method, `/projects/${project}/tags${path}`, body);
    expect(response.status).toBe(403);
    return response.body.error.message.split(',')[0];
  };
  expect(await tagErrorOf('put', '', { tags: ['b'] })).toBe(`Cannot update project tags for ${project}`);
  expect(await tagErrorOf('delete', '')).toBe(`Cannot update project tags for ${project}`);
  expect(await tagErrorOf('put', '/b')).toBe(`Cannot create project tags for ${project}`);
  expect(await tagErrorOf('delete', '/a')).toBe(`Cannot delete project tags for ${project}`);
  expect(await tagErrorOf('delete', '/absent')).toBe(`Cannot delete project tags for ${project}`);
  const domain = await create('/domains', 'domain', { name: 'fixed', options: { immutable: true } });
  const response = await send('delete', `/projects/${domain}`);
  expect(response.body.error.message).toMatch(/^Unable to delete immutable domain resource: /);
});
