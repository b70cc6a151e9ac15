import { beforeEach, describe, expect, test } from '@jest/globals';
import type request from 'supertest';
import { type Body, type Cloud, createCloud, messageOf, type SendOptions, type User } from './support.ts';

const NAMESPACES = '/v2/metadefs/namespaces';
const JSON_ERRORS = { Accept: 'application/json' };
const ASTRAL = '\u{1f600}';

const FULL = {
  namespace: 'full',
  display_name: 'Full',
  description: 'with every part',
  visibility: 'public',
  resource_type_associations: [
    { name: 'OS::Nova::Flavor' },
    { name: 'OS::Glance::Image', prefix: 'hw_', properties_target: 'image' },
  ],
  properties: {
    two: { title: 'Two', type: 'integer', minimum: 1.5, default: 2 },
    one: { title: 'One', type: 'string', enum: ['a', 'b'], name: 'other' },
  },
  objects: [
    { name: 'z' },
    { name: 'a', description: 'd', required: ['x'], properties: { x: { title: 'X', type: 'boolean' } } },
  ],
  tags: [{ name: 'second' }, { name: 'first' }],
};

let cloud: Cloud;
beforeEach(() => {
  cloud = createCloud();
});

const send = (method: string, path: string, options: SendOptions = {}): Promise<request.Response> =>
  cloud.send(method, path, { user: 'admin', ...options });

async function createNamespace(body: object): Promise<Body> {
  const response = await send('POST', NAMESPACES, { body });
  if (response.status !== 201) throw new Error(`create returned ${response.status}: ${response.text}`);
  return response.body;
}

const names = async (query: string, user: User = 'admin'): Promise<readonly string[]> => {
  const response = await cloud.send('GET', `${NAMESPACES}${query}`, { user });
  expect(response.status).toBe(200);
  return response.body.namespaces.map(({ namespace }: Body) => namespace);
};

describe('a namespace', () => {
  test('is created with its parts and returns its location', async () => {
    const response = await send('POST', NAMESPACES, { body: FULL });
    expect(response.status).toBe(201);
    expect(response.headers['location']).toMatch(/\/image\/v2\/metadefs\/namespaces\/full$/);
    expect(response.body).toMatchObject({
      namespace: 'full',
      visibility: 'public',
      protected: false,
      owner: await cloud.projectOf('admin'),
      self: '/v2/metadefs/namespaces/full',
      schema: '/v2/schemas/metadefs/namespace',
      objects: [{ name: 'z' }, { name: 'a' }],
    });
    expect(response.body.objects[0]).toEqual({ name: 'z' });
  });

  test('is shown with its parts', async () => {
    await createNamespace(FULL);
    const { body } = await send('GET', `${NAMESPACES}/full`, { user: 'demo' });
    expect(body.resource_type_associations.map(({ name }: Body) => name)).toEqual([
      'OS::Nova::Flavor',
      'OS::Glance::Image',
    ]);
    expect(body.properties).toEqual({
      one: { name: 'other', type: 'string', title: 'One', enum: ['a', 'b'] },
      two: { type: 'integer', title: 'Two', default: '2', minimum: 1 },
    });
    expect(body.objects.map(({ name }: Body) => name)).toEqual(['a', 'z']);
    expect(body.objects[1]).toMatchObject({ required: [], properties: {} });
    expect(body.tags).toEqual([{ name: 'first' }, { name: 'second' }]);
  });

  test('is shown with the prefix of a resource type', async () => {
    await createNamespace(FULL);
    const { body } = await send('GET', `${NAMESPACES}/full?resource_type=OS::Glance::Image`);
    expect(Object.keys(body.properties)).toEqual(['hw_one', 'hw_two']);
    expect(body.objects[0]).toMatchObject({ required: ['hw_x'], properties: { hw_x: { title: 'X' } } });
    expect((await send('GET', `${NAMESPACES}/full?anything=else`)).status).toBe(500);
  });

  test('is created only by administrators', async () => {
    await createNamespace({ namespace: 'taken' });
    for (const user of ['demo', 'demo_reader'] as const) {
      const response = await send('POST', NAMESPACES, { user, headers: JSON_ERRORS, body: { namespace: 'taken' } });
      expect(response.status).toBe(403);
      expect(response.body.message).toContain('You are not authorized to complete add_metadef_namespace action.');
    }
    expect((await send('POST', NAMESPACES, { body: { namespace: 'taken' } })).status).toBe(409);
    expect((await send('POST', NAMESPACES, { user: null, body: { namespace: 'x' } })).status).toBe(401);
  });

  test.each([
    ['no body', '', 400, 'Body expected in request.'],
    ['no JSON', '{', 400, 'Malformed JSON in request body.'],
    ['a list', '[]', 500, 'The server has either erred'],
    ['a string', '"x"', 400, 'Unexpected body type.'],
    ['no name', {}, 400, "'namespace' is a required property"],
    ['a long name', { namespace: 'x'.repeat(81) }, 400, "is too long\n\nFailed validating 'maxLength'"],
    ['unknown members', { namespace: 'x', zz: 1, yy: 2 }, 400, "('yy', 'zz' were unexpected)"],
    ['an invalid visibility', { namespace: 'x', visibility: 'shared' }, 400, "'shared' is not one of ['public'"],
    ['a read-only member, checked first', { zz: 1, self: 'x' }, 403, "Attribute 'self' is read-only."],
    [
      'a property without a type',
      { namespace: 'x', properties: { p: { title: 't' } } },
      400,
      "in schema['properties']['properties']['additionalProperties']:",
    ],
    [
      'a negative length',
      { namespace: 'x', properties: { p: { title: 't', type: 'string', minLength: -1 } } },
      400,
      "['properties']['minLength']['allOf'][0]:",
    ],
    ['a tag without a name', { namespace: 'x', tags: [{}] }, 500, 'The server has either erred'],
    ['an object with unknown members', { namespace: 'x', objects: [{ name: 'o', zz: 1 }] }, 500, 'The server has'],
    [
      'enum values that are not strings',
      { namespace: 'x', properties: { p: { title: 't', type: 'string', enum: [1] } } },
      500,
      'The server has either erred',
    ],
    ['half a surrogate pair', '{"namespace": "x\\ud800"}', 500, 'The server has either erred'],
  ])('is not created with %s', async (_title, body, status, message) => {
    const response = await send('POST', NAMESPACES, { body });
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(message);
    expect(await names('')).toEqual([]);
  });

  test.each(['objects', 'tags', 'resource_type_associations'])(
    'is not created with two %s of the same name',
    async (member) => {
      const body = { namespace: 'x', objects: [{ name: 'other' }], [member]: [{ name: 'o' }, { name: 'o' }] };
      expect((await send('POST', NAMESPACES, { body })).status).toBe(409);
      expect(await names('')).toEqual([]);
    },
  );

  test('with 4-byte characters is rejected; with them in a part, the parts before it are created', async () => {
    const rejected = await send('POST', NAMESPACES, { body: { namespace: 'x', display_name: ASTRAL } });
    expect(rejected.status).toBe(400);
    expect(messageOf(rejected)).toBe(
      "Couldn't create metadata namespace: Display_Name can't contain 4 byte unicode characters.",
    );
    expect(await names('')).toEqual([]);
    const withInvalidTag = { namespace: 'x', objects: [{ name: 'o' }], tags: [{ name: ASTRAL }] };
    expect((await send('POST', NAMESPACES, { body: withInvalidTag })).status).toBe(400);
    const { body } = await send('GET', `${NAMESPACES}/x`);
    expect(body.objects).toHaveLength(1);
    expect(body.tags).toBeUndefined();
  });

  test('with a non-ASCII name is listed but cannot be addressed', async () => {
    const response = await send('POST', NAMESPACES, { body: { namespace: '\u0142\u00e9' } });
    expect(response.status).toBe(201);
    expect(response.headers['location']).toMatch(/\/%C5%82\u00e9$/);
    expect(await names('')).toEqual(['\u0142\u00e9']);
    expect((await send('GET', `${NAMESPACES}/%C5%82%C3%A9`)).status).toBe(404);
  });
});

describe('a private namespace', () => {
  beforeEach(async () => {
    await createNamespace({ namespace: 'ours', owner: await cloud.projectOf('demo'), tags: [{ name: 't' }] });
  });

  test('is visible only to its project and administrators', async () => {
    for (const user of ['demo', 'demo2', 'demo_reader', 'admin'] as const) {
      expect((await send('GET', `${NAMESPACES}/ours`, { user })).status).toBe(200);
      expect(await names('', user)).toEqual(['ours']);
    }
    const response = await send('GET', `${NAMESPACES}/ours`, { user: 'alt_demo', headers: JSON_ERRORS });
    expect(response.status).toBe(404);
    expect(response.body.message).toContain('The resource could not be found.');
    expect(await names('', 'alt_demo')).toEqual([]);
    expect(await names('?visibility=private', 'alt_demo')).toEqual([]);
  });

  test.each([
    ['PUT', '', { namespace: 'x' }, 'modify_metadef_namespace'],
    ['DELETE', '', undefined, 'delete_metadef_namespace'],
    ['POST', '/tags/x', undefined, 'add_metadef_tag'],
    ['POST', '/tags', { tags: [] }, 'add_metadef_tags'],
    ['DELETE', '/tags', undefined, 'delete_metadef_namespace'],
    ['PUT', '/tags/none', { name: 'x' }, 'modify_metadef_tag'],
    ['DELETE', '/tags/t', undefined, 'delete_metadef_tag'],
    ['POST', '/objects', { name: 'x' }, 'add_metadef_object'],
    ['DELETE', '/properties/none', undefined, 'remove_metadef_property'],
    ['POST', '/resource_types', { name: 'x' }, 'add_metadef_resource_type_association'],
    ['DELETE', '/resource_types/x', undefined, 'remove_metadef_resource_type_association'],
  ])('returns for %s %s 403 to its own project and 404 to others', async (method, path, body, policy) => {
    const options = { headers: JSON_ERRORS, ...(body !== undefined && { body }) };
    const own = await send(method, `${NAMESPACES}/ours${path}`, { user: 'demo', ...options });
    expect(own.status).toBe(403);
    expect(own.body.message).toContain(`You are not authorized to complete ${policy} action.`);
    const other = await send(method, `${NAMESPACES}/ours${path}`, { user: 'alt_demo', ...options });
    expect(other.status).toBe(404);
    expect(other.body.message).toContain('Namespace ours not found');
  });
});

describe('updating a namespace', () => {
  test('stores the sent attributes, resets the omitted ones and keeps the parts', async () => {
    const before = await createNamespace(FULL);
    cloud.emulator.worlds.default.clock.advance(5000);
    const body = { namespace: 'renamed', protected: true, owner: 'somebody', tags: [{ name: 'ignored' }] };
    const response = await send('PUT', `${NAMESPACES}/full`, { body });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      namespace: 'renamed',
      visibility: 'private',
      protected: true,
      owner: 'somebody',
      created_at: before.created_at,
      updated_at: before.updated_at,
      self: '/v2/metadefs/namespaces/renamed',
      schema: '/v2/schemas/metadefs/namespace',
    });
    expect((await send('GET', `${NAMESPACES}/full`)).status).toBe(404);
    const shown = await send('GET', `${NAMESPACES}/renamed`);
    expect(shown.body.updated_at > before.updated_at).toBe(true);
    expect(shown.body.tags).toHaveLength(2);
  });

  test('returns 409 for the name of another namespace', async () => {
    await createNamespace({ namespace: 'one' });
    await createNamespace({ namespace: 'two' });
    expect((await send('PUT', `${NAMESPACES}/one`, { body: { namespace: 'two' } })).status).toBe(409);
    expect((await send('PUT', `${NAMESPACES}/one`, { body: { namespace: 'one' } })).status).toBe(200);
    expect((await send('PUT', `${NAMESPACES}/none`, { body: { namespace: 'one' } })).status).toBe(404);
    expect((await send('PUT', `${NAMESPACES}/none`, { body: {} })).status).toBe(400);
  });
});

describe('deleting a namespace', () => {
  test('deletes its parts but not its resource types', async () => {
    await createNamespace(FULL);
    expect((await send('DELETE', `${NAMESPACES}/full`, { body: {} })).status).toBe(400);
    const response = await send('DELETE', `${NAMESPACES}/full`);
    expect([response.status, response.text]).toEqual([204, '']);
    expect((await send('DELETE', `${NAMESPACES}/full`)).status).toBe(404);
    await createNamespace({ namespace: 'full' });
    for (const part of ['objects', 'tags', 'resource_types']) {
      const { body } = await send('GET', `${NAMESPACES}/full/${part}`);
      expect(body[part] ?? body.resource_type_associations).toEqual([]);
    }
    const { body } = await send('GET', '/v2/metadefs/resource_types', { user: 'demo' });
    expect(body.resource_types.map(({ name }: Body) => name)).toEqual(['OS::Nova::Flavor', 'OS::Glance::Image']);
  });

  test('returns 403 while it is protected, as does deleting its parts', async () => {
    await createNamespace({ ...FULL, protected: true });
    for (const [path, what] of [
      ['', 'namespace full'],
      ['/tags', 'namespace full'],
      ['/objects', 'namespace full'],
      ['/properties', 'namespace full'],
      ['/tags/first', 'tag first'],
      ['/objects/a', 'object a'],
      ['/properties/one', 'property one'],
      ['/resource_types/OS::Nova::Flavor', 'resource-type-association OS::Nova::Flavor'],
    ] as const) {
      const response = await send('DELETE', `${NAMESPACES}/full${path}`, { headers: JSON_ERRORS });
      expect(response.status).toBe(403);
      expect(response.body.message).toContain(`Metadata definition ${what} is protected and cannot be deleted.`);
    }
    expect((await send('POST', `${NAMESPACES}/full/tags/more`)).status).toBe(201);
  });
});

describe('a list of namespaces', () => {
  beforeEach(async () => {
    const { clock } = cloud.emulator.worlds.default;
    clock.freeze();
    await createNamespace({ namespace: 'b', visibility: 'public', resource_type_associations: [{ name: 'T1' }] });
    await createNamespace({ namespace: 'c', resource_type_associations: [{ name: 'T1' }, { name: 'T2' }] });
    await createNamespace({ namespace: 'a', visibility: 'public', description: 'd' });
  });

  test('starts with the newest', async () => {
    expect(await names('')).toEqual(['a', 'c', 'b']);
    expect(await names('', 'demo')).toEqual(['a', 'b']);
  });

  test.each([
    ['?sort_key=namespace&sort_dir=asc', ['a', 'b', 'c']],
    ['?sort_key=namespace', ['c', 'b', 'a']],
    ['?sort_dir=asc', ['b', 'c', 'a']],
    ['?sort_key=description&sort_dir=asc', ['b', 'c', 'a']],
    ['?sort_key=visibility', ['a', 'b', 'c']],
    ['?visibility=public', ['a', 'b']],
    ['?visibility=private', ['c']],
    ['?visibility=', []],
    ['?resource_types=T1', ['c', 'b']],
    ['?resource_types=T2,T3', ['c']],
    ['?resource_types=', []],
    ['?marker=a', ['c', 'b']],
    ['?marker=c&sort_key=namespace&sort_dir=desc', ['b', 'a']],
    ['?limit=0', []],
    ['?namespace=a&anything=else', ['a', 'c', 'b']],
  ])('with the query "%s" contains %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('is paginated', async () => {
    const listed: string[] = [];
    let next: string | undefined = `${NAMESPACES}?limit=1&sort_dir=asc`;
    while (next !== undefined) {
      const { body }: { body: Body } = await send('GET', next);
      listed.push(...body.namespaces.map(({ namespace }: Body) => namespace));
      next = body.next;
    }
    expect(listed).toEqual(['b', 'c', 'a']);
  });

  test('reflects renamed and deleted namespaces', async () => {
    expect(await names('?sort_key=namespace')).toEqual(['c', 'b', 'a']);
    await send('PUT', `${NAMESPACES}/a`, { body: { namespace: 'd' } });
    await send('DELETE', `${NAMESPACES}/b`);
    expect(await names('?sort_key=namespace')).toEqual(['d', 'c']);
    expect(await names('')).toEqual(['d', 'c']);
  });

  test.each([
    ['?limit=-1', 400, 'limit param must be positive'],
    ['?limit=x', 500, 'The server has either erred'],
    ['?sort_dir=up', 400, 'Invalid sort direction: up'],
    ['?sort_key=size', 500, 'The server has either erred'],
    ['?visibility=shared', 400, 'Invalid visibility value: shared'],
    ['?marker=none', 404, 'Metadata definition namespace=none was not found.'],
    ['?marker=c', 403, 'Forbidding request, metadata definition namespace=c is not visible.'],
    ['?%FF=1', 400, 'Error decoding your request.'],
  ])('rejects %s with %i', async (query, status, message) => {
    const response = await send('GET', `${NAMESPACES}${query}`, { user: 'demo' });
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(message);
  });
});

describe('the catalog', () => {
  test('is empty at first', async () => {
    expect((await send('GET', NAMESPACES)).body).toEqual({
      namespaces: [],
      schema: '/v2/schemas/metadefs/namespaces',
      first: '/v2/metadefs/namespaces',
    });
    expect((await send('GET', '/v2/metadefs/resource_types')).body).toEqual({ resource_types: [] });
  });

  test.each([
    ['namespace', 'namespace'],
    ['namespaces', 'namespaces'],
    ['resource_type', 'resource_type_association'],
    ['resource_types', 'resource_type_associations'],
    ['property', 'property'],
    ['properties', 'properties'],
    ['object', 'object'],
    ['objects', 'objects'],
    ['tag', 'tag'],
    ['tags', 'tags'],
  ])('returns the schema %s', async (name, expected) => {
    const response = await send('GET', `/v2/schemas/metadefs/${name}`, { user: 'demo' });
    expect(response.status).toBe(200);
    expect(response.body.name).toBe(expected);
    expect(Object.keys(response.body.properties).length).toBeGreaterThan(0);
  });

  test.each([
    ['PATCH', NAMESPACES, 'GET, POST'],
    ['PATCH', `${NAMESPACES}/x`, 'GET, PUT, DELETE'],
    ['HEAD', `${NAMESPACES}/x/tags/y`, 'GET, POST, PUT, DELETE'],
    ['GET', `${NAMESPACES}/x/resource_types/y`, 'DELETE'],
    ['DELETE', '/v2/metadefs/resource_types', 'GET'],
  ])('returns 405 for %s %s with the allowed methods', async (method, path, allowed) => {
    const response = await send(method, path);
    expect([response.status, response.headers['allow']]).toEqual([405, allowed]);
  });
});
