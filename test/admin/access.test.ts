import { afterEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createEmulator, type Emulator } from '../../src/emulator.ts';
import type { SideglanceOptions } from '../../src/index.ts';
import { type Sideglance, startSideglance } from '../../src/index.ts';

const PAGE = 'http://localhost:5173';
const EVIL = 'http://evil.example';

let cloud: Sideglance | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

const start = async (options: SideglanceOptions = {}): Promise<Sideglance> => {
  cloud = await startSideglance(options);
  return cloud;
};

const emulator = (): Emulator => createEmulator({});

describe('The admin API on loopback', () => {
  test.each([
    ['the page of another origin', { Origin: EVIL }, 'Origin', EVIL],
    ['a page without an origin', { Origin: 'null' }, 'Origin', 'null'],
    ['another port of this machine', { Origin: PAGE }, 'Origin', PAGE],
    [
      'a form of another site',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
      'Sec-Fetch-Site',
      'cross-site',
    ],
    [
      'an element of a page of the same site',
      { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' },
      'Sec-Fetch-Site',
      'same-site',
    ],
    ['a name that was rebound to this machine', { Host: 'evil.example' }, 'Host', 'evil.example'],
    ['a name that only begins like this machine', { Host: 'localhost.evil.example' }, 'Host', 'localhost.evil.example'],
  ])('rejects %s, and changes nothing', async (_title, headers, pointer, value) => {
    const { app, worlds } = emulator();
    worlds.default.journal.label = 'before';
    const response = await request(app).put('/__admin/label').set(headers).send({ label: 'after' });
    expect(response.status).toBe(403);
    expect(response.body.error).toMatchObject({ pointer, value, allowed: expect.any(Array) });
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect(worlds.default.journal.label).toBe('before');
  });

  test.each(['127.0.0.1', '127.1.2.3:9292', 'localhost', 'LOCALHOST:80', 'a.b.localhost:1', '[::1]:9292'])(
    'accepts the Host header %s and the origin with that host',
    async (host) => {
      const { app } = emulator();
      expect((await request(app).get('/__admin/worlds').set({ Host: host })).status).toBe(200);
      const own = { Host: host, Origin: `http://${host.toLowerCase()}` };
      expect((await request(app).get('/__admin/worlds').set(own)).status).toBe(200);
    },
  );

  test('accepts links from other sites, which only read', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await request(emulator().app).get('/__admin/worlds').set(headers)).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'rejects a body of the type "%s"',
    async (type) => {
      const { app, worlds } = emulator();
      const response = await request(app).put('/__admin/label').set('Content-Type', type).send('{"label":"after"}');
      expect(response.status).toBe(415);
      expect(response.headers['accept-post']).toBe('application/json');
      expect(response.body.error).toMatchObject({ pointer: 'Content-Type', allowed: 'application/json' });
      expect(worlds.default.journal.label).toBeUndefined();
    },
  );

  test('accepts the body of curl -d, which is JSON in spite of its type', async () => {
    const { app } = emulator();
    const curl = { 'User-Agent': 'curl/7.88.1', 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await request(app).put('/__admin/label').set(curl).send('{"label":"after"}')).status).toBe(200);
  });

  test.each([
    { 'User-Agent': 'curl/7.88.1', 'Content-Type': 'text/plain' },
    { 'User-Agent': 'Mozilla/5.0 curl/7', 'Content-Type': 'application/x-www-form-urlencoded' },
    {
      'User-Agent': 'curl/7.88.1',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Sec-Fetch-Site': 'same-origin',
    },
  ])('takes no other body for that of curl -d: %j', async (headers) => {
    expect((await request(emulator().app).put('/__admin/label').set(headers).send('{"label":"a"}')).status).toBe(415);
  });

  test('responds to health checks under any name', async () => {
    const { app } = emulator();
    expect((await request(app).get('/__admin/health').set('Host', 'sideglance:9292')).status).toBe(200);
    expect((await request(app).get('/__admin/worlds').set('Host', 'sideglance:9292')).status).toBe(403);
  });
});

describe('--admin-origin', () => {
  test('lets a page use the admin API, after a preflight request', async () => {
    const { url } = await start({ admin: { origins: [`${PAGE}/`] } });
    const preflight = await request(url)
      .options('/__admin/label')
      .set({ Origin: PAGE, 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'content-type' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': expect.stringContaining('PUT'),
      'access-control-allow-headers': expect.stringContaining('Content-Type'),
      vary: 'Origin',
    });
    const put = await request(url).put('/__admin/label').set('Origin', PAGE).send({ label: 'a' });
    expect([put.status, put.headers['access-control-allow-origin']]).toEqual([200, PAGE]);
    const missing = await request(url).get('/__admin/scenarios/none').set('Origin', PAGE);
    expect([missing.status, missing.headers['access-control-allow-origin']]).toEqual([404, PAGE]);
  });

  test('does not let other pages', async () => {
    const { url } = await start({ admin: { origins: [PAGE] } });
    const preflight = await request(url)
      .options('/__admin/label')
      .set({ Origin: EVIL, 'Access-Control-Request-Method': 'PUT' });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });

  test.each(['localhost:5173', `${PAGE}/path`, ''])('rejects "%s"', async (origin) => {
    await expect(start({ admin: { origins: [origin] } })).rejects.toThrow('admin/origins');
  });
});

describe('A server with an admin token', () => {
  const token = { Authorization: 'Bearer secret' };

  test('checks the token before it reads the body', async () => {
    const { url } = await start({ admin: { token: 'secret' } });
    const response = await fetch(`${url}/__admin/label`, {
      method: 'PUT',
      // A body that never ends: a server that waits for it never responds.
      body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"label":')) }),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(401);
  });

  test('accepts any Host header, but no page of another origin', async () => {
    const { url } = await start({ admin: { token: 'secret' } });
    const get = (headers: Record<string, string>) =>
      request(url)
        .get('/__admin/worlds')
        .set({ ...token, ...headers });
    expect((await get({ Host: 'sideglance:9292' })).status).toBe(200);
    expect((await get({ Origin: EVIL })).status).toBe(403);
  });

  test('shows the login at GET / only with the token', async () => {
    const { url } = await start({ admin: { token: 'secret' } });
    expect((await request(url).get('/')).body.credentials).toBeNull();
    expect((await request(url).get('/').set(token)).body.credentials.openstack.OS_PASSWORD).toBe('secret');
  });
});

test('GET / shows no login to web pages of other sites, and none beyond loopback without the token', async () => {
  const { app } = emulator();
  const credentials = async (headers: Record<string, string>) =>
    (await request(app).get('/').set(headers)).body.credentials;
  expect(await credentials({})).toMatchObject({ openstack: { OS_USERNAME: 'demo' } });
  expect(await credentials({ Host: 'evil.example' })).toBeNull();
  expect(await credentials({ Origin: EVIL })).toBeNull();
  const exposed = createEmulator({ admin: { isOff: true, isExposed: true } });
  expect((await request(exposed.app).get('/')).body.credentials).toBeNull();
});

test('the host of --external-url is a valid Host header', async () => {
  const { port } = await start({ externalUrl: 'https://images.example' });
  const url = `http://127.0.0.1:${port}`;
  const get = (headers: Record<string, string>) => request(url).get('/__admin/worlds').set(headers);
  expect((await get({ Host: 'images.example' })).status).toBe(200);
  expect((await get({ Host: 'images.example', Origin: 'https://images.example' })).status).toBe(200);
  expect((await get({ Host: 'other.example' })).status).toBe(403);
});
