import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request, { type Response } from 'supertest';
import { login, type StartedEmulator, startEmulator } from '../../support/emulator.ts';

let emulator: StartedEmulator;
let challenge: string;
beforeAll(async () => {
  emulator = await startEmulator();
  challenge = `Keystone uri=${emulator.url}/identity`;
});
afterAll(() => emulator.close());

const PATHS = ['/rackspace/servers/v2/tenant/images', '/rackspace/images/v2/tenant/images'];

const challengeOf = ({ status, headers }: Response) => [status, headers['www-authenticate']];

describe.each(PATHS)('a 401 of %s', (path) => {
  test('names the identity service for a missing token, an invalid one and that of another tenant', async () => {
    const { url } = emulator;
    expect(challengeOf(await request(url).get(path))).toEqual([401, challenge]);
    expect(challengeOf(await request(url).get(path).set('X-Auth-Token', 'none'))).toEqual([401, challenge]);
    const token = await login(url);
    expect(challengeOf(await request(url).get(path).set('X-Auth-Token', token))).toEqual([401, challenge]);
  });

  test('names it for a path and a method that do not exist', async () => {
    expect(challengeOf(await request(emulator.url).put(path))).toEqual([401, challenge]);
    expect(challengeOf(await request(emulator.url).get(`${path}/a/b/c`))).toEqual([401, challenge]);
  });
});

test.each([
  ['rackspace-servers.listImages', '/rackspace/servers/v2/{project}/images'],
  ['rackspace-images.listImages', '/rackspace/images/v2/images'],
])('an injected 401 of %s names the identity service, whatever its message', async (operation, path) => {
  const { app, url } = emulator;
  const token = await login(url);
  const { projectId } = emulator.worlds.default.identity.callerOf(token) ?? {};
  for (const fault of [{ answer: 401 }, { answer: 401, message: 'Not today.' }, { answer: 401, body: {} }]) {
    await request(app)
      .post('/__admin/faults')
      .send({ match: { operation }, calls: { to: 1 }, fault })
      .expect(201);
    const test = request(url)
      .get(path.replace('{project}', String(projectId)))
      .set('X-Auth-Token', token);
    expect(challengeOf(await test)).toEqual([401, challenge]);
  }
});

test('a rejected login has no challenge, and has the headers of the front end', async () => {
  const { status, headers } = await request(emulator.url)
    .post('/rackspace/servers/v2.0/tokens')
    .send({ auth: { passwordCredentials: { username: 'demo', password: 'wrong' } } });
  expect(status).toBe(401);
  expect(headers).not.toHaveProperty('www-authenticate');
  expect(headers).toMatchObject({ server: 'Jetty(8.0.y.z-SNAPSHOT)', via: '1.1 Repose (Repose/2.12)' });
});
