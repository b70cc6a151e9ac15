import { expect, test } from '@jest/globals';
import { type Body, createCloud, messageOf, type User, V20, V21 } from './support.ts';

const UUID = '11111111-1111-4111-8111-111111111111';
const replace = (path: unknown, value: unknown): object => ({ op: 'replace', path, value });
const add = (path: unknown, value: unknown): object => ({ op: 'add', path, value });
const remove = (path: unknown): object => ({ op: 'remove', path });

async function sendPatch(
  steps: unknown,
  attributes: object = {},
  type = V21,
): Promise<{ status: number; body: Body; message: string }> {
  const cloud = createCloud();
  const { id } = await cloud.create({ name: 'p', x: '1', tags: ['a', 'b'], ...attributes });
  const response = await cloud.patch(id, steps, { headers: { 'Content-Type': type } });
  const { body } = await cloud.send('GET', `/v2/images/${id}`);
  if (response.status === 200) expect(body).toEqual(response.body);
  return { status: response.status, body, message: messageOf(response).replace(id, 'ID') };
}

test.each(['application/json', 'text/plain', V21.toUpperCase()])(
  'rejects %s as the type of a patch for any image',
  async (type) => {
    const cloud = createCloud();
    const response = await cloud.patch(UUID, [], { headers: { 'Content-Type': type } });
    expect(response.status).toBe(415);
    expect(response.headers['accept-patch']).toBe(`${V20}, ${V21}`);
    expect(messageOf(response)).toBe(`The request media type ${type} is not supported by this server.\n`);
  },
);

test('applies the steps of a patch in order', async () => {
  const { status, body } = await sendPatch([
    replace('/name', 'new'),
    replace('/tags', ['c', 'c', 'd']),
    replace('/min_disk', 5),
    add('/disk_format', 'qcow2'),
    add('/a~1b~0c', 'slash and tilde'),
    remove('/x'),
    add('/x', 'back'),
    replace('/protected', true),
  ]);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: 'new',
    tags: ['c', 'd'],
    min_disk: 5,
    disk_format: 'qcow2',
    'a/b~c': 'slash and tilde',
    x: 'back',
    protected: true,
  });
});

test('rejects the whole patch if one step is invalid', async () => {
  const { status, body, message } = await sendPatch([replace('/name', 'new'), remove('/nothere')]);
  expect([status, body.name]).toEqual([409, 'p']);
  expect(message).toBe('There was a conflict when trying to complete your request.');
});

test.each<[unknown, number, string]>([
  [{}, 400, 'Request body must be a JSON array of operation objects.'],
  ['', 400, 'Body expected in request.'],
  ['{', 400, 'Malformed JSON in request body.'],
  ['null', 400, 'Unexpected body type. Expected list/dict.'],
  [['x'], 400, 'Operations must be JSON objects.'],
  [[{}], 400, 'Unable to find `op` in JSON Schema change. It must be one of the following: add, remove, replace.'],
  [
    [{ op: 'move', path: '/x' }],
    400,
    'Invalid operation: `move`. It must be one of the following: add, remove, replace.',
  ],
  [[{ op: 'add' }], 400, "Unable to find 'path' in JSON Schema change"],
  [[{ op: 'add', path: '/x' }], 400, 'Operation "add" requires a member named "value".'],
  [[add('name', 'v')], 400, 'Pointer `name` does not start with "/".'],
  [[add('/name/', 'v')], 400, 'Pointer `/name/` end with "/".'],
  [[add('/a//b', 'v')], 400, 'Pointer `/a//b` contains adjacent "/".'],
  [[add('/na~me', 'v')], 400, 'Pointer `/na~me` contains "~" not part of a recognized escape sequence.'],
  [[add('/tags/-', 'v')], 400, "Invalid JSON pointer for this resource: '/tags/-'"],
  [[add(7, 'v')], 500, 'The server has either erred or is incapable of performing the requested operation.'],
  [[replace('/status', 'x')], 403, "Attribute 'status' is read-only."],
  [[remove('/id')], 403, "Attribute 'id' is read-only."],
  [[add('/os_glance_x', 'x')], 403, "Attribute 'os_glance_x' is reserved."],
  [[remove('/name'), replace('/status', 'x')], 403, "Attribute 'status' is read-only."],
  [[remove('/name')], 403, 'Access was denied to this resource.'],
  [[replace('/nothere', 'x')], 409, 'There was a conflict when trying to complete your request.'],
  [[replace('/owner', 'other')], 403, 'Access was denied to this resource.'],
  [[add('/owner', 'other')], 403, 'Forbidding request, image ID not visible'],
  [[replace('/visibility', 'public')], 403, 'You are not authorized to complete publicize_image action.'],
  [[replace('/name', '😀')], 400, "Name can't contain 4 byte unicode characters."],
  [[replace('/x', '😀')], 400, "X can't contain 4 byte unicode characters."],
  [[replace('/min_disk', -1)], 400, "Invalid value '-1' for parameter 'min_disk': Cannot be a negative value"],
  [[replace('/min_disk', 2 ** 31)], 400, "'min_disk' value out of range, must not exceed 2147483647."],
  [[replace('/locations', [])], 403, 'Access was denied to this resource.'],
  [
    [add('/locations/-', { url: 'http://x', metadata: {} })],
    403,
    "It's not allowed to add locations if locations are invisible.",
  ],
  [
    [
      replace(
        '/tags',
        Array.from({ length: 129 }, (_, index) => `t${index}`),
      ),
    ],
    413,
    'The limit has been exceeded on the number of allowed image tags. Attempted: 129, Maximum: 128',
  ],
  [
    Array.from({ length: 128 }, (_, index) => add(`/q${index}`, 'v')),
    413,
    'The limit has been exceeded on the number of allowed image properties. Attempted: 129, Maximum: 128',
  ],
])('rejects %j with %i', async (steps, status, message) => {
  const response = await sendPatch(steps);
  expect([response.status, response.message]).toEqual([status, message]);
  expect(response.body).toMatchObject({ name: 'p', tags: ['a', 'b'], x: '1', visibility: 'shared' });
});

test.each([
  [replace('/name', 5), "5 is not of type 'null', 'string'"],
  [replace('/tags', 'text'), "'text' is not of type 'array'"],
  [replace('/min_disk', true), "True is not of type 'integer'"],
  [add('/extra', null), "None is not of type 'string'"],
  [add('/visibility', 'text2'), "'text2' is not one of ['community', 'public', 'private', 'shared']"],
])('returns 400 for %j, which violates the schema', async (step, expected) => {
  const { status, message } = await sendPatch([step]);
  expect(status).toBe(400);
  expect(message).toContain(`Provided object does not match schema 'image': ${expected}\n\nFailed validating `);
});

test('accepts the deprecated form, which has the operation as a member name', async () => {
  const response = await sendPatch(
    [{ replace: '/name', value: 'v0' }, { add: '/z', value: '1' }, { remove: '/x' }],
    {},
    V20,
  );
  expect(response.status).toBe(200);
  expect(response.body).toMatchObject({ name: 'v0', z: '1' });
  expect(response.body.x).toBeUndefined();
});

test.each<[unknown, number, string]>([
  [
    [replace('/name', 'x')],
    400,
    'Operation objects must contain exactly one member named "add", "remove", or "replace".',
  ],
  [
    [{ replace: '/name', add: '/y', value: 'x' }],
    400,
    'Operation objects must contain only one member named "add", "remove", or "replace".',
  ],
  [[{ replace: '/name' }], 400, 'Operation "replace" requires a member named "value".'],
  [[{ add: '/name', value: 'x' }], 409, 'There was a conflict when trying to complete your request.'],
  [[{ add: '/x', value: 'x' }], 409, 'There was a conflict when trying to complete your request.'],
])('rejects %j in the deprecated form with %i', async (steps, status, message) => {
  const response = await sendPatch(steps, {}, V20);
  expect([response.status, response.message]).toEqual([status, message]);
});

test('rejects changes of formats once the image has data', async () => {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, 'data');
  const response = await cloud.patch(id, [replace('/disk_format', 'raw')]);
  expect([response.status, messageOf(response)]).toEqual([
    403,
    'Attribute disk_format can be only replaced for a queued image.',
  ]);
  expect((await cloud.patch(id, [replace('/name', 'ok')])).status).toBe(200);
});

test.each<[User, string, unknown, number]>([
  ['alt_demo', 'private', [replace('/name', 'x')], 404],
  ['alt_demo', 'private', [replace('/status', 'x')], 403],
  ['alt_demo', 'private', [replace('/name', 5)], 400],
  ['alt_demo', 'community', [replace('/name', 'x')], 403],
  ['alt_demo', 'community', [], 200],
  ['demo_reader', 'private', [replace('/name', 'x')], 200],
  ['demo2', 'private', [replace('/name', 'x')], 200],
  ['admin', 'private', [replace('/owner', 'someone')], 200],
  ['admin', 'private', [replace('/visibility', 'public')], 200],
])('a patch by %s of a %s image of demo with %j returns %i', async (user, visibility, steps, status) => {
  const cloud = createCloud();
  const { id } = await cloud.create({ visibility });
  expect((await cloud.patch(id, steps, { user })).status).toBe(status);
});

test('allows the owner of a community image to transfer it to another project', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({ visibility: 'community' });
  const response = await cloud.patch(id, [add('/owner', await cloud.projectOf('alt_demo'))]);
  expect([response.status, response.body.owner]).toEqual([200, await cloud.projectOf('alt_demo')]);
  expect((await cloud.send('DELETE', `/v2/images/${id}`)).status).toBe(403);
});

test('keeps updated_at for an empty patch', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({});
  cloud.edit(id, { updatedAt: 0 });
  expect((await cloud.patch(id, [])).body.updated_at).toBe('1970-01-01T00:00:00Z');
  expect((await cloud.patch(id, [replace('/min_ram', 0)])).body.updated_at).not.toBe('1970-01-01T00:00:00Z');
});
