import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Received, send } from '../../scripts/conformance/send.ts';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';

let emulator: StartedEmulator;
let token: string;
beforeAll(async () => {
  emulator = await startEmulator();
  token = await login(emulator.url);
});
afterAll(() => emulator.close());

const SERVICES = [
  ['image-v2', '/image/v2/images'],
  ['compute-v2.1', '/compute/v2.1/images'],
  ['identity', '/identity/v3/auth/projects'],
] as const;

const get = (path: string, headers: Readonly<Record<string, string | readonly string[]>>): Promise<Received> =>
  send({ method: 'GET', url: emulator.url + path, headers });

describe('A repeated header', () => {
  test.each(SERVICES)('with two tokens is one token that %s does not know', async (_dialect, path) => {
    expect((await get(path, { 'X-Auth-Token': token })).status).toBe(200);
    for (const repeated of [
      [token, token],
      [token, 'x'],
      ['x', token],
      [token, ''],
    ]) {
      expect((await get(path, { 'X-Auth-Token': repeated })).status).toBe(401);
    }
  });

  test('with two media types is the first one for the Image API, and an unknown one for Compute', async () => {
    const types = ['application/json', 'text/plain'];
    const body = Buffer.from('{}');
    const post = (path: string, type: readonly string[]) =>
      send({
        method: 'POST',
        url: emulator.url + path,
        headers: { 'X-Auth-Token': token, 'Content-Type': type },
        body,
      });
    const upload = (type: readonly string[]) =>
      send({
        method: 'PUT',
        url: `${emulator.url}/image/v2/images/00000000-0000-0000-0000-000000000000/file`,
        headers: { 'X-Auth-Token': token, 'Content-Type': type },
        body,
      });
    expect((await upload(['application/octet-stream', 'text/plain'])).status).toBe(404);
    expect((await upload(['text/plain', 'application/octet-stream'])).status).toBe(415);
    expect((await post('/compute/v2.1/os-keypairs', types)).status).toBe(415);
    expect((await post('/compute/v2.1/os-keypairs', ['application/json'])).status).toBe(400);
  });

  test('with several versions of Compute means the last one', async () => {
    const version = async (headers: Readonly<Record<string, string | readonly string[]>>) =>
      (await get('/compute/v2.1/flavors', { 'X-Auth-Token': token, ...headers })).headers[
        'x-openstack-nova-api-version'
      ];
    expect(await version({ 'X-OpenStack-Nova-API-Version': ['2.20', '2.30'] })).toBe('2.30');
    expect(await version({ 'X-OpenStack-Nova-API-Version': 'latest, 2.5' })).toBe('2.5');
    expect(await version({ 'OpenStack-API-Version': ['compute 2.20', 'compute 2.30'] })).toBe('2.30');
  });
});
