import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;

const send = (method: 'get' | 'post' | 'put' | 'patch', path: string, body?: object) => {
  const pending = request(emulator.app)[method](`/identity/v3${path}`).set('X-Auth-Token', token);
  return body === undefined ? pending : pending.send(body);
};

const PROVIDER = '/OS-FEDERATION/identity_providers/idp';

beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app, { user: 'admin', project: 'admin' });
  await send('put', PROVIDER, { identity_provider: {} });
  const rules = [{ local: [{ user: { name: '{0}' } }], remote: [{ type: 'X' }] }];
  await send('put', '/OS-FEDERATION/mappings/map', { mapping: { rules } });
  await send('put', `${PROVIDER}/protocols/one`, { protocol: { mapping_id: 'map' } });
  await send('put', `${PROVIDER}/protocols/two`, { protocol: { mapping_id: 'map' } });
});

const logIn = (uniqueId: string, protocol = 'one') => ({
  idp_id: 'idp',
  protocols: [{ protocol_id: protocol, unique_id: uniqueId }],
});

const createUser = (name: string, federated: readonly object[]) =>
  send('post', '/users', { user: { name, federated } });

const names = async (query: string): Promise<readonly string[]> =>
  ((await send('get', `/users?${query}`)).body.users as readonly { name: string }[]).map(({ name }) => name);

describe('A user with logins at an identity provider', () => {
  test('shows them alone and not in lists', async () => {
    const created = await createUser('ann', [logIn('a')]);
    expect(created.body.user.federated).toEqual([logIn('a')]);
    const { id } = created.body.user;
    expect((await send('get', `/users/${id}`)).body.user.federated).toEqual([logIn('a')]);
    const updated = await send('patch', `/users/${id}`, { user: { description: 'x' } });
    expect(updated.body.user.federated).toEqual([logIn('a')]);
    const group = (await send('post', '/groups', { group: { name: 'g' } })).body.group.id;
    await send('put', `/groups/${group}/users/${id}`);
    for (const path of ['/users?name=ann', `/groups/${group}/users`]) {
      const [listed] = (await send('get', path)).body.users;
      expect([listed.name, 'federated' in listed]).toEqual(['ann', false]);
    }
  });

  test('shows the logins at one provider together', async () => {
    const created = await createUser('ann', [logIn('a'), logIn('b', 'two')]);
    expect(created.body.user.federated).toEqual([logIn('a'), logIn('b', 'two')]);
    const shown = await send('get', `/users/${created.body.user.id}`);
    expect(shown.body.user.federated).toEqual([
      { idp_id: 'idp', protocols: [...logIn('a').protocols, ...logIn('b', 'two').protocols] },
    ]);
  });

  test('keeps them when an update has none, and replaces them when it has some', async () => {
    const { id } = (await createUser('ann', [logIn('a')])).body.user;
    const kept = await send('patch', `/users/${id}`, { user: { federated: [] } });
    expect(kept.body.user.federated).toEqual([logIn('a')]);
    const replaced = await send('patch', `/users/${id}`, { user: { federated: [logIn('b')] } });
    expect(replaced.body.user.federated).toEqual([logIn('b')]);
  });
});

test('No two logins at a provider are the same', async () => {
  await createUser('ann', [logIn('a')]);
  const bob = (await createUser('bob', [])).body.user.id;
  const message = 'Conflict occurred attempting to store federated_user - Duplicate entry.';
  for (const response of [
    await createUser('eve', [logIn('a')]),
    await createUser('eve', [logIn('b'), logIn('b')]),
    await send('patch', `/users/${bob}`, { user: { federated: [logIn('a')] } }),
  ]) {
    expect([response.status, response.body.error.message]).toEqual([409, message]);
  }
  expect((await createUser('eve', [logIn('a', 'two')])).status).toBe(201);
});

test('Lists of users are filtered by provider, protocol and id, by equality and without a name', async () => {
  await createUser('ann', [logIn('a')]);
  await createUser('bob', [logIn('b', 'two')]);
  expect(await names('idp_id=idp')).toEqual(['ann', 'bob']);
  expect(await names('protocol_id=two')).toEqual(['bob']);
  expect(await names('unique_id=a')).toEqual(['ann']);
  expect(await names('unique_id__startswith=a')).toEqual([]);
  expect(await names('name=ann&idp_id=idp')).toEqual([]);
});
