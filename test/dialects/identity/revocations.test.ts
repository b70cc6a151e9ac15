/** The events of revocations, as Keystone 22 was seen to list them. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;
beforeEach(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const send = (method: Method, path: string, body?: object) => {
  const sent = request(emulator.app)[method](`/identity/v3${path}`).set('X-Auth-Token', admin);
  return body === undefined ? sent : sent.send(body);
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/;

/** What the events say was revoked. */
async function subjects(query = ''): Promise<readonly object[]> {
  const { events } = (await send('get', `/OS-REVOKE/events${query}`)).body;
  return events.map(({ issued_before: before, revoked_at: at, ...subject }: Record<string, string>) => {
    expect(at).toMatch(TIME);
    expect(before).toBe(at);
    return subject;
  });
}

const create = async (kind: string, members: object): Promise<string> =>
  (await send('post', `/${kind}s`, { [kind]: members })).body[kind].id;

const newUser = (members: object = {}): Promise<string> => create('user', { name: 'ann', password: 'a', ...members });

test('a revoked token makes an event with its audit id', async () => {
  const token = await login(emulator.app);
  const shown = await send('get', '/auth/tokens').set('X-Subject-Token', token);
  await send('delete', '/auth/tokens').set('X-Subject-Token', token);
  expect(await subjects()).toEqual([{ audit_id: shown.body.token.audit_ids[0] }]);
});

describe('A user makes an event', () => {
  test.each([
    ['with a new password', { password: 'b' }, 1],
    ['that is disabled', { enabled: false }, 1],
    ['that is disabled with a new password', { enabled: false, password: 'b' }, 1],
    ['with a new name, which makes none', { name: 'bob' }, 0],
  ])('%s', async (_title, user, count) => {
    const id = await newUser();
    await send('patch', `/users/${id}`, { user });
    expect(await subjects()).toEqual(Array.from({ length: count }, () => ({ user_id: id })));
  });

  test('that leaves a group, but not when the group is deleted', async () => {
    const [id, group] = [await newUser(), await create('group', { name: 'g' })];
    await send('put', `/groups/${group}/users/${id}`);
    await send('delete', `/groups/${group}/users/${id}`);
    await send('put', `/groups/${group}/users/${id}`);
    await send('delete', `/groups/${group}`);
    expect(await subjects()).toEqual([{ user_id: id }]);
  });

  test('that is deleted with its groups and trusts', async () => {
    const { records, index } = emulator.worlds.default.identity;
    const [id, group] = [await newUser(), await create('group', { name: 'g' })];
    await send('put', `/groups/${group}/users/${id}`);
    const trust = {
      trustor_user_id: index.userOfName('admin')?.id,
      trustee_user_id: id,
      project_id: index.projectOfName('admin')?.id,
      impersonation: false,
      roles: [{ name: 'member' }],
    };
    expect((await send('post', '/OS-TRUST/trusts', { trust })).status).toBe(201);
    await send('delete', `/users/${id}`);
    expect(records.all('trust')).toEqual([]);
    expect(await subjects()).toEqual([{ user_id: id }]);
  });
});

test('deleted trusts, consumers and projects make events', async () => {
  const { index } = emulator.worlds.default.identity;
  const users = { trustor_user_id: index.userOfName('admin')?.id, trustee_user_id: index.userOfName('demo')?.id };
  const scope = { project_id: index.projectOfName('admin')?.id, roles: [{ name: 'member' }] };
  const created = await send('post', '/OS-TRUST/trusts', { trust: { ...users, ...scope, impersonation: false } });
  const consumer = (await send('post', '/OS-OAUTH1/consumers', { consumer: {} })).body.consumer.id;
  const project = await create('project', { name: 'p' });
  await send('delete', `/OS-TRUST/trusts/${created.body.trust.id}`);
  await send('delete', `/OS-OAUTH1/consumers/${consumer}`);
  await send('delete', `/projects/${project}`);
  expect(await subjects()).toEqual([
    { 'OS-TRUST:trust_id': created.body.trust.id },
    { 'OS-OAUTH1:consumer_id': consumer },
    { project_id: project },
  ]);
});

test('a deleted domain makes events of its projects, from below, and of its users', async () => {
  const domain = await create('domain', { name: 'd' });
  const top = await create('project', { name: 'top', domain_id: domain });
  const below = await create('project', { name: 'below', domain_id: domain, parent_id: top });
  const user = await newUser({ domain_id: domain });
  await send('patch', `/domains/${domain}`, { domain: { enabled: false } });
  await send('delete', `/domains/${domain}`);
  expect(await subjects()).toEqual([
    { project_id: below },
    { project_id: top },
    { user_id: user },
    { project_id: domain },
  ]);
});

describe('The list', () => {
  const { clock } = { clock: () => emulator.worlds.default.clock };

  test('holds the events after a time', async () => {
    const id = await newUser();
    await send('patch', `/users/${id}`, { user: { password: 'b' } });
    const now = clock().now();
    const text = (time: number): string => new Date(time).toISOString();
    expect(await subjects(`?since=${text(now - 2000)}`)).toEqual([{ user_id: id }]);
    expect(await subjects(`?since=${text(now + 2000)}`)).toEqual([]);
    expect(await subjects('?since=2000-01-01T00:00:00%2B01:00')).toEqual([{ user_id: id }]);
    expect(await subjects('?since=2000-01')).toEqual([{ user_id: id }]);
    expect(await subjects('?since=2000')).toEqual([{ user_id: id }]);
    expect((await send('get', '/OS-REVOKE/events?since=x')).body.error.message).toBe('invalidate date format x');
  });

  test('drops events that no token can be older than', async () => {
    const id = await newUser();
    await send('patch', `/users/${id}`, { user: { password: 'b' } });
    clock().advance(86_400_000 + 1_800_000 + 1000);
    admin = await login(emulator.app, { user: 'admin', project: 'admin' });
    expect(await subjects()).toEqual([{ user_id: id }]);
    await send('patch', `/users/${id}`, { user: { password: 'c' } });
    expect(await subjects()).toEqual([{ user_id: id }]);
  });
});
