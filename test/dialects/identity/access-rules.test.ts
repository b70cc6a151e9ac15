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
  const made = await request(emulator.app)
    .post(`/identity/v3/users/${userId}/application_credentials`)
    .set('X-Auth-Token', token)
    .send({ application_credential: { name: 'robot', secret: 's', ...(rules && { access_rules: rules }) } });
  expect(made.status).toBe(201);
  const { id } = made.body.application_credential;
  const response = await request(emulator.app)
    .post('/identity/v3/auth/tokens')
    .send({
      auth: { identity: { methods: ['application_credential'], application_credential: { id, secret: 's' } } },
    });
  expect(response.status).toBe(201);
  return response.headers['x-subject-token'] as string;
}

const call = (method: 'get' | 'post' | 'delete', path: string, robot: string) =>
  request(emulator.app)[method](path).set('X-Auth-Token', robot);

describe('A token of a credential with access rules', () => {
  test('is accepted for what a rule names, and for nothing else', async () => {
    const robot = await tokenFor([
      { service: 'image', method: 'GET', path: '/v2/images' },
      { service: 'image', method: 'GET', path: '/v2/images/*' },
      { service: 'image', method: 'GET', path: '/v2/schemas/**' },
    ]);
    expect((await call('get', '/image/v2/images?limit=1', robot)).status).toBe(200);
    expect((await call('get', '/image/v2/images/none', robot)).status).toBe(404);
    expect((await call('get', '/image/v2/schemas/image', robot)).status).toBe(200);
    const refused = await call('get', '/image/v2/images/none/file', robot);
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('Keystone uri='),
    ]);
    expect((await call('post', '/image/v2/images', robot).send({})).status).toBe(401);
    expect((await call('get', '/compute/v2.1/images', robot)).status).toBe(401);
  });

  test('accepts any segment for a wildcard in the path', async () => {
    const robot = await tokenFor([{ service: 'image', method: 'GET', path: '/v2/images/{image_id}/members' }]);
    expect((await call('get', '/image/v2/images/none/members', robot)).status).toBe(404);
    expect((await call('get', '/image/v2/images/none', robot)).status).toBe(401);
  });

  test('that are an empty list is accepted at every service', async () => {
    expect((await call('get', '/image/v2/images', await tokenFor([]))).status).toBe(200);
  });

  test('is accepted at the identity service', async () => {
    const robot = await tokenFor([{ service: 'image', method: 'GET', path: '/v2/images' }]);
    expect((await call('get', '/identity/v3/auth/projects', robot)).status).toBe(200);
  });
});

test('a token of a credential without rules is accepted for everything that its roles allow', async () => {
  const robot = await tokenFor(undefined);
  expect((await call('post', '/image/v2/images', robot).send({})).status).toBe(201);
  expect((await call('get', '/compute/v2.1/images', robot)).status).toBe(200);
});
