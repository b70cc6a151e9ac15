import { expect, test } from '@jest/globals';
import { createCloud, messageOf } from './support.ts';

const UUID = '11111111-1111-4111-8111-111111111111';

test.each(['/', '/v1/images', '/v2.17/images', '/v2.99', '/images', '/nonsense', '/healthcheck/', '//', '/V2/images'])(
  'returns 300 with the supported versions for %s',
  async (path) => {
    const { status, body, headers } = await createCloud().send('GET', path, { user: null });
    expect(status).toBe(300);
    expect(body.versions).toHaveLength(17);
    expect(body.versions[0]).toMatchObject({ id: 'v2.16', status: 'CURRENT' });
    expect(body.versions[16]).toMatchObject({ id: 'v2.0', status: 'SUPPORTED' });
    expect(body.versions[0].links[0].href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/image\/v2\/$/);
    expect(headers['x-openstack-request-id']).toBeUndefined();
  },
);

test.each(['/versions', '/versions/', '/versions/x'])(
  'returns the version list with 200 for %s and any method',
  async (path) => {
    const cloud = createCloud();
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      expect((await cloud.send(method, path, { user: null })).status).toBe(200);
    }
  },
);

test('builds links from the Host header', async () => {
  const { body } = await createCloud().send('GET', '/versions', { headers: { Host: 'images.example.org' } });
  expect(body.versions[0].links[0].href).toBe('http://images.example.org/image/v2/');
});

test.each(['/v2.9/images', '/v2.0/images', '/v2//images', '//v2/images', '/v2/%69mages'])(
  'returns the image list for %s',
  async (path) => {
    const { status, body } = await createCloud().send('GET', path);
    expect([status, body.first]).toEqual([200, '/v2/images']);
  },
);

test('selects the version from the Accept header', async () => {
  const cloud = createCloud();
  const accept = (version: string): { readonly headers: { readonly Accept: string } } => ({
    headers: { Accept: `application/vnd.openstack.images-${version}` },
  });
  expect((await cloud.send('GET', '/images', accept('v2.1'))).status).toBe(200);
  expect((await cloud.send('GET', '/v2/images', accept('v2.1'))).status).toBe(404);
  expect((await cloud.send('GET', '/v2/images', accept('v9'))).status).toBe(300);
});

test.each([
  '/v2/',
  '/v2/nonsense',
  '/v2/images/',
  `/v2/images/${UUID}/`,
  `/v2/images/${UUID}/nonsense`,
  '/v2/schemas/bogus',
])('returns 404 for %s with a token and 401 without', async (path) => {
  const cloud = createCloud();
  const response = await cloud.send('GET', path);
  expect([response.status, messageOf(response)]).toEqual([404, 'The resource could not be found.']);
  expect(response.headers['x-openstack-request-id']).toMatch(/^req-/);
  expect((await cloud.send('GET', path, { user: null })).status).toBe(401);
});

test.each(['/v2', '/v2.5'])('redirects %s to the path with a trailing slash', async (path) => {
  const response = await createCloud().send('GET', path);
  expect(response.status).toBe(302);
  expect(response.headers['location']).toMatch(/\/image\/v2\/$/);
});

test.each([
  ['PUT', '/v2/images', 'GET, POST'],
  ['HEAD', '/v2/images', 'GET, POST'],
  ['POST', `/v2/images/${UUID}`, 'GET, PATCH, DELETE'],
  ['DELETE', `/v2/images/${UUID}/file`, 'GET, PUT'],
  ['POST', '/v2/schemas/image', 'GET'],
])('returns 405 for %s %s with the allowed methods', async (method, path, allow) => {
  const cloud = createCloud();
  const response = await cloud.send(method, path);
  expect([response.status, response.headers['allow']]).toEqual([405, allow]);
  expect((await cloud.send(method, path, { user: null })).status).toBe(401);
});

test.each([
  ['/v2/images', 'demo', 405],
  ['/v2/nothing', 'demo', 404],
  ['/v2/images', null, 401],
] as const)('HEAD %s by %s returns %d with an empty HTML body regardless of Accept', async (path, user, status) => {
  const response = await createCloud().send('HEAD', path, { user, headers: { Accept: 'application/json' } });
  expect(response.status).toBe(status);
  expect(response.headers).toMatchObject({ 'content-length': '0', 'content-type': 'text/html; charset=UTF-8' });
});

test('formats a 405 as the Accept header requests', async () => {
  const response = await createCloud().send('PUT', '/v2/images', { headers: { Accept: 'application/json' } });
  expect(response.body).toEqual({
    message: 'The method PUT is not allowed for this resource. <br /><br />\n',
    code: '405 Method Not Allowed',
    title: 'Method Not Allowed',
  });
});

test('returns an empty response to OPTIONS on every path', async () => {
  const response = await createCloud().send('OPTIONS', '/v2/images', { user: null });
  expect([response.status, response.text, response.headers['x-openstack-request-id']]).toEqual([200, '', undefined]);
});

test('serves the health check without a token', async () => {
  const response = await createCloud().send('GET', '/healthcheck', { user: null });
  expect([response.status, response.text]).toEqual([200, 'OK']);
});

test.each([
  ['application/json', 'application/json'],
  ['application/*;q=0.5, text/html', 'text/html; charset=UTF-8'],
  ['application/json, text/plain', 'text/plain; charset=UTF-8'],
  ['image/png', 'text/plain; charset=UTF-8'],
])('the health check with Accept: %s has the type %s', async (accept, type) => {
  const response = await createCloud().send('GET', '/healthcheck', { user: null, headers: { Accept: accept } });
  expect([response.status, response.headers['content-type']]).toEqual([200, type]);
});

test.each([
  ['req-mine', 'req-mine'],
  ['mine', 'req-mine'],
])('echoes the request id %s as %s', async (sent, echoed) => {
  const cloud = createCloud();
  for (const path of ['/v2/images', `/v2/images/${UUID}`]) {
    const response = await cloud.send('GET', path, { headers: { 'X-Openstack-Request-Id': sent } });
    expect(response.headers['x-openstack-request-id']).toBe(echoed);
  }
});

test('returns 500 for a request id of more than 64 characters', async () => {
  const cloud = createCloud();
  const send = (length: number) =>
    cloud.send('GET', '/v2/images', { headers: { 'X-Openstack-Request-Id': 'x'.repeat(length) } });
  expect((await send(64)).status).toBe(200);
  expect((await send(65)).status).toBe(500);
});

test.each(['image', 'images', 'member', 'members', 'task', 'tasks'])(
  'the schema %s contains its name',
  async (name) => {
    const { status, body } = await createCloud().send('GET', `/v2/schemas/${name}`);
    expect([status, body.name]).toEqual([200, name]);
  },
);

test('the schema of an image lists its properties, statuses and additional properties', async () => {
  const { body } = await createCloud().send('GET', '/v2/schemas/image');
  expect(Object.keys(body)).toEqual(['name', 'properties', 'additionalProperties', 'links']);
  expect(body.additionalProperties).toEqual({ type: 'string' });
  expect(body.properties.status).toMatchObject({ readOnly: true, enum: expect.arrayContaining(['queued', 'active']) });
  expect(body.properties.kernel_id).toMatchObject({ type: ['null', 'string'], is_base: false });
});
