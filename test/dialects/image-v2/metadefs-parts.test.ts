import { beforeEach, describe, expect, test } from '@jest/globals';
import type request from 'supertest';
import { type Body, type Cloud, createCloud, messageOf, type SendOptions } from './support.ts';

const NAMESPACE = '/v2/metadefs/namespaces/w';
const PROPERTY = { title: 'T', type: 'string' };
const ASTRAL = '\u{1f600}';
const FAILED = 'The server has either erred or is incapable';

let cloud: Cloud;
beforeEach(async () => {
  cloud = createCloud();
  await send('POST', '/v2/metadefs/namespaces', { body: { namespace: 'w', visibility: 'public' } });
});

const send = (method: string, path: string, options: SendOptions = {}): Promise<request.Response> =>
  cloud.send(method, path, { user: 'admin', ...options });

const put = (path: string, body: object | string): Promise<request.Response> =>
  send('PUT', `${NAMESPACE}${path}`, { body });

const post = (path: string, body?: object | string, headers: Record<string, string> = {}): Promise<request.Response> =>
  send('POST', `${NAMESPACE}${path}`, { headers, ...(body !== undefined && { body }) });

const get = async (path: string): Promise<Body> => {
  const response = await send('GET', `${NAMESPACE}${path}`, { user: 'demo' });
  expect(response.status).toBe(200);
  return response.body;
};

describe('a property', () => {
  test('is created, shown and listed by name', async () => {
    const response = await post('/properties', { name: 'b', ...PROPERTY, description: 'd' });
    expect(response.status).toBe(201);
    expect(response.text).toBe('{"name": "b", "type": "string", "title": "T", "description": "d"}');
    await post('/properties', { name: 'B', ...PROPERTY });
    expect(await get('/properties/b')).toEqual(response.body);
    expect(Object.keys((await get('/properties')).properties)).toEqual(['B', 'b']);
    expect((await post('/properties', { name: 'b', ...PROPERTY })).status).toBe(409);
  });

  test.each([
    [{ default: 5 }, { default: '5' }],
    [{ default: true }, { default: 'True' }],
    [{ default: [1] }, { default: null }],
    [
      { minimum: 1.5, maximum: -1.5 },
      { minimum: 1, maximum: -1 },
    ],
    [{ enum: ['a', null] }, { enum: ['a', null] }],
    [{ enum: [ASTRAL] }, { enum: [ASTRAL] }],
    [{ items: { enum: ['x'], type: 'string' } }, { items: { type: 'string', enum: ['x'] } }],
    [{ pattern: '(' }, { pattern: '(' }],
  ])('with %j is stored with %j', async (attributes, expected) => {
    const response = await post('/properties', { name: 'p', ...PROPERTY, ...attributes });
    expect(response.status).toBe(201);
    expect(response.body).toEqual({ name: 'p', ...PROPERTY, ...expected });
    expect(await get('/properties/p')).toEqual(response.body);
  });

  test.each([
    [{ enum: [1] }, 500, FAILED],
    [{ items: {} }, 500, FAILED],
    [{ items: { type: 'string', zz: 1 } }, 500, FAILED],
    [{ required: ['a'] }, 500, FAILED],
    [{ default: 'é' }, 400, 'Error decoding your request.'],
    [{ title: ASTRAL }, 400, "Couldn't create metadata property: Title can't contain 4 byte unicode characters."],
    [{ title: 5 }, 400, "5 is not of type 'string'"],
    [{ type: 'text' }, 400, "'text' is not one of ['array', 'boolean'"],
    [{ required: [] }, 400, '[] is too short'],
    [{ required: ['a', 'a'] }, 400, "['a', 'a'] has non-unique elements"],
    [{ maxLength: -1 }, 400, '-1 is less than the minimum of 0'],
    [{ maxLength: 1.5 }, 400, "1.5 is not of type 'integer'"],
    [{ confidential: true }, 400, "Additional properties are not allowed ('confidential' was unexpected)"],
    [{ created_at: 'x' }, 403, "Attribute 'created_at' is read-only."],
  ])('is rejected with %j', async (attributes, status, message) => {
    const response = await post('/properties', { name: 'p', ...PROPERTY, ...attributes });
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(message);
    expect(await get('/properties')).toEqual({ properties: {} });
  });

  test('is found by its name with the prefix of a resource type', async () => {
    await post('/properties', { name: 'p', ...PROPERTY });
    await post('/resource_types', { name: 'T', prefix: 'hw_' });
    await post('/resource_types', { name: 'None' });
    await send('POST', '/v2/metadefs/namespaces', {
      body: { namespace: 'other', resource_type_associations: [{ name: 'Other' }] },
    });
    expect((await get('/properties/hw_p?resource_type=T')).name).toBe('p');
    expect((await get('/properties/p?resource_type=')).name).toBe('p');
    for (const [path, status, message] of [
      [
        'p?resource_type=T',
        404,
        "Property p does not start with the expected resource type association prefix of 'hw_'.",
      ],
      ['p?resource_type=None', 404, "prefix of 'None'."],
      ['hw_q?resource_type=T', 404, 'Could not find property q'],
      ['p?resource_type=Nowhere', 404, 'The metadata definition resource-type with name=Nowhere, was not found.'],
      ['p?resource_type=Other', 404, 'association of resource-type=Other to namespace=w, was not found.'],
      ['p?type=T', 500, FAILED],
    ] as const) {
      const response = await send('GET', `${NAMESPACE}/properties/${path}`);
      expect(response.status).toBe(status);
      expect(messageOf(response)).toContain(message);
    }
  });

  test('is replaced completely, including its name', async () => {
    await post('/properties', { name: 'a', ...PROPERTY, description: 'd' });
    await post('/properties', { name: 'b', ...PROPERTY });
    const duplicate = await put('/properties/a', { name: 'b', ...PROPERTY });
    expect([duplicate.status, messageOf(duplicate)]).toEqual([
      409,
      'Invalid update. It would result in a duplicate metadata definition property with the same name=a in namespace=w.',
    ]);
    expect((await put('/properties/a', { name: 'c', ...PROPERTY })).body).toEqual({ name: 'c', ...PROPERTY });
    expect(Object.keys((await get('/properties')).properties)).toEqual(['b', 'c']);
    expect((await put('/properties/a', { name: 'c', ...PROPERTY })).status).toBe(404);
  });

  test('is deleted alone or with all others; a body returns 500', async () => {
    for (const name of ['a', 'b', 'c']) await post('/properties', { name, ...PROPERTY });
    expect((await send('DELETE', `${NAMESPACE}/properties/a`, { body: {} })).status).toBe(500);
    expect((await send('DELETE', `${NAMESPACE}/properties/a`)).status).toBe(204);
    expect((await send('DELETE', `${NAMESPACE}/properties/a`)).status).toBe(404);
    expect((await send('DELETE', `${NAMESPACE}/properties`, { body: {} })).status).toBe(500);
    expect((await send('DELETE', `${NAMESPACE}/properties`)).status).toBe(204);
    expect(await get('/properties')).toEqual({ properties: {} });
  });
});

describe('an object', () => {
  test('is created with the sent attributes in the response, and shown with all attributes', async () => {
    const response = await post('/objects', { name: 'o', properties: { p: { ...PROPERTY, default: 1 } } });
    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      name: 'o',
      properties: { p: { ...PROPERTY, default: '1' } },
      created_at: expect.any(String),
      updated_at: expect.any(String),
      self: '/v2/metadefs/namespaces/w/objects/o',
      schema: '/v2/schemas/metadefs/object',
    });
    expect(await get('/objects/o')).toEqual({ ...response.body, required: [] });
    expect((await get('/objects')).schema).toBe('v2/schemas/metadefs/objects');
    expect((await post('/objects', { name: 'o' })).status).toBe(409);
  });

  test.each([
    [{}, 400, "'name' is a required property"],
    [{ name: 'o', zz: 1 }, 400, "('zz' was unexpected)"],
    [{ name: 'o', required: ['a', 'a'] }, 400, 'has non-unique elements'],
    [{ name: 'o', required: [ASTRAL] }, 400, "Required can't contain 4 byte unicode characters."],
    [{ name: 'o', properties: { p: { ...PROPERTY, zz: 1 } } }, 400, "does not match schema 'property'"],
    [{ name: 'o', properties: { p: { title: 't' } } }, 400, "does not match schema 'object': 'type' is a required"],
    [{ name: 'o', properties: { p: { ...PROPERTY, required: ['x'] } } }, 500, FAILED],
    [{ name: 'o', schema: 'x' }, 403, "Attribute 'schema' is read-only."],
  ])('is rejected with %j', async (attributes, status, message) => {
    const response = await post('/objects', attributes);
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(message);
    expect((await get('/objects')).objects).toEqual([]);
  });

  test('is replaced completely; an invalid property returns 500 instead of the 400 on creation', async () => {
    await post('/objects', { name: 'o', description: 'd', required: ['x'] });
    await post('/objects', { name: 'taken' });
    expect((await put('/objects/o', { name: 'taken' })).status).toBe(409);
    expect((await put('/objects/o', { name: 'o', properties: { p: { ...PROPERTY, zz: 1 } } })).status).toBe(500);
    expect((await put('/objects/o', { name: 'new' })).status).toBe(200);
    expect((await get('/objects/new')).required).toEqual([]);
    expect((await get('/objects')).objects.map(({ name }: Body) => name)).toEqual(['new', 'taken']);
  });

  test('of an unknown namespace has another 404 message than other parts', async () => {
    const missing = '/v2/metadefs/namespaces/none';
    expect(messageOf(await send('GET', `${missing}/objects/o`))).toBe(
      'Metadata definition namespace=none was not found.',
    );
    expect(messageOf(await send('DELETE', `${missing}/objects`))).toBe('Namespace none not found');
    expect(messageOf(await send('GET', `${missing}/tags`))).toBe('Namespace none not found');
  });

  test.each([
    ['?limit=x', 400],
    ['?limit=-1', 400],
    ['?sort_dir=up', 400],
    ['?limit=0&sort_key=nothing&marker=none', 200],
  ])('the list ignores %s if it is well-formed and returns %i', async (query, status) => {
    await post('/objects', { name: 'o' });
    const response = await send('GET', `${NAMESPACE}/objects${query}`);
    expect(response.status).toBe(status);
    if (status === 200) expect(response.body.objects).toHaveLength(1);
  });
});

describe('a tag', () => {
  const tags = async (query = ''): Promise<readonly string[]> =>
    (await get(`/tags${query}`)).tags.map(({ name }: Body) => name);

  test('is created by its path, shown, renamed and deleted', async () => {
    const created = await post('/tags/t');
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ name: 't', created_at: expect.any(String), updated_at: expect.any(String) });
    expect(await get('/tags/t')).toEqual(created.body);
    expect((await post('/tags/t')).status).toBe(409);
    expect((await post('/tags/T')).status).toBe(201);
    expect((await post('/tags/x', {})).status).toBe(400);
    expect((await post(`/tags/${'x'.repeat(81)}`)).status).toBe(400);
    expect((await put('/tags/t', { name: 'T' })).status).toBe(409);
    expect((await put('/tags/t', { name: 'u' })).body.name).toBe('u');
    expect((await put('/tags/u', { name: ASTRAL })).status).toBe(400);
    expect((await put('/tags/t', { name: 'u' })).status).toBe(404);
    expect((await send('DELETE', `${NAMESPACE}/tags/u`)).status).toBe(204);
    expect((await send('GET', `${NAMESPACE}/tags/u`)).status).toBe(404);
    expect(await tags()).toEqual(['T']);
  });

  test('with a non-ASCII name in the path is decoded byte by byte', async () => {
    expect((await post('/tags/%C3%A9')).body.name).toBe('\u00c3\u00a9');
  });

  test('is created with others, which replace the existing tags or are appended to them', async () => {
    expect((await post('/tags', { tags: [{ name: 'a' }, { name: 'b' }] })).text).toBe(
      '{"tags": [{"name": "a"}, {"name": "b"}]}',
    );
    await post('/tags', { tags: [{ name: 'c' }] }, { 'X-Openstack-Append': 'True' });
    expect(await tags()).toEqual(['c', 'b', 'a']);
    const duplicate = await post('/tags', { tags: [{ name: 'd' }, { name: 'a' }] }, { 'X-Openstack-Append': 'true' });
    expect(duplicate.status).toBe(409);
    expect((await post('/tags', { tags: [{ name: 'd' }, { name: 'd' }] })).status).toBe(409);
    expect(await tags()).toEqual(['c', 'b', 'a']);
    await post('/tags', { tags: [{ name: 'd' }] }, { 'X-Openstack-Append': 'no' });
    expect(await tags()).toEqual(['d']);
  });

  test.each([
    [{}, 500, FAILED],
    [{ tags: {} }, 400, "{} is not of type 'array'"],
    [{ tags: [{}] }, 400, "'name' is a required property"],
    [{ tags: [{ name: 'x', zz: 1 }] }, 400, "in schema['properties']['tags']['items']:"],
    [{ tags: [], first: 'x' }, 400, "('first' was unexpected)"],
    [{ tags: [], created_at: 'x' }, 403, "Attribute 'created_at' is read-only."],
  ])('is not created with others by %j', async (body, status, message) => {
    await post('/tags/before');
    const response = await post('/tags', body);
    expect(response.status).toBe(status);
    expect(messageOf(response)).toContain(message);
    expect(await tags()).toEqual(['before']);
  });

  test('is listed with sorting and pagination, without a limit by default', async () => {
    const all = Array.from({ length: 30 }, (_, index) => ({ name: `t${String(index).padStart(2, '0')}` }));
    await post('/tags', { tags: all });
    expect(await tags()).toHaveLength(30);
    expect(await tags('?limit=2')).toEqual(['t29', 't28']);
    expect(await tags('?limit=2&marker=t28')).toEqual(['t27', 't26']);
    expect(await tags('?sort_key=name&sort_dir=asc&limit=1&marker=t00')).toEqual(['t01']);
    for (const [query, status] of [
      ['?marker=none', 404],
      ['?limit=x', 400],
      ['?sort_key=size', 500],
      ['?sort_dir=up', 400],
    ] as const) {
      expect((await send('GET', `${NAMESPACE}/tags${query}`)).status).toBe(status);
    }
  });
});

describe('a resource type', () => {
  test('is created by its first association and stays when the association is deleted', async () => {
    const response = await post('/resource_types', { name: 'T', prefix: 'p:', properties_target: 'image' });
    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({ name: 'T', prefix: 'p:', properties_target: 'image' });
    expect((await post('/resource_types', { name: 'T' })).status).toBe(409);
    expect((await get('/resource_types')).resource_type_associations).toEqual([response.body]);
    expect((await send('DELETE', `${NAMESPACE}/resource_types/T`, { body: {} })).status).toBe(400);
    expect((await send('DELETE', `${NAMESPACE}/resource_types/T`)).status).toBe(204);
    const again = await send('DELETE', `${NAMESPACE}/resource_types/T`);
    expect([again.status, messageOf(again)]).toEqual([404, 'Failed to find resource type T to delete']);
    expect((await get('/resource_types')).resource_type_associations).toEqual([]);
    const { body } = await send('GET', '/v2/metadefs/resource_types', { user: 'demo' });
    expect(body.resource_types.map(({ name }: Body) => name)).toEqual(['T']);
  });

  test.each([
    [{ name: 'T', zz: 1 }, 400],
    [{ name: 'T', prefix: null }, 400],
    [{ name: 'x'.repeat(81) }, 400],
    [{ name: 'T', created_at: 'x' }, 403],
    [[], 500],
  ])('is not associated by the body %j', async (body, status) => {
    expect((await post('/resource_types', body)).status).toBe(status);
    expect((await get('/resource_types')).resource_type_associations).toEqual([]);
  });
});
