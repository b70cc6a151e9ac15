import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { sign } from '../../../src/identity/signature.ts';
import { createTestEmulator, NOON } from '../../support/emulator.ts';

let emulator: Emulator;
const post = (path: string, body: object) => request(emulator.app).post(path).set('Host', 'cloud').send(body);

beforeEach(() => {
  emulator = createTestEmulator({ frozenAt: NOON });
});

describe('Keystone v2.0', () => {
  const path = '/identity/v2.0/tokens';
  const demo = { passwordCredentials: { username: 'demo', password: 'secret' } };

  test('logs in by password, and by token for a tenant', async () => {
    const unscoped = await post(path, { auth: demo });
    expect(unscoped.status).toBe(200);
    const { token } = unscoped.body.access;
    const tenants = await request(emulator.app).get('/identity/v2.0/tenants').set('X-Auth-Token', token.id);
    const [tenant] = tenants.body.tenants;
    expect(tenant).toMatchObject({ name: 'demo', enabled: true });
    const scoped = await post(path, { auth: { token: { id: token.id }, tenantId: tenant.id } });
    expect(scoped.body.access.token).toMatchObject({ tenant: { id: tenant.id }, expires: token.expires });
    const image = scoped.body.access.serviceCatalog.find(({ type }: { type: string }) => type === 'image');
    expect(image.endpoints[0]).toMatchObject({ publicURL: 'http://cloud/image', region: 'RegionOne' });
  });

  test('rejects invalid logins', async () => {
    const wrong = { passwordCredentials: { username: 'demo', password: 'x' } };
    expect((await post(path, { auth: wrong })).status).toBe(401);
    expect((await post(path, { auth: { ...demo, tenantName: 'alt_demo' } })).status).toBe(401);
    expect((await post(path, { auth: { ...demo, tenantName: 'demo', tenantId: 'x' } })).status).toBe(400);
    expect((await post(path, { auth: {} })).status).toBe(400);
    expect((await post(path, {})).status).toBe(400);
    expect((await post(path, { auth: { token: { id: 'bad' } } })).status).toBe(401);
  });
});

describe('Rackspace identity', () => {
  const path = '/rackspace/identity/v2.0/tokens';
  const key = { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } };

  test('logs in by API key, with a catalog that the clients of Rackspace understand', async () => {
    const response = await post(path, { auth: key });
    expect(response.status).toBe(200);
    const { token, serviceCatalog, user } = response.body.access;
    expect(token).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      'RAX-AUTH:authenticatedBy': ['APIKEY'],
    });
    expect(user['RAX-AUTH:defaultRegion']).toBe('DFW');
    const endpoints = serviceCatalog.map(
      ({
        name,
        type,
        endpoints: [endpoint],
      }: {
        name: string;
        type: string;
        endpoints: [{ region: string; publicURL: string }];
      }) => [type, name, endpoint.region, endpoint.publicURL],
    );
    expect(endpoints).toEqual([
      ['compute', 'cloudServersOpenStack', 'DFW', `http://cloud/rackspace/servers/v2/${token.tenant.id}`],
      ['image', 'cloudImages', 'DFW', `http://cloud/rackspace/images/v2/${token.tenant.id}`],
    ]);
  });

  test('shows a token, lists its endpoints and revokes it', async () => {
    const { id } = (await post(path, { auth: key })).body.access.token;
    const get = (rest: string) => request(emulator.app).get(`${path}/${id}${rest}`).set('X-Auth-Token', id);
    expect((await get('')).body.access.token.id).toBe(id);
    expect((await get('')).body.access.serviceCatalog).toBeUndefined();
    expect((await get('/endpoints')).body.endpoints.map(({ id: number }: { id: number }) => number)).toEqual([1, 2]);
    expect((await get('?belongsTo=other')).status).toBe(404);
    expect((await request(emulator.app).delete(path).set('X-Auth-Token', id)).status).toBe(204);
    const revoked = await get('');
    expect([revoked.status, revoked.body.unauthorized.code]).toEqual([401, 401]);
  });

  test('rejects a wrong key, a tenant by both id and name, and an unknown token', async () => {
    const wrong = await post(path, { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'x' } } });
    expect([wrong.status, wrong.body.unauthorized.message]).toEqual([
      401,
      'Unable to authenticate user with credentials provided.',
    ]);
    expect((await post(path, { auth: { ...key, tenantId: 'a', tenantName: 'b' } })).body.badRequest.code).toBe(400);
    expect((await post(path, { auth: { token: { id: 'bad' }, tenantId: 'a' } })).body.itemNotFound.code).toBe(404);
  });
});

describe('Huawei IAM', () => {
  const logIn = () =>
    post('/iam/v3/auth/tokens', {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'demo', password: 'secret', domain: { name: 'Default' } } },
        },
        scope: { project: { name: 'eu-de' } },
      },
    });

  test('returns a long token for the project of a region, with role ids of 0', async () => {
    const response = await logIn();
    expect(response.status).toBe(201);
    expect(response.headers['x-subject-token']).toMatch(/^MII.{1000,}$/);
    expect(response.body.token.roles[0].id).toBe('0');
    expect(response.body.token.catalog.map(({ type }: { type: string }) => type)).toContain('image');
  });

  test('accepts a signed request that looks up its project by the name of a region', async () => {
    const target = '/iam/v3/projects?name=eu-de';
    const send = (accessKey: string, secretKey: string, date: string, from = target) => {
      const headers = { host: 'cloud', 'x-sdk-date': date };
      const unsigned = { accessKey, signedHeaders: ['host', 'x-sdk-date'], signature: '' };
      const signature = sign({ method: 'GET', target, headers, body: undefined }, unsigned, {
        sdkDate: date,
        secretKey,
      });
      return request(emulator.app)
        .get(from)
        .set({
          ...headers,
          Authorization: `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=host;x-sdk-date, Signature=${signature}`,
        });
    };
    const now = '20261121T120000Z';
    const response = await send('demo-ak', 'demo-sk', now);
    expect([response.status, response.body.projects[0].name]).toEqual([200, 'demo']);
    for (const rejected of [
      send('demo-ak', 'wrong', now),
      send('nobody', 'demo-sk', now),
      send('demo-ak', 'demo-sk', '20261121T114400Z'),
      send('demo-ak', 'demo-sk', now, '/iam/v3/projects?name=other'),
    ]) {
      const { status, body } = await rejected;
      expect([status, body.error_code]).toEqual([401, 'APIGW.0301']);
    }
  });

  test('verifies the older form of a signature', async () => {
    const date = '20261121T120000Z';
    const canonical = `GET\n/iam/v3/projects/\n\nhost:cloud\nx-sdk-date:${date}\n\nhost;x-sdk-date\n${createHash('sha256').digest('hex')}`;
    const scope = '20261121/eu-de/iam/sdk_request';
    const text = `SDK-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
    const key = scope
      .split('/')
      .reduce<string | Buffer>((secret, step) => createHmac('sha256', secret).update(step).digest(), 'SDKdemo-sk');
    const signature = createHmac('sha256', key).update(text).digest('hex');
    const response = await request(emulator.app)
      .get('/iam/v3/projects')
      .set({
        Host: 'cloud',
        'X-Sdk-Date': date,
        Authorization: `SDK-HMAC-SHA256 Credential=demo-ak/${scope}, SignedHeaders=host;x-sdk-date, Signature=${signature}`,
      });
    expect(response.status).toBe(200);
  });
});

test('a token of one world is unknown in another', async () => {
  const world = await request(emulator.app).post('/__admin/worlds').send({ name: 'other' });
  expect(world.status).toBe(201);
  const response = await post('/w/other/identity/v2.0/tokens', {
    auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' },
  });
  const { token, serviceCatalog } = response.body.access;
  expect(serviceCatalog[0].endpoints[0].publicURL).toMatch(/^http:\/\/cloud\/w\/other\//);
  const getTenants = (prefix: string) =>
    request(emulator.app).get(`${prefix}/identity/v2.0/tenants`).set('X-Auth-Token', token.id);
  expect((await getTenants('/w/other')).status).toBe(200);
  expect((await getTenants('')).status).toBe(401);
});
