/** What tokens of trusts and application credentials may do, as Keystone 22 was seen to decide. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
let userId: string;
let trusteeId: string;
let projectId: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app);
  const { index } = emulator.worlds.default.identity;
  userId = index.userOfName('demo')?.id ?? '';
  trusteeId = index.userOfName('alt_demo')?.id ?? '';
  projectId = index.projectOfName('demo')?.id ?? '';
});

type Method = 'get' | 'post' | 'delete';

const send = (method: Method, path: string, from: string, body?: object) => {
  const pending = request(emulator.app)[method](`/identity/v3${path}`).set('X-Auth-Token', from);
  return body === undefined ? pending : pending.send(body);
};

const trustOf = (members: object = {}) => ({
  trust: {
    trustor_user_id: userId,
    trustee_user_id: trusteeId,
    project_id: projectId,
    impersonation: false,
    roles: [{ name: 'member' }],
    ...members,
  },
});

const createTrust = async (members: object = {}, from = token): Promise<string> =>
  (await send('post', '/OS-TRUST/trusts', from, trustOf(members))).body.trust.id as string;

const logInTo = (trustId: string) =>
  request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({
      auth: {
        identity: { methods: ['password'], password: { user: { id: trusteeId, password: 'secret' } } },
        scope: { 'OS-TRUST:trust': { id: trustId } },
      },
    });

const trustToken = async (members: object = {}): Promise<string> =>
  (await logInTo(await createTrust(members))).headers['x-subject-token'] as string;

async function credentialToken(): Promise<string> {
  const created = await send('post', `/users/${userId}/application_credentials`, token, {
    application_credential: { name: 'robot', secret: 's', unrestricted: true },
  });
  const { id } = created.body.application_credential;
  const response = await request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({ auth: { identity: { methods: ['application_credential'], application_credential: { id, secret: 's' } } } });
  return response.headers['x-subject-token'] as string;
}

const DIRECTLY =
  'You are not authorized to perform the requested action: Delegated tokens cannot access credentials directly.';

describe('A delegated token', () => {
  test.each(['trust', 'application credential'])('of a kind (%s) reaches no credentials', async (kind) => {
    const delegated = kind === 'trust' ? await trustToken({ impersonation: true }) : await credentialToken();
    const blob = { credential: { type: 'cert', blob: 'x', user_id: userId } };
    const { id } = (await send('post', '/credentials', token, blob)).body.credential;
    expect((await send('get', '/credentials', delegated)).body.credentials).toEqual([]);
    for (const [method, path, body] of [
      ['get', `/credentials/${id}`],
      ['delete', `/credentials/${id}`],
      ['post', '/credentials', blob],
      ['get', `/users/${userId}/credentials/OS-EC2`],
      ['post', `/users/${userId}/credentials/OS-EC2`, { tenant_id: projectId }],
    ] as const) {
      const { status, body: answer } = await send(method, path, delegated, body);
      expect([status, answer.error.message]).toEqual([403, DIRECTLY]);
    }
  });

  test('of an application credential manages no trusts', async () => {
    const delegated = await credentialToken();
    const { status, body } = await send('post', '/OS-TRUST/trusts', delegated, trustOf());
    expect([status, body.error.message]).toEqual([
      403,
      'You are not authorized to perform the requested action: Delegated tokens cannot manage trusts..',
    ]);
  });

  test('of a trust manages no application credentials and no access rules', async () => {
    const delegated = await trustToken({ impersonation: true });
    for (const path of ['application_credentials', 'access_rules']) {
      expect((await send('get', `/users/${userId}/${path}`, delegated)).status).toBe(403);
    }
  });
});

describe('A trust', () => {
  test('that is delegated further gives no more than its parent, and goes with it', async () => {
    const members = { impersonation: true, allow_redelegation: true, redelegation_count: 1 };
    const parent = await createTrust(members);
    const delegated = (await logInTo(parent)).headers['x-subject-token'] as string;
    const child = await send('post', '/OS-TRUST/trusts', delegated, trustOf());
    expect(child.body.trust).toMatchObject({ redelegated_trust_id: parent, redelegation_count: 0 });
    for (const more of [{ roles: [{ name: 'reader' }] }, { allow_redelegation: true, redelegation_count: 1 }]) {
      expect((await send('post', '/OS-TRUST/trusts', delegated, trustOf(more))).status).toBe(403);
    }
    await send('delete', `/OS-TRUST/trusts/${parent}`, token);
    expect((await send('get', `/OS-TRUST/trusts/${child.body.trust.id}`, token)).status).toBe(404);
  });

  test('expires with its parent unless it names a time', async () => {
    const expires = '2090-01-01T00:00:00.000000Z';
    const delegated = await trustToken({ impersonation: true, allow_redelegation: true, expires_at: expires });
    const child = await send('post', '/OS-TRUST/trusts', delegated, trustOf());
    expect(child.body.trust.expires_at).toBe(expires);
    const later = trustOf({ expires_at: '2091-01-01T00:00:00Z' });
    expect((await send('post', '/OS-TRUST/trusts', delegated, later)).status).toBe(403);
  });

  test('with a time of expiry exists once, even after it was deleted', async () => {
    const trust = trustOf({ expires_at: '2090-01-01T00:00:00Z' });
    const { id } = (await send('post', '/OS-TRUST/trusts', token, trust)).body.trust;
    expect((await send('post', '/OS-TRUST/trusts', token, trust)).status).toBe(409);
    await send('delete', `/OS-TRUST/trusts/${id}`, token);
    expect((await send('post', '/OS-TRUST/trusts', token, trust)).status).toBe(409);
  });

  test('whose trustor is disabled gives no tokens, and its tokens are refused', async () => {
    const id = await createTrust();
    const delegated = (await logInTo(id)).headers['x-subject-token'] as string;
    const { records } = emulator.worlds.default.identity;
    const user = records.get('user', userId);
    if (user !== undefined) records.put('user', { ...user, enabled: false });
    expect((await logInTo(id)).status).toBe(403);
    expect((await send('get', '/auth/projects', delegated)).status).toBe(403);
  });

  test('without a project gives no tokens', async () => {
    const response = await logInTo(await createTrust({ project_id: null, roles: [] }));
    expect([response.status, response.body.error.message]).toEqual([404, 'Could not find project: None.']);
  });
});

test('An access rule that credentials of others have cannot be deleted', async () => {
  const rule = { path: '/v2/images', method: 'GET', service: 'image' };
  const create = async (from: string, owner: string, accessRule: object) =>
    (
      await send('post', `/users/${owner}/application_credentials`, from, {
        application_credential: { name: 'ruled', access_rules: [accessRule] },
      })
    ).body.application_credential;
  const own = await create(token, userId, rule);
  const { id } = own.access_rules[0];
  const other = await login(emulator.app, { user: 'alt_demo' });
  const shared = await create(other, trusteeId, { id });
  await send('delete', `/users/${userId}/application_credentials/${own.id}`, token);
  const path = `/users/${userId}/access_rules/${id}`;
  expect((await send('delete', path, token)).status).toBe(403);
  await send('delete', `/users/${trusteeId}/application_credentials/${shared.id}`, other);
  expect((await send('delete', path, token)).status).toBe(204);
  expect((await send('get', path, token)).status).toBe(404);
});
