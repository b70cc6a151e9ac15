import { beforeEach, describe, expect, test } from '@jest/globals';
import type request from 'supertest';
import { type Body, type Cloud, createCloud, messageOf, type SendOptions, type User } from './support.ts';

const NAMESPACES = '/v2/metadefs/namespaces';
const JSON_ERRORS = { Accept: 'application/json' };
const ASTRAL = '\u{1f600}';

const FULL = {
  namespace: 'full',
  display_name: 'Full',
  description: 'all there is',
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

async function made(body: object): Promise<Body> {
  const answer = await send('POST', NAMESPACES, { body });
  if (answer.status !== 201) throw new Error(`create answered ${answer.status}: ${answer.text}`);
  return answer.body;
}

const names = async (query: string, user: User = 'admin'): Promise<readonly string[]> => {
  const answer = await cloud.send('GET', `${NAMESPACES}${query}`, { user });
  expect(answer.status).toBe(200);
  return answer.body.namespaces.map(({ namespace }: Body) => namespace);
};

describe('a namespace', () => {
  test('is created with its parts and returns its location', async () => {
    const answer = await send('POST', NAMESPACES, { body: FULL });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toMatch(/\/image\/v2\/metadefs\/namespaces\/full$/);
    expect(answer.body).toMatchObject({
      namespace: 'full',
      visibility: 'public',
      protected: false,
      owner: await cloud.projectOf('admin'),
      self: '/v2/metadefs/namespaces/full',
      schema: '/v2/schemas/metadefs/namespace',
      objects: [{ name: 'z' }, { name: 'a' }],
    });
    expect(answer.body.objects[0]).toEqual({ name: 'z' });
  });

  test('is shown with its parts', async () => {
    await made(FULL);
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
    await made(FULL);
    const { body } = await send('GET', `${NAMESPACES}/full?resource_type=OS::Glance::Image`);
    expect(Object.keys(body.properties)).toEqual(['hw_one', 'hw_two']);
    expect(body.objects[0]).toMatchObject({ required: ['hw_x'], properties: { hw_x: { title: 'X' } } });
    expect((await send('GET', `${NAMESPACES}/full?anything=else`)).status).toBe(500);
  });

  test('is created only by administrators', async () => {
    await made({ namespace: 'taken' });
    for (const user of ['demo', 'demo_reader'] as const) {
      const answer = await send('POST', NAMESPACES, { user, headers: JSON_ERRORS, body: { namespace: 'taken' } });
      expect(answer.status).toBe(403);
      expect(answer.body.message).toContain('You are not authorized to complete add_metadef_namespace action.');
    }
    expect((await send('POST', NAMESPACES, { body: { namespace: 'taken' } })).status).toBe(409);
    expect((await send('POST', NAMESPACES, { user: null, body: { namespace: 'x' } })).status).toBe(401);
  });

  test.each([
    ['no body', '', 400, 'Body expected in request.'],
    ['no JSON', '{', 400, 'Malformed JSON in request body.'],
    ['a list', '[]', 500, 'The server has either erred'],
    ['a text', '"x"', 400, 'Unexpected body type.'],
    ['no name', {}, 400, "'namespace' is a required property"],
    ['a long name', { namespace: 'x'.repeat(81) }, 400, "is too long\n\nFailed validating 'maxLength'"],
    ['unknown members', { namespace: 'x', zz: 1, yy: 2 }, 400, "('yy', 'zz' were unexpected)"],
    [
      'a visibility that there is not',
      { namespace: 'x', visibility: 'shared' },
      400,
      "'shared' is not one of ['public'",
    ],
    ['what the service sets, before all else', { zz: 1, self: 'x' }, 403, "Attribute 'self' is read-only."],
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
      'values that are no texts',
      { namespace: 'x', properties: { p: { title: 't', type: 'string', enum: [1] } } },
      500,
      'The server has either erred',
    ],
    ['half a surrogate pair', '{"namespace": "x\\ud800"}', 500, 'The server has either erred'],
  ])('is refused with %s, and nothing is made', async (_title, body, status, message) => {
    const answer = await send('POST', NAMESPACES, { body });
    expect(answer.status).toBe(status);
    expect(messageOf(answer)).toContain(message);
    expect(await names('')).toEqual([]);
  });

  test.each(['objects', 'tags', 'resource_type_associations'])(
    'with two %s of one name is not made',
    async (member) => {
      const body = { namespace: 'x', objects: [{ name: 'other' }], [member]: [{ name: 'o' }, { name: 'o' }] };
      expect((await send('POST', NAMESPACES, { body })).status).toBe(409);
      expect(await names('')).toEqual([]);
    },
  );

  test('that holds what the database cannot keep is refused, though what came before stays', async () => {
    const refused = await send('POST', NAMESPACES, { body: { namespace: 'x', display_name: ASTRAL } });
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toBe(
      "Couldn't create metadata namespace: Display_Name can't contain 4 byte unicode characters.",
    );
    expect(await names('')).toEqual([]);
    const half = { namespace: 'x', objects: [{ name: 'o' }], tags: [{ name: ASTRAL }] };
    expect((await send('POST', NAMESPACES, { body: half })).status).toBe(400);
    const { body } = await send('GET', `${NAMESPACES}/x`);
    expect(body.objects).toHaveLength(1);
    expect(body.tags).toBeUndefined();
  });

  test('with a name outside ASCII is listed but cannot be addressed', async () => {
    const answer = await send('POST', NAMESPACES, { body: { namespace: '\u0142\u00e9' } });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toMatch(/\/%C5%82\u00e9$/);
    expect(await names('')).toEqual(['\u0142\u00e9']);
    expect((await send('GET', `${NAMESPACES}/%C5%82%C3%A9`)).status).toBe(404);
  });
});

describe('a namespace that is private', () => {
  beforeEach(async () => {
    await made({ namespace: 'ours', owner: await cloud.projectOf('demo'), tags: [{ name: 't' }] });
  });

  test('is visible only to its project and administrators', async () => {
    for (const user of ['demo', 'demo2', 'demo_reader', 'admin'] as const) {
      expect((await send('GET', `${NAMESPACES}/ours`, { user })).status).toBe(200);
      expect(await names('', user)).toEqual(['ours']);
    }
    const answer = await send('GET', `${NAMESPACES}/ours`, { user: 'alt_demo', headers: JSON_ERRORS });
    expect(answer.status).toBe(404);
    expect(answer.body.message).toContain('The resource could not be found.');
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
  ])('takes no %s %s of its own project (403), nor of others (404)', async (method, path, body, policy) => {
    const options = { headers: JSON_ERRORS, ...(body !== undefined && { body }) };
    const own = await send(method, `${NAMESPACES}/ours${path}`, { user: 'demo', ...options });
    expect(own.status).toBe(403);
    expect(own.body.message).toContain(`You are not authorized to complete ${policy} action.`);
    const other = await send(method, `${NAMESPACES}/ours${path}`, { user: 'alt_demo', ...options });
    expect(other.status).toBe(404);
    expect(other.body.message).toContain('Namespace ours not found');
  });
});

describe('a namespace that is changed', () => {
  test('takes the sent attributes and resets the omitted ones', async () => {
    const before = await made(FULL);
    cloud.emulator.worlds.default.clock.advance(5000);
    const body = { namespace: 'renamed', protected: true, owner: 'somebody', tags: [{ name: 'not heeded' }] };
    const answer = await send('PUT', `${NAMESPACES}/full`, { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
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

  test('cannot take the name of another', async () => {
    await made({ namespace: 'one' });
    await made({ namespace: 'two' });
    expect((await send('PUT', `${NAMESPACES}/one`, { body: { namespace: 'two' } })).status).toBe(409);
    expect((await send('PUT', `${NAMESPACES}/one`, { body: { namespace: 'one' } })).status).toBe(200);
    expect((await send('PUT', `${NAMESPACES}/none`, { body: { namespace: 'one' } })).status).toBe(404);
    expect((await send('PUT', `${NAMESPACES}/none`, { body: {} })).status).toBe(400);
  });
});

describe('a namespace that is removed', () => {
  test('takes its parts with it, but not its resource types', async () => {
    await made(FULL);
    expect((await send('DELETE', `${NAMESPACES}/full`, { body: {} })).status).toBe(400);
    const answer = await send('DELETE', `${NAMESPACES}/full`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await send('DELETE', `${NAMESPACES}/full`)).status).toBe(404);
    await made({ namespace: 'full' });
    for (const part of ['objects', 'tags', 'resource_types']) {
      const { body } = await send('GET', `${NAMESPACES}/full/${part}`);
      expect(body[part] ?? body.resource_type_associations).toEqual([]);
    }
    const { body } = await send('GET', '/v2/metadefs/resource_types', { user: 'demo' });
    expect(body.resource_types.map(({ name }: Body) => name)).toEqual(['OS::Nova::Flavor', 'OS::Glance::Image']);
  });

  test('is not, nor anything in it, while it is protected', async () => {
    await made({ ...FULL, protected: true });
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
      const answer = await send('DELETE', `${NAMESPACES}/full${path}`, { headers: JSON_ERRORS });
      expect(answer.status).toBe(403);
      expect(answer.body.message).toContain(`Metadata definition ${what} is protected and cannot be deleted.`);
    }
    expect((await send('POST', `${NAMESPACES}/full/tags/more`)).status).toBe(201);
  });
});

describe('a list of namespaces', () => {
  beforeEach(async () => {
    const { clock } = cloud.emulator.worlds.default;
    clock.freeze();
    await made({ namespace: 'b', visibility: 'public', resource_type_associations: [{ name: 'T1' }] });
    await made({ namespace: 'c', resource_type_associations: [{ name: 'T1' }, { name: 'T2' }] });
    await made({ namespace: 'a', visibility: 'public', description: 'd' });
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
  ])('%s is in that order', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('is paginated', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${NAMESPACES}?limit=1&sort_dir=asc`;
    while (next !== undefined) {
      const { body }: { body: Body } = await send('GET', next);
      seen.push(...body.namespaces.map(({ namespace }: Body) => namespace));
      next = body.next;
    }
    expect(seen).toEqual(['b', 'c', 'a']);
  });

  test('follows changes', async () => {
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
  ])('%s is refused', async (query, status, message) => {
    const answer = await send('GET', `${NAMESPACES}${query}`, { user: 'demo' });
    expect(answer.status).toBe(status);
    expect(messageOf(answer)).toContain(message);
  });
});

describe('the catalogue', () => {
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
  ])('answers the schema %s', async (name, called) => {
    const answer = await send('GET', `/v2/schemas/metadefs/${name}`, { user: 'demo' });
    expect(answer.status).toBe(200);
    expect(answer.body.name).toBe(called);
    expect(Object.keys(answer.body.properties).length).toBeGreaterThan(0);
  });

  test.each([
    ['PATCH', NAMESPACES, 'GET, POST'],
    ['PATCH', `${NAMESPACES}/x`, 'GET, PUT, DELETE'],
    ['HEAD', `${NAMESPACES}/x/tags/y`, 'GET, POST, PUT, DELETE'],
    ['GET', `${NAMESPACES}/x/resource_types/y`, 'DELETE'],
    ['DELETE', '/v2/metadefs/resource_types', 'GET'],
  ])('refuses %s %s and says what it takes', async (method, path, allowed) => {
    const answer = await send(method, path);
    expect([answer.status, answer.headers['allow']]).toEqual([405, allowed]);
  });
});
