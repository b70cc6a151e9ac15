import { expect, test } from '@jest/globals';
import { createCloud, messageOf, type User } from './support.ts';

const UUID = '11111111-1111-4111-8111-111111111111';

test('creates an image with default attributes from an empty object', async () => {
  const cloud = createCloud();
  const { status, body, headers } = await cloud.send('POST', '/v2/images', { body: {} });
  expect(status).toBe(201);
  expect(body).toEqual({
    name: null,
    disk_format: null,
    container_format: null,
    visibility: 'shared',
    size: null,
    virtual_size: null,
    status: 'queued',
    checksum: null,
    protected: false,
    min_ram: 0,
    min_disk: 0,
    owner: await cloud.projectOf('demo'),
    os_hidden: false,
    os_hash_algo: null,
    os_hash_value: null,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    updated_at: body.created_at,
    tags: [],
    self: `/v2/images/${body.id}`,
    file: `/v2/images/${body.id}/file`,
    schema: '/v2/schemas/image',
  });
  expect(headers['location']).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/image/v2/images/${body.id}$`));
  expect(headers['openstack-image-import-methods']).toBe('glance-direct,web-download,copy-image');
  expect(headers['openstack-image-store-ids']).toBe('store1,store2');
  expect(headers['x-openstack-request-id']).toMatch(/^req-[0-9a-f-]{36}$/);
});

test('stores every attribute that a client can set and shows properties first', async () => {
  const cloud = createCloud();
  const attributes = {
    id: UUID,
    name: 'naïve 日本語',
    disk_format: 'qcow2',
    container_format: 'bare',
    visibility: 'private',
    min_disk: 3,
    min_ram: 64,
    protected: true,
    os_hidden: true,
    tags: ['one', 'two', 'one'],
    os_distro: 'debian',
    'x/y ~z': 'w',
    __proto__x: 'v',
  };
  const created = await cloud.create(attributes);
  expect(created).toMatchObject({ ...attributes, tags: ['one', 'two'] });
  expect(Object.keys(created).slice(0, 3)).toEqual(['os_distro', 'x/y ~z', '__proto__x']);
  expect((await cloud.send('GET', `/v2/images/${UUID}`)).body).toEqual(created);
});

test('escapes non-ASCII characters in JSON like the service', async () => {
  const cloud = createCloud();
  const { text } = await cloud.send('POST', '/v2/images', { body: { name: 'é' } });
  expect(text).toContain('{"name": "\\u00e9", "disk_format": null, ');
});

test('never accepts an id twice, even after its image was deleted', async () => {
  const cloud = createCloud();
  await cloud.create({ id: UUID });
  for (const user of ['demo', 'alt_demo'] as const) {
    const again = await cloud.send('POST', '/v2/images', { body: { id: UUID }, user });
    expect([again.status, messageOf(again)]).toEqual([409, `Image ID ${UUID} already exists!`]);
  }
  expect((await cloud.send('DELETE', `/v2/images/${UUID}`)).status).toBe(204);
  expect((await cloud.send('POST', '/v2/images', { body: { id: UUID } })).status).toBe(409);
});

test('treats ids as case-sensitive and accepts the nil id', async () => {
  const cloud = createCloud();
  const upper = await cloud.create({ id: 'ABCDEFAB-1111-4111-8111-111111111111' });
  expect(upper.id).toBe('ABCDEFAB-1111-4111-8111-111111111111');
  expect((await cloud.send('GET', `/v2/images/${upper.id.toLowerCase()}`)).status).toBe(404);
  await cloud.create({ id: upper.id.toLowerCase() });
  await cloud.create({ id: '00000000-0000-0000-0000-000000000000' });
});

const longName = 'n'.repeat(256);
const REJECTED: readonly (readonly [object | string, number, string])[] = [
  ['{name: x', 400, 'Malformed JSON in request body.'],
  ['{"name": "x"} trailing', 400, 'Malformed JSON in request body.'],
  ['"name"', 400, 'Unexpected body type. Expected list/dict.'],
  ['null', 400, 'Unexpected body type. Expected list/dict.'],
  ['[]', 500, 'The server has either erred or is incapable of performing the requested operation.'],
  ['{"name": "\\ud800"}', 500, 'The server has either erred or is incapable of performing the requested operation.'],
  [{ status: 'active' }, 403, "Attribute 'status' is read-only."],
  [{ status: 'active', updated_at: 'x' }, 403, "Attribute 'updated_at' is read-only."],
  [{ size: 10 }, 403, "Attribute 'size' is read-only."],
  [{ self: 5, name: 7 }, 403, "Attribute 'self' is read-only."],
  [{ stores: 'store1' }, 403, "Attribute 'stores' is read-only."],
  [{ locations: [] }, 403, "Attribute 'locations' is reserved."],
  [{ os_glance_foo: 'x', status: 'active' }, 403, 'Access was denied to this resource.'],
  [{ deleted_at: 'x' }, 403, 'Access was denied to this resource.'],
  [{ visibility: 'public' }, 403, 'You are not authorized to complete publicize_image action.'],
  [{ owner: 'other', status: 'active' }, 403, "You are not permitted to create images owned by 'other'."],
  [{ owner: null }, 403, "You are not permitted to create images owned by 'None'."],
  [{ min_disk: -1 }, 400, "Invalid value '-1' for parameter 'min_disk': Cannot be a negative value"],
  [{ min_ram: -1, min_disk: 2 ** 31 }, 400, "Invalid value '-1' for parameter 'min_ram': Cannot be a negative value"],
  [{ min_ram: 2 ** 31 }, 400, "'min_ram' value out of range, must not exceed 2147483647."],
  [{ name: 'emoji 😀' }, 400, "Name can't contain 4 byte unicode characters."],
  [{ os_x_y: '😀' }, 400, "Os_X_Y can't contain 4 byte unicode characters."],
  [{ tags: ['😀'] }, 400, "Param values can't contain 4 byte unicode."],
  [{ '😀': 'a' }, 400, "Property names can't contain 4 byte unicode."],
  [{ ['k'.repeat(256)]: 'v' }, 400, 'Custom property should not be greater than 255 characters.'],
  [
    { tags: Array.from({ length: 129 }, (_, index) => `t${index}`), status: 'active' },
    413,
    'The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128',
  ],
  [
    Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`p${index}`, 'v'])),
    413,
    'The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128',
  ],
  [{ name: longName }, 400, `Provided object does not match schema 'image': '${longName}' is too long`],
];

test.each(REJECTED)('rejects %j with %i', async (body, status, message) => {
  const cloud = createCloud();
  const response = await cloud.send('POST', '/v2/images', { body });
  expect(response.status).toBe(status);
  expect(messageOf(response).split('\n')[0]).toBe(message);
  expect(await cloud.names('')).toEqual([]);
});

test('rejects a request without a body', async () => {
  const response = await createCloud().send('POST', '/v2/images');
  expect([response.status, messageOf(response)]).toEqual([400, 'Body expected in request.']);
});

test('quotes schema and value of a schema violation in Python notation', async () => {
  const response = await createCloud().send('POST', '/v2/images', {
    body: { os_hidden: 'yes' },
    headers: { Accept: 'application/json' },
  });
  expect(response.status).toBe(400);
  expect(response.body).toEqual({
    message:
      "Provided object does not match schema 'image': 'yes' is not of type 'boolean'\n\n" +
      "Failed validating 'type' in schema['properties']['os_hidden']:\n" +
      "    {'description': 'If true, image will not appear in default image list '\n" +
      "                    'response.',\n" +
      "     'type': 'boolean'}\n\n" +
      "On instance['os_hidden']:\n    'yes'<br /><br />\n\n\n",
    code: '400 Bad Request',
    title: 'Bad Request',
  });
});

test.each([
  [{ id: 'x', name: 7, tags: [1] }, "7 is not of type 'null', 'string'"],
  [{ disk_format: 'x', container_format: 'y' }, "'y' is not one of [None, 'ami', 'ari',"],
  [{ zz: 1, name: 7 }, "7 is not of type 'null', 'string'"],
  [{ tags: ['t', 5] }, "5 is not of type 'string'"],
  [{ kernel_id: 'nope' }, "'nope' does not match '^([0-9a-fA-F]){8}-"],
  [{ extra: { a: true } }, "{'a': True} is not of type 'string'"],
  [{ locations: [{ url: 'x' }] }, "'metadata' is a required property"],
])('reports the most relevant of several violations of %j', async (body, expected) => {
  const response = await createCloud().send('POST', '/v2/images', { body });
  expect(response.status).toBe(400);
  expect(messageOf(response)).toContain(`Provided object does not match schema 'image': ${expected}`);
});

test('ignores the Content-Type and accepts integers with a decimal point', async () => {
  const cloud = createCloud();
  const response = await cloud.send('POST', '/v2/images', {
    body: '{"min_disk": 1.0, "os_hash_algo": "md5"}',
    headers: { 'Content-Type': 'text/plain' },
  });
  expect([response.status, response.body.min_disk, response.body.os_hash_algo]).toEqual([201, 1, null]);
});

test.each<[User, object, number]>([
  ['admin', { visibility: 'public' }, 201],
  ['admin', { owner: null }, 201],
  ['demo', { visibility: 'community' }, 201],
  ['demo_reader', { name: 'created by a reader' }, 201],
  ['demo_reader', { visibility: 'public' }, 403],
])('creating as %s with %j returns %i', async (user, body, status) => {
  expect((await createCloud().send('POST', '/v2/images', { user, body })).status).toBe(status);
});

test('returns 413 when the project has reached its image limit', async () => {
  const cloud = createCloud({ imageCountTotal: 1 });
  const { id } = await cloud.create({});
  expect((await cloud.send('POST', '/v2/images', { body: {} })).status).toBe(413);
  await cloud.create({}, 'alt_demo');
  await cloud.send('DELETE', `/v2/images/${id}`);
  await cloud.create({});
});
