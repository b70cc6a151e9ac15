import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ADMIN_OPERATIONS } from '../../src/admin/operations/index.ts';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

let emulator: StartedEmulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const reads = Object.values(ADMIN_OPERATIONS).filter(({ method }) => method === 'get');

test.each(reads)('$path of the admin API rejects parameters named like members of objects', async ({ path }) => {
  for (const name of NAMES) {
    const address = `/__admin${path.replaceAll(/\{\w+\}/g, name)}?${name}=1`;
    const { status } = await request(emulator.app).get(address);
    expect([400, 404]).toContain(status);
  }
});

describe('a body nested 5,000 deep', () => {
  const NESTED = '['.repeat(5000) + ']'.repeat(5000);
  const FAILED = 'The server has either erred or is incapable of performing the requested operation.';

  test.each([
    ['/image/v2/images', FAILED],
    ['/image/v2/tasks', FAILED],
    ['/image/v2/metadefs/namespaces', FAILED],
    ['/compute/v2.1/servers', FAILED],
    ['/identity/v3/auth/tokens', 'An unexpected error prevented the server from fulfilling your request.'],
    ['/identity/v3/users', 'An unexpected error prevented the server from fulfilling your request.'],
  ])('gets the 500 of the service at %s', async (path, message) => {
    const token = await login(emulator.app, { user: 'admin' });
    const { status, text } = await request(emulator.app)
      .post(path)
      .set({ 'X-Auth-Token': token, 'Content-Type': 'application/json' })
      .send(NESTED);
    expect(status).toBe(500);
    expect(text).toContain(message);
  });

  test('is a 400 of the admin API', async () => {
    const { status, body } = await request(emulator.app).post('/__admin/worlds').type('json').send(NESTED);
    expect(status).toBe(400);
    expect(body.error.message).toContain('has more than 200 levels of lists and objects');
  });
});

describe('a body of 100,000 values', () => {
  const MANY = `{"name":[${Array.from({ length: 100_000 }, () => '1').join(',')}]}`;

  test.each([
    ['/image/v2/images', 'at most 50000 values'],
    ['/ims/v2/cloudimages/action', 'Request entity too large'],
    ['/__admin/worlds', 'more than 50000 values'],
  ])('is a 413 at %s', async (path, message) => {
    const token = await login(emulator.app, { user: 'admin' });
    const { status, text } = await request(emulator.app)
      .post(path)
      .set({ 'X-Auth-Token': token, 'Content-Type': 'application/json' })
      .send(MANY);
    expect(text).toContain(message);
    expect(status).toBe(413);
  });
});

test('domain configurations of groups named like members of objects do not exist', async () => {
  const token = await login(emulator.app, { user: 'admin' });
  for (const name of NAMES) {
    const { status } = await request(emulator.app)
      .get(`/identity/v3/domains/config/${name}/a/default`)
      .set('X-Auth-Token', token);
    expect(status).toBe(403);
  }
});
