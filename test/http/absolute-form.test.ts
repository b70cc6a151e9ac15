import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { sendRaw } from '../support/raw-socket.ts';

let emulator: StartedEmulator;
let token: string;
beforeAll(async () => {
  emulator = await startEmulator();
  token = await login(emulator.url);
});
afterAll(() => emulator.close());

const get = async (path: string): Promise<string> => {
  const { port } = new URL(emulator.url);
  const { head } = await sendRaw(Number(port), { method: 'GET', path, headers: { 'X-Auth-Token': token } });
  return head.slice(9, 12);
};

test.each([
  ['compute-v2.1', '/compute/v2.1/images', '200'],
  ['ims', '/ims/v2/cloudimages', '200'],
  // Glance takes scheme and host for the start of a path, at which it offers its versions; Keystone finds nothing there.
  ['image-v2', '/image/v2/images', '300'],
  ['identity', '/identity/v3/auth/catalog', '404'],
])('%s returns to a target with scheme and host what its service returns', async (_dialect, path, status) => {
  expect(await get(path)).toBe('200');
  expect(await get(`http://proxy.example:80${path}?limit=1`)).toBe(status);
});

test('a target with scheme and host reaches the index, and a world', async () => {
  expect(await get('http://proxy.example')).toBe('200');
  expect(await get('http://proxy.example/w/none/compute/v2.1/images')).toBe('404');
});
