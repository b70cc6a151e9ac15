import { expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/rackspace-images/contract.ts';
import { createTestEmulator, NOON } from '../../support/emulator.ts';

const IMAGES = '/rackspace/images/v2/images';
const PATCH = 'application/openstack-images-v2.1-json-patch';
const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';

interface ShownImage {
  readonly id: string;
  readonly name?: string;
  readonly [name: string]: unknown;
}

async function logIn(app: Express, username = 'demo', apiKey = 'demo-api-key'): Promise<string> {
  const response = await request(app)
    .post('/rackspace/identity/v2.0/tokens')
    .send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey } } });
  expect(response.status).toBe(200);
  return response.body.access.token.id;
}

async function start(): Promise<{
  readonly app: Express;
  readonly token: string;
  readonly emulator: ReturnType<typeof createTestEmulator>;
  idOf(name: string): string;
}> {
  const emulator = createTestEmulator();
  const token = await logIn(emulator.app);
  const idOf = (name: string): string => {
    const world = emulator.worlds.get('default');
    const found = world?.images.list({ audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 }).images[0];
    if (found === undefined) throw new Error(`no image ${name}`);
    return found.id;
  };
  return { app: emulator.app, token, emulator, idOf };
}

const patch = (app: Express, token: string, id: string, operations: unknown, type = PATCH): request.Test =>
  request(app)
    .patch(`${IMAGES}/${id}`)
    .set('X-Auth-Token', token)
    .set('Content-Type', type)
    .send(typeof operations === 'string' ? operations : JSON.stringify(operations));

const checkImage = compile(contract.operations.showImage.response);
const checkList = compile(contract.operations.listImages.response);

test('an image omits unset attributes and shows its properties as members', async () => {
  const { app, token, idOf } = await start();
  const id = idOf('CentOS 7 (PVHVM)');
  const response = await request(app).get(`${IMAGES}/${id}`).set('X-Auth-Token', token);
  expect(response.status).toBe(200);
  expect(response.headers['content-type']).toMatch(/^application\/json/);
  expect(checkImage(response.body)).toEqual([]);
  expect(response.body).toMatchObject({
    id,
    name: 'CentOS 7 (PVHVM)',
    status: 'active',
    visibility: 'public',
    size: 758777106,
    min_disk: 20,
    container_format: 'ovf',
    disk_format: 'vhd',
    image_type: 'base',
    vm_mode: 'hvm',
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
  });
  const queued = await request(app)
    .get(`${IMAGES}/${idOf('status-queued')}`)
    .set('X-Auth-Token', token);
  expect(queued.body).not.toHaveProperty('checksum');
  expect(queued.body).not.toHaveProperty('disk_format');
});

test.each([
  '/rackspace/images/images',
  '/rackspace/images/v2/images',
  '/rackspace/images/v2//images',
  '/rackspace/images/v2/images.json',
])('the list is available at %s', async (path) => {
  const { app, token } = await start();
  const response = await request(app).get(path).set('X-Auth-Token', token);
  expect(response.status).toBe(200);
  expect(response.body.images.length).toBeGreaterThan(5);
});

test('the path can contain a tenant, which must be that of the token', async () => {
  const { app, token, emulator, idOf } = await start();
  const tenant = emulator.worlds.get('default')?.images.peek(idOf('demo-private'))?.owner;
  const own = await request(app).get(`/rackspace/images/v2/${tenant}/images`).set('X-Auth-Token', token);
  expect(own.status).toBe(200);
  expect(own.body.first).toBe('/v2/images');
  for (const path of ['images', 'images.json', 'tasks.json', 'schemas/image']) {
    const other = await request(app).get(`/rackspace/images/v2/another/${path}`).set('X-Auth-Token', token);
    expect([path, other.status, Object.keys(other.body)]).toEqual([path, 401, ['unauthorized']]);
  }
});

test('next links lead through all pages of a list and keep its filters', async () => {
  const { app, token } = await start();
  const complete = await request(app)
    .get(`${IMAGES}?visibility=private&sort_key=name&sort_dir=asc`)
    .set('X-Auth-Token', token);
  expect(checkList(complete.body)).toEqual([]);
  expect(complete.body).not.toHaveProperty('next');
  const names: unknown[] = [];
  let path: string | undefined = '/v2/images?visibility=private&sort_key=name&sort_dir=asc&limit=2';
  while (path !== undefined) {
    const page: request.Response = await request(app).get(`/rackspace/images${path}`).set('X-Auth-Token', token);
    expect(page.status).toBe(200);
    expect(page.body.first).toBe('/v2/images?visibility=private&sort_key=name&sort_dir=asc&limit=2');
    names.push(...page.body.images.map((image: ShownImage) => image.name));
    path = page.body.next;
  }
  expect(names).toEqual(complete.body.images.map((image: ShownImage) => image.name));
  expect(names).toEqual([...names].sort());
  expect(names.length).toBeGreaterThan(2);
});

test('a path can end in .json, and so can the name of a tag', async () => {
  const { app, token, idOf } = await start();
  const id = idOf('demo-private');
  const send = (method: 'get' | 'put', path: string) =>
    request(app)[method](`${IMAGES}/${id}${path}`).set('X-Auth-Token', token);
  expect((await send('get', '.json')).body.id).toBe(id);
  expect((await send('get', '/members.json')).body.schema).toBe('/v2/schemas/members');
  await send('put', '/tags/data.json');
  expect((await send('get', '')).body.tags).toContain('data.json');
  expect((await send('get', '/members/data.json')).body.itemNotFound.message).toContain('data.json');
});

test('offset skips images at the start of the list', async () => {
  const { app, token } = await start();
  const all = await request(app).get(`${IMAGES}?sort_key=name&sort_dir=asc`).set('X-Auth-Token', token);
  const skipped = await request(app)
    .get(`${IMAGES}?sort_key=name&sort_dir=asc&offset=2&limit=2`)
    .set('X-Auth-Token', token);
  const ids = (body: { readonly images: readonly ShownImage[] }): readonly string[] => body.images.map(({ id }) => id);
  expect(ids(skipped.body)).toEqual(ids(all.body).slice(2, 4));
  const following = await request(app).get(`/rackspace/images${skipped.body.next}`).set('X-Auth-Token', token);
  expect(ids(following.body)).toEqual(ids(all.body).slice(4, 6));
});

test('lists contain public, own and accepted images, without hidden ones and those of other tenants', async () => {
  const { app, token } = await start();
  const response = await request(app).get(IMAGES).set('X-Auth-Token', token);
  const names = response.body.images.map((image: ShownImage) => image.name);
  expect(names).toEqual(expect.arrayContaining(['demo-private', 'CentOS 7 (PVHVM)']));
  expect(names).not.toContain('demo-hidden');
  const alt = await logIn(app, 'alt_demo', 'alt-demo-api-key');
  const accepted = await request(app).get(`${IMAGES}?visibility=shared`).set('X-Auth-Token', alt);
  expect(accepted.body.images.map((image: ShownImage) => image.name)).toContain('demo-shared');
  expect(accepted.body.images.map((image: ShownImage) => image.name)).not.toContain('demo-shared-pending');
  const pending = await request(app).get(`${IMAGES}?visibility=shared&member_status=pending`).set('X-Auth-Token', alt);
  expect(pending.body.images.map((image: ShownImage) => image.name)).toContain('demo-shared-pending');
});

test.each([
  'limit=x',
  'limit=-1',
  'marker=no-such-image',
  'sort_key=owner',
  'sort_key=constructor',
  'sort_dir=up',
  'visibility=community',
  'member_status=maybe',
  'size_min=large',
  'protected=TRUE',
  'offset=-1',
])('a list with %s is rejected', async (search) => {
  const { app, token } = await start();
  const response = await request(app).get(`${IMAGES}?${search}`).set('X-Auth-Token', token);
  expect(response.status).toBe(400);
  expect(response.body).toEqual({ badRequest: { code: 400, message: expect.any(String) } });
});

test('a list can be filtered by size, tag and any property', async () => {
  const { app, token } = await start();
  const names = async (search: string): Promise<readonly unknown[]> => {
    const response = await request(app).get(`${IMAGES}?${search}`).set('X-Auth-Token', token);
    expect(response.status).toBe(200);
    return response.body.images.map((image: ShownImage) => image.name);
  };
  expect(await names('tag=golden&tag=team-a')).toEqual(['demo-private']);
  expect(await names('image_type=snapshot')).toEqual(['web-1-snapshot']);
  expect(await names('name=demo-private&size_max=1')).toEqual([]);
  expect(await names('size_min=2199023255552')).toEqual(['demo-2tib']);
  expect(await names('__proto__=x')).toEqual([]);
  expect(await names('limit=0')).toEqual([]);
});

test('a protected image cannot be deleted until a patch unprotects it', async () => {
  const { app, token, idOf } = await start();
  const id = idOf('demo-private');
  const remove = (): request.Test => request(app).delete(`${IMAGES}/${id}`).set('X-Auth-Token', token);
  const protectedResponse = await patch(app, token, id, [{ op: 'replace', path: '/protected', value: true }]);
  expect(protectedResponse.status).toBe(200);
  expect(checkImage(protectedResponse.body)).toEqual([]);
  expect(protectedResponse.body.protected).toBe(true);
  const rejected = await remove();
  expect(rejected.status).toBe(403);
  expect(rejected.body.forbidden).toEqual({ code: 403, message: expect.stringContaining(id) });
  await patch(app, token, id, [{ op: 'replace', path: '/protected', value: false }]);
  const removed = await remove();
  expect(removed.status).toBe(204);
  expect(removed.text).toBe('');
  const again = await remove();
  expect(again.status).toBe(404);
  expect(again.body.itemNotFound.code).toBe(404);
});

test('a patch can change the formats of an image with data, as the guide warns', async () => {
  const { app, token, idOf } = await start();
  const formats = [
    { op: 'replace', path: '/disk_format', value: 'raw' },
    { op: 'replace', path: '/container_format', value: 'ovf' },
  ];
  const changed = await patch(app, token, idOf('demo-private'), formats);
  expect([changed.status, changed.body]).toMatchObject([200, { disk_format: 'raw', container_format: 'ovf' }]);
  expect((await patch(app, token, idOf('cirros-0.6.2-x86_64-disk'), formats)).status).toBe(403);
});

test('a patch adds, replaces and removes properties atomically', async () => {
  const { app, token, idOf } = await start();
  const id = idOf('demo-private');
  const changed = await patch(app, token, id, [
    { op: 'replace', path: '/name', value: 'renamed' },
    { op: 'add', path: '/com.mycompany~1colour', value: 'green' },
    { op: 'remove', path: '/team' },
  ]);
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ name: 'renamed', 'com.mycompany/colour': 'green' });
  expect(changed.body).not.toHaveProperty('team');
  const rejected = await patch(app, token, id, [
    { op: 'replace', path: '/name', value: 'lost' },
    { op: 'remove', path: '/team' },
  ]);
  expect(rejected.status).toBe(400);
  const shown = await request(app).get(`${IMAGES}/${id}`).set('X-Auth-Token', token);
  expect(shown.body.name).toBe('renamed');
});

test.each<[string, unknown, number]>([
  ['a value of the wrong type', [{ op: 'replace', path: '/protected', value: 'true' }], 400],
  ['a negative size', [{ op: 'replace', path: '/min_disk', value: -1 }], 400],
  ['an unknown format', [{ op: 'replace', path: '/disk_format', value: 'zvhd2' }], 400],
  ['an unknown operation', [{ op: 'move', path: '/name', value: 'x' }], 400],
  ['an object instead of a list', { op: 'replace', path: '/name', value: 'x' }, 400],
  ['malformed JSON', '[', 400],
  ['two tokens', [{ op: 'add', path: '/a/b', value: 'x' }], 400],
  ['a read-only attribute', [{ op: 'replace', path: '/status', value: 'active' }], 403],
  ['a property reserved to the provider', [{ op: 'add', path: '/com.rackspace__1__x', value: 'y' }], 403],
  ['a system property', [{ op: 'replace', path: '/image_type', value: 'base' }], 403],
  ['another owner', [{ op: 'replace', path: '/owner', value: 'me' }], 403],
  ['another visibility', [{ op: 'replace', path: '/visibility', value: 'public' }], 403],
  ['null', null, 400],
  ['a step of null', [null], 400],
  ['an empty step', [{}], 400],
  ['no value', [{ op: 'replace', path: '/name' }], 400],
  ['a pointer that is a number', [{ op: 'replace', path: 1, value: 'x' }], 400],
  ['a pointer without a slash', [{ op: 'replace', path: 'name', value: 'x' }], 400],
  ['a name that is a number', [{ op: 'replace', path: '/name', value: 1 }], 400],
  ['a long name', [{ op: 'replace', path: '/name', value: 'x'.repeat(256) }], 400],
  ['tags that are a string', [{ op: 'replace', path: '/tags', value: 'x' }], 400],
  ['a long tag', [{ op: 'replace', path: '/tags', value: ['x'.repeat(256)] }], 400],
  ['a boolean as memory', [{ op: 'replace', path: '/min_ram', value: true }], 400],
  ['memory over 31 bits', [{ op: 'replace', path: '/min_ram', value: 2 ** 31 }], 400],
  ['a property that is an object', [{ op: 'add', path: '/k', value: { a: 1 } }], 400],
  ['a name of null', [{ op: 'replace', path: '/name', value: null }], 400],
  ['a format of null', [{ op: 'replace', path: '/disk_format', value: null }], 400],
  ['a kernel of null', [{ op: 'add', path: '/kernel_id', value: null }], 400],
  ['a property of null', [{ op: 'add', path: '/k', value: null }], 400],
  ['a lone surrogate', [{ op: 'add', path: '/k', value: '\ud83d' }], 400],
  ['the removal of a name', [{ op: 'remove', path: '/name' }], 403],
])('a patch with %s is rejected', async (_title, operations, status) => {
  const { app, token, idOf } = await start();
  const response = await patch(app, token, idOf('demo-private'), operations);
  expect(response.status).toBe(status);
  expect(Object.keys(response.body)).toEqual([status === 400 ? 'badRequest' : 'forbidden']);
});

test('a patch of another media type returns 415 with Accept-Patch', async () => {
  const { app, token, idOf } = await start();
  const response = await patch(app, token, idOf('demo-private'), [], 'application/json');
  expect(response.status).toBe(415);
  expect(response.body.badMediaType.code).toBe(415);
  expect(response.headers['accept-patch']).toContain(PATCH);
  const old = 'application/openstack-images-v2.0-json-patch';
  const changed = await patch(app, token, idOf('demo-private'), [{ replace: '/name', value: 'old form' }], old);
  expect(changed.body.name).toBe('old form');
});

test('returns 413 for more properties than the quota', async () => {
  const { app, token, idOf, emulator } = await start();
  emulator.worlds.get('default')?.setLimits({ imagePropertyQuota: 1 });
  const response = await patch(app, token, idOf('demo-private'), [{ op: 'add', path: '/one-more', value: 'x' }]);
  expect(response.status).toBe(413);
  expect(response.body.overLimit.code).toBe(413);
});

test.each<[number, string, (context: Awaited<ReturnType<typeof start>>) => request.Test]>([
  [
    204,
    'an image of the project',
    ({ app, token, idOf }) =>
      request(app)
        .delete(`${IMAGES}/${idOf('demo-private')}`)
        .set('X-Auth-Token', token),
  ],
  [
    400,
    'an id that is not a UUID',
    ({ app, token }) => request(app).delete(`${IMAGES}/no-uuid`).set('X-Auth-Token', token),
  ],
  [
    400,
    'a body',
    ({ app, token, idOf }) =>
      request(app)
        .delete(`${IMAGES}/${idOf('demo-private')}`)
        .set('X-Auth-Token', token)
        .send({}),
  ],
  [401, 'no token', ({ app, idOf }) => request(app).delete(`${IMAGES}/${idOf('demo-private')}`)],
  [
    401,
    'an unknown token',
    ({ app, idOf }) =>
      request(app)
        .delete(`${IMAGES}/${idOf('demo-private')}`)
        .set('X-Auth-Token', 'nonsense'),
  ],
  [
    403,
    'a protected image',
    ({ app, token, idOf }) =>
      request(app)
        .delete(`${IMAGES}/${idOf('demo-protected')}`)
        .set('X-Auth-Token', token),
  ],
  [
    403,
    'a base image',
    ({ app, token, idOf }) =>
      request(app)
        .delete(`${IMAGES}/${idOf('CentOS 7 (PVHVM)')}`)
        .set('X-Auth-Token', token),
  ],
  [404, 'an unknown id', ({ app, token }) => request(app).delete(`${IMAGES}/${UNKNOWN}`).set('X-Auth-Token', token)],
  [
    405,
    'another method on the path',
    ({ app, token }) => request(app).put(`${IMAGES}/${UNKNOWN}`).set('X-Auth-Token', token),
  ],
])('deleteImage returns %i for %s', async (status, _title, send) => {
  const response = await send(await start());
  expect(response.status).toBe(status);
  if (status === 405) expect(response.headers['allow']).toBe('GET, PATCH, DELETE');
  if (status !== 204) {
    const [fault] = Object.values(response.body as Record<string, { code: number; message: string }>);
    expect(fault).toEqual({ code: status, message: expect.any(String) });
  }
});

test('an unsupported method without a token returns 401', async () => {
  const { app } = await start();
  expect((await request(app).put(IMAGES)).status).toBe(401);
});

test('an observer can read images but not change them', async () => {
  const { app, idOf } = await start();
  const login = await request(app)
    .post('/rackspace/identity/v2.0/tokens')
    .send({ auth: { passwordCredentials: { username: 'demo_reader', password: 'secret' }, tenantName: 'demo' } });
  const token: string = login.body.access.token.id;
  const id = idOf('demo-private');
  expect((await request(app).get(`${IMAGES}/${id}`).set('X-Auth-Token', token)).status).toBe(200);
  expect((await request(app).delete(`${IMAGES}/${id}`).set('X-Auth-Token', token)).status).toBe(403);
  expect((await patch(app, token, id, [{ op: 'replace', path: '/name', value: 'x' }])).status).toBe(403);
});

test.each(['image', 'images', 'member', 'members', 'task', 'tasks'])('returns the schema %s', async (name) => {
  const { app, token } = await start();
  const response = await request(app).get(`/rackspace/images/v2/schemas/${name}`).set('X-Auth-Token', token);
  expect(response.status).toBe(200);
  expect(response.body.name).toBe(name);
  expect(response.body.properties).toEqual(expect.any(Object));
});

test('requests over the limit return 413 to that project until the minute is over', async () => {
  const emulator = createTestEmulator({ frozenAt: NOON });
  const { app } = emulator;
  const world = emulator.worlds.get('default');
  const [token, other] = [await logIn(app), await logIn(app, 'alt_demo', 'alt-demo-api-key')];
  world?.setLimits({ callsPerMinute: 2 });
  const remove = (callerToken: string): request.Test =>
    request(app).delete(`${IMAGES}/${UNKNOWN}`).set('X-Auth-Token', callerToken);
  expect([(await remove(token)).status, (await remove(token)).status]).toEqual([404, 404]);
  const rejected = await remove(token);
  expect(rejected.status).toBe(413);
  expect(rejected.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
  expect(rejected.body.overLimit).toMatchObject({ code: 413, retryAfter: '2026-11-21T12:01:00Z' });
  expect((await remove(other)).status).toBe(404);
  world?.clock.restore({ frozenAt: NOON + 60_000, offset: 0 });
  expect((await remove(token)).status).toBe(404);
});
