import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app);
});

/** Returns a token of an application credential with these rules. */
async function tokenFor(rules: readonly object[] | undefined): Promise<string> {
  const userId = emulator.worlds.default.identity.callerOf(token)?.userId;
  const created = await request(emulator.app)
    .post(`/identity/v3/users/${userId}/application_credentials`)
    .set('X-Auth-Token', token)
    .send({ application_credential: { name: 'robot', secret: 's', ...(rules && { access_rules: rules }) } });
  expect(created.status).toBe(201);
  const { id } = created.body.application_credential;
  const response = await request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({
      auth: { identity: { methods: ['application_credential'], application_credential: { id, secret: 's' } } },
    });
  expect(response.status).toBe(201);
  return response.headers['x-subject-token'] as string;
}

const send = (method: 'get' | 'post' | 'delete', path: string, robotToken: string) =>
  request(emulator.app)[method](path).set('X-Auth-Token', robotToken);

describe('A token of a credential with access rules', () => {
  test('is accepted only for requests that a rule matches', async () => {
    const robotToken = await tokenFor([
      { service: 'image', method: 'GET', path: '/v2/images' },
      { service: 'image', method: 'GET', path: '/v2/images/*' },
      { service: 'image', method: 'GET', path: '/v2/schemas/**' },
    ]);
    expect((await send('get', '/image/v2/images?limit=1', robotToken)).status).toBe(200);
    expect((await send('get', '/image/v2/images/none', robotToken)).status).toBe(404);
    expect((await send('get', '/image/v2/schemas/image', robotToken)).status).toBe(200);
    const rejected = await send('get', '/image/v2/images/none/file', robotToken);
    expect([rejected.status, rejected.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('Keystone uri='),
    ]);
    expect((await send('post', '/image/v2/images', robotToken).send({})).status).toBe(401);
    expect((await send('get', '/compute/v2.1/images', robotToken)).status).toBe(401);
  });

  test('accepts any segment for a wildcard in the path', async () => {
    const robotToken = await tokenFor([{ service: 'image', method: 'GET', path: '/v2/images/{image_id}/members' }]);
    expect((await send('get', '/image/v2/images/none/members', robotToken)).status).toBe(404);
    expect((await send('get', '/image/v2/images/none', robotToken)).status).toBe(401);
  });

  test('is accepted by every service when the list of rules is empty', async () => {
    expect((await send('get', '/image/v2/images', await tokenFor([]))).status).toBe(200);
  });

  test('is accepted by the identity service', async () => {
    const robotToken = await tokenFor([{ service: 'image', method: 'GET', path: '/v2/images' }]);
    expect((await send('get', '/identity/v3/auth/projects', robotToken)).status).toBe(200);
  });
});

test('a token of a credential without rules is accepted for everything that its roles allow', async () => {
  const robotToken = await tokenFor(undefined);
  expect((await send('post', '/image/v2/images', robotToken).send({})).status).toBe(201);
  expect((await send('get', '/compute/v2.1/images', robotToken)).status).toBe(200);
});
