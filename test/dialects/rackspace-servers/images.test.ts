import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
let tenant: string;

beforeEach(async () => {
  emulator = createTestEmulator({ frozenAt: NOON });
  const response = await request(emulator.app)
    .post('/rackspace/identity/v2.0/tokens')
    .send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } });
  ({ id: token } = response.body.access.token);
  tenant = response.body.access.token.tenant.id;
});

const send = (method: 'get' | 'delete' | 'put', rest: string) =>
  request(emulator.app)
    [method](`/rackspace/servers/v2/${tenant}/images${rest}`)
    .set({ Host: 'cloud', 'X-Auth-Token': token });

async function idOf(name: string): Promise<string> {
  const [image] = (await send('get', `?name=${encodeURIComponent(name)}`)).body.images;
  return image.id;
}

describe('Cloud Servers images', () => {
  test('are listed as summaries with links of this API, or in detail', async () => {
    const [summary] = (await send('get', '?name=demo-private')).body.images;
    expect(summary).toEqual({
      id: summary.id,
      name: 'demo-private',
      links: [
        { rel: 'self', href: `http://cloud/rackspace/servers/v2/${tenant}/images/${summary.id}` },
        { rel: 'bookmark', href: `http://cloud/rackspace/servers/${tenant}/images/${summary.id}` },
        {
          rel: 'alternate',
          type: 'application/vnd.openstack.image',
          href: `http://cloud/rackspace/servers/images/${summary.id}`,
        },
      ],
    });
    const [full] = (await send('get', '/detail?name=demo-private')).body.images;
    expect(full).toMatchObject({ status: 'ACTIVE', progress: 100, minDisk: expect.any(Number), metadata: {} });
    const shown = await send('get', `/${summary.id}`);
    expect(shown.body.image).toEqual(full);
    expect(shown.headers).toMatchObject({
      via: expect.stringContaining('Repose'),
      'x-compute-request-id': expect.any(String),
    });
  });

  test('are filtered by the types and statuses of this API', async () => {
    const names = async (query: string) =>
      (await send('get', `?${query}`)).body.images.map(({ name }: { name: string }) => name);
    expect(await names('type=SNAPSHOT')).toEqual(['web-1-snapshot']);
    expect([...(await names('status=SAVING'))].sort()).toEqual(['status-queued', 'status-saving']);
    expect(await names('status=ERROR')).toEqual(['status-killed']);
    expect(await names('changes-since=2100-01-01')).toEqual([]);
  });

  test('that are deleted can be listed for thirty days', async () => {
    const id = await idOf('demo-private');
    expect((await send('delete', `/${id}`)).status).toBe(204);
    const find = async (query: string) =>
      (await send('get', `/detail?${query}`)).body.images.find((image: { id: string }) => image.id === id)?.status;
    expect(await find('')).toBeUndefined();
    expect(await find('changes-since=2026-11-21T12:00:00')).toBe('DELETED');
    expect(await find('status=DELETED')).toBe('DELETED');
    expect(await find('changes-since=2026-11-21T12:00:01Z')).toBeUndefined();
    emulator.worlds.default.setLimits({ tokenSeconds: 100 * 86_400 });
    emulator.worlds.default.clock.advance(30 * 86_400_000 + 1);
    token = await login(emulator.app);
    expect(await find('changes-since=2026-11-21')).toBeUndefined();
  });

  test('are found with .json at the end of the path', async () => {
    const id = await idOf('demo-private');
    expect((await send('get', `/${id}.json`)).body.image.id).toBe(id);
    expect((await send('get', '/detail.json?limit=1')).body.images[0]).toHaveProperty('status');
  });

  test('of an unknown status are an empty list', async () => {
    expect((await send('get', '?status=NOPE')).body).toEqual({ images: [] });
  });

  test('have a next link while more images follow', async () => {
    const all = (await send('get', '')).body;
    expect(all.images_links).toBeUndefined();
    const first = (await send('get', `?limit=${all.images.length - 1}`)).body;
    const next = new URL(first.images_links[0].href);
    expect(next.searchParams.get('marker')).toBe(first.images.at(-1).id);
    const second = (await send('get', `?${next.searchParams}`)).body;
    expect(second.images.map(({ id }: { id: string }) => id)).toEqual([all.images.at(-1).id]);
    expect(second.images_links).toBeUndefined();
  });

  test('are skipped by offset, which the next link does not repeat', async () => {
    const ids = async (query: string) =>
      (await send('get', `?${query}`)).body.images.map(({ id }: { id: string }) => id);
    const all = await ids('');
    const later = (await send('get', '?offset=2&limit=2')).body;
    expect(later.images.map(({ id }: { id: string }) => id)).toEqual(all.slice(2, 4));
    const next = new URL(later.images_links[0].href).searchParams;
    expect(Object.fromEntries(next)).toEqual({ limit: '2', marker: all[3] });
    expect(await ids(`${next}`)).toEqual(all.slice(4, 6));
    expect(await ids(`marker=${all[3]}&offset=1&limit=1`)).toEqual(all.slice(5, 6));
    expect(await ids('offset=1000')).toEqual([]);
    expect(await ids('status=DELETED&offset=1')).toEqual((await ids('status=DELETED')).slice(1));
  });

  test('are an empty list after an unknown marker when the profile follows the guide', async () => {
    emulator.worlds.default.setProfiles({ 'rackspace-servers': { 'past-marker': 'guide' } });
    const [first, second] = (await send('get', '')).body.images;
    for (const path of ['', '/detail']) {
      const response = await send('get', `${path}?marker=5f0c1e9a-1111-4222-8333-444455556666`);
      expect([response.status, response.body]).toEqual([200, { images: [] }]);
    }
    expect((await send('get', `?marker=${first.id}&limit=1`)).body.images).toEqual([second]);
  });

  test.each([
    'limit=x',
    'limit=',
    'limit=-1',
    'limit=1.5',
    'limit=1_0',
    'offset=x',
    'offset=-1',
    'changes-since=',
    'changes-since=noon',
    'changes-since=2026-02-30',
    'marker=',
    'marker=nope',
  ])('return 400 for ?%s', async (query) => {
    const response = await send('get', `?${query}`);
    expect([response.status, response.body]).toEqual([400, { badRequest: { code: 400, message: expect.any(String) } }]);
  });

  test('in status ERROR have a fault, in lists and when shown', async () => {
    const id = await idOf('status-killed');
    const { image } = (await send('get', `/${id}`)).body;
    expect(image.fault).toEqual({ code: 500, message: expect.any(String), created: image.updated });
    const { images } = (await send('get', '/detail')).body;
    const withFault = images.filter((each: object) => 'fault' in each);
    expect(withFault).toEqual([image]);
  });
});

describe('deleting an image', () => {
  test('removes it immediately, with the media type of an empty page', async () => {
    const id = await idOf('demo-private');
    const response = await send('delete', `/${id}`);
    expect([response.status, response.headers['content-type']]).toEqual([204, 'text/html; charset=UTF-8']);
    const second = await send('delete', `/${id}`);
    expect([second.status, second.body.itemNotFound.code]).toEqual([404, 404]);
  });

  test.each([
    ['demo-protected', 403, 'forbidden'],
    ['status-saving', 409, 'buildInProgress'],
    ['status-queued', 409, 'buildInProgress'],
    ['in-use-by-web-1', 409, 'conflictingRequest'],
  ])('rejects %s with %i %s', async (name, status, fault) => {
    const id = await idOf(name);
    const response = await send('delete', `/${id}`);
    expect([response.status, response.body[fault].code]).toEqual([status, status]);
    expect((await send('get', `/${id}`)).status).toBe(200);
  });

  test('rejects a body', async () => {
    const id = await idOf('demo-private');
    const response = await send('delete', `/${id}`).send({ delete_backup: true });
    expect([response.status, Object.keys(response.body)]).toEqual([400, ['badRequest']]);
    expect((await send('get', `/${id}`)).status).toBe(200);
  });

  test('requires a UUID', async () => {
    expect((await send('delete', '/nope')).body.badRequest.code).toBe(400);
    expect((await send('get', '/nope')).body.badRequest.code).toBe(400);
  });
});

describe('the front end of the service', () => {
  test('rejects a missing token, an invalid one, and that of another tenant', async () => {
    const path = `/rackspace/servers/v2/${tenant}/images`;
    expect((await request(emulator.app).get(path)).body.unauthorized.code).toBe(401);
    expect((await request(emulator.app).get(path).set('X-Auth-Token', 'bad')).status).toBe(401);
    const alt = await login(emulator.app, { user: 'alt_demo' });
    expect((await request(emulator.app).get(path).set('X-Auth-Token', alt)).status).toBe(401);
  });

  test('returns 404 for an address without a version or a tenant, such as a bookmark', async () => {
    const id = await idOf('demo-private');
    for (const path of [
      '',
      '/v2',
      '/v2/',
      `/v2/${tenant}`,
      `/v2/${tenant}/flavors`,
      `/${tenant}/images/${id}`,
      `/images/${id}`,
    ]) {
      const response = await request(emulator.app).get(`/rackspace/servers${path}`).set('X-Auth-Token', token);
      expect([path, response.status, Object.keys(response.body)]).toEqual([path, 404, ['itemNotFound']]);
    }
  });

  test('returns the allowed methods', async () => {
    const response = await send('put', '/x');
    expect([response.status, response.headers['allow'], response.body.badMethod.code]).toEqual([
      405,
      'GET, DELETE',
      405,
    ]);
  });

  test('counts the requests of an account and returns the retry time', async () => {
    emulator.worlds.default.setLimits({ callsPerMinute: 2 });
    expect((await send('get', '')).status).toBe(200);
    expect((await send('get', '')).status).toBe(200);
    const response = await send('get', '');
    expect(response.status).toBe(413);
    expect(response.body.overLimit).toMatchObject({ code: 413, retryAfter: '2026-11-21T12:01:00Z' });
    expect(response.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
    emulator.worlds.default.clock.advance(60_000);
    expect((await send('get', '')).status).toBe(200);
  });
});
