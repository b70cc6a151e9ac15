import { beforeEach, describe, expect, test } from '@jest/globals';
import { faultOf, openSession, type Session } from './support.ts';

let demo: Session;
let path: string;
beforeEach(async () => {
  demo = await openSession();
  path = `/images/${demo.imageId('demo-private')}/metadata`;
});

const NO_RESOURCE = [404, 'itemNotFound', 'The resource could not be found.'];
const items = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`item-${index}`, 'x']));
const metadata = async (): Promise<object> => (await demo.send('get', path)).body.metadata;
/** The properties of an image in the image API. */
const stored = () => demo.world.images.peek(demo.imageId('demo-private'))?.properties;

describe('The metadata of an image', () => {
  test('consists of the properties in the image service', async () => {
    expect((await demo.send('get', path)).body).toEqual({ metadata: { architecture: 'x86_64', team: 'a' } });
  });

  test('is extended by POST, which returns all of it', async () => {
    const response = await demo.send('post', path).send({ metadata: { stage: 'test', team: 'b' } });
    expect([response.status, response.body]).toEqual([
      200,
      { metadata: { architecture: 'x86_64', team: 'b', stage: 'test' } },
    ]);
    expect(stored()).toEqual({ architecture: 'x86_64', team: 'b', stage: 'test' });
  });

  test('is replaced by PUT, also with an empty object', async () => {
    const response = await demo.send('put', path).send({ metadata: { stage: 'test' } });
    expect([response.status, response.body]).toEqual([200, { metadata: { stage: 'test' } }]);
    expect((await demo.send('put', path).send({ metadata: {} })).body).toEqual({ metadata: {} });
    expect(stored()).toEqual({});
  });

  test('can be read, set and removed by item', async () => {
    const set = await demo.send('put', `${path}/stage`).send({ meta: { stage: 'test' } });
    expect([set.status, set.body]).toEqual([200, { meta: { stage: 'test' } }]);
    expect((await demo.send('get', `${path}/stage`)).body).toEqual({ meta: { stage: 'test' } });
    const gone = await demo.send('delete', `${path}/stage`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect(await faultOf(demo.send('get', `${path}/stage`))).toEqual(NO_RESOURCE);
    expect(await faultOf(demo.send('delete', `${path}/stage`))).toEqual([404, 'itemNotFound', 'Invalid metadata key']);
  });

  test('has case-sensitive names that can contain spaces', async () => {
    expect(await faultOf(demo.send('get', `${path}/Team`))).toEqual(NO_RESOURCE);
    await demo.send('put', `${path}/a%20b`).send({ meta: { 'a b': 'c' } });
    expect(await metadata()).toEqual({ architecture: 'x86_64', team: 'a', 'a b': 'c' });
  });
});

describe('A change of metadata', () => {
  test.each([
    ['no metadata', {}, "'metadata' is a required property"],
    ['another member', { metadata: {}, x: 1 }, "Additional properties are not allowed ('x' was unexpected)"],
    ['a list', { metadata: [] }, "Invalid input for field/attribute metadata. Value: []. [] is not of type 'object'"],
    ['a number', { metadata: { a: 1 } }, "Invalid input for field/attribute a. Value: 1. 1 is not of type 'string'"],
    [
      'a name with an invalid character',
      { metadata: { 'a/b': 'c' } },
      "Invalid input for field/attribute metadata. Value: {'a/b': 'c'}. 'a/b' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'",
    ],
  ])('is rejected for %s', async (_case, body, message) => {
    expect(await faultOf(demo.send('post', path).send(body))).toEqual([400, 'badRequest', message]);
    expect(await faultOf(demo.send('put', path).send(body))).toEqual([400, 'badRequest', message]);
  });

  test.each([
    ['a value of 255 characters', 'a', 'v'.repeat(255), 200],
    ['a value of 256 characters', 'a', 'v'.repeat(256), 400],
    ['a name of 255 characters', 'k'.repeat(255), 'v', 200],
    ['a name of 256 characters', 'k'.repeat(256), 'v', 400],
    ['an empty value', 'a', '', 200],
    ['an empty name', '', 'v', 400],
    ['a value with a 4-byte character', 'a', '\u{1F600}', 500],
  ])('with %s', async (_case, name, value, status) => {
    expect((await demo.send('post', path).send({ metadata: { [name]: value } })).status).toBe(status);
  });

  test('of one item must contain only that item', async () => {
    const put = (meta: object) => faultOf(demo.send('put', `${path}/stage`).send({ meta }));
    expect(await put({ other: 'x' })).toEqual([400, 'badRequest', 'Request body and URI mismatch']);
    expect((await put({}))[0]).toBe(400);
    expect((await put({ stage: 'x', other: 'x' }))[0]).toBe(400);
    expect(await metadata()).toEqual({ architecture: 'x86_64', team: 'a' });
  });

  test('returns 403 if the image would have more than 128 items', async () => {
    const full = await demo.send('put', path).send({ metadata: items(128) });
    expect(full.status).toBe(200);
    const expected = [403, 'forbidden', 'Image metadata limit exceeded'];
    expect(await faultOf(demo.send('post', path).send({ metadata: { more: 'x' } }))).toEqual(expected);
    expect(await faultOf(demo.send('put', `${path}/more`).send({ meta: { more: 'x' } }))).toEqual(expected);
    expect(await faultOf(demo.send('put', path).send({ metadata: items(129) }))).toEqual(expected);
    expect((await demo.send('put', `${path}/item-1`).send({ meta: { 'item-1': 'y' } })).status).toBe(200);
  });

  test('respects a lower quota of properties of the world', async () => {
    demo.world.setLimits({ imagePropertyQuota: 2 });
    expect((await demo.send('put', path).send({ metadata: items(2) })).status).toBe(200);
    expect((await demo.send('put', path).send({ metadata: items(3) })).status).toBe(403);
  });

  test('is reserved to the owner unless it changes nothing', async () => {
    const id = demo.imageId('cirros-0.6.2-x86_64-disk');
    const forbidden = [403, 'forbidden', `Not authorized for image ${id}.`];
    const post = (body: object) => demo.send('post', `/images/${id}/metadata`).send(body);
    expect(await faultOf(post({ metadata: { stage: 'test' } }))).toEqual(forbidden);
    expect(await faultOf(demo.send('delete', `/images/${id}/metadata/architecture`))).toEqual(forbidden);
    expect((await post({ metadata: { architecture: 'x86_64' } })).status).toBe(200);
  });

  test.each([
    ['size', 500],
    ['protected', 500],
    ['file', 403],
    ['created_at', 403],
    ['deleted', 403],
    ['os_glance_x', 403],
  ])('with the name of the attribute %s of the image service returns %i', async (name, status) => {
    expect((await demo.send('post', path).send({ metadata: { [name]: 'x' } })).status).toBe(status);
    expect(await metadata()).toEqual({ architecture: 'x86_64', team: 'a' });
  });

  test('does not change name, owner and visibility of the image', async () => {
    const response = await demo.send('post', path).send({ metadata: { name: 'x', owner: 'y', visibility: 'public' } });
    expect([response.status, response.body]).toEqual([200, { metadata: { architecture: 'x86_64', team: 'a' } }]);
    const { image } = (await demo.send('get', `/images/${demo.imageId('demo-private')}`)).body;
    expect(image.name).toBe('demo-private');
  });

  test('succeeds while the image is saving, and returns 409 in a world that follows the reference', async () => {
    const savingPath = `/images/${demo.imageId('status-saving')}/metadata`;
    const post = () => demo.send('post', savingPath).send({ metadata: { stage: 'test' } });
    expect((await post()).status).toBe(200);
    demo.world.setProfiles({ 'compute-v2.1': { 'image-being-saved': 'reference' } });
    expect((await faultOf(post())).slice(0, 2)).toEqual([409, 'buildInProgress']);
    expect((await demo.send('delete', `${savingPath}/none`)).status).toBe(409);
    expect((await demo.send('get', savingPath)).status).toBe(200);
  });

  test('must be JSON, also if its type is plain text', async () => {
    const body = JSON.stringify({ metadata: { stage: 'test' } });
    const typed = (type: string) => demo.send('post', path).set('Content-Type', type).send(body);
    expect((await typed('text/plain')).status).toBe(200);
    expect(await faultOf(typed('application/xml'))).toEqual([415, 'badMediaType', 'Unsupported Content-Type']);
    expect(await faultOf(demo.send('post', path).set('Content-Type', 'application/json').send('nope'))).toEqual([
      400,
      'badRequest',
      'Malformed request body',
    ]);
  });
});

describe('Microversions', () => {
  const CHANGES = [
    ['list', () => demo.send('get', path)],
    ['read an item', () => demo.send('get', `${path}/team`)],
    ['add', () => demo.send('post', path).send({ metadata: { stage: 'test' } })],
    ['replace', () => demo.send('put', path).send({ metadata: { stage: 'test' } })],
    ['set an item', () => demo.send('put', `${path}/stage`).send({ meta: { stage: 'test' } })],
    ['remove an item', () => demo.send('delete', `${path}/team`)],
  ] as const;

  test.each(CHANGES)('end after 2.38 for: %s', async (_name, send) => {
    const version = (minor: number) => send().set('OpenStack-API-Version', `compute 2.${minor}`);
    expect(await faultOf(version(39))).toEqual(NO_RESOURCE);
    expect(stored()).toEqual({ architecture: 'x86_64', team: 'a' });
    expect((await version(38)).status).toBeLessThan(300);
  });

  test('end after 2.35 for images', async () => {
    const image = `/images/${demo.imageId('demo-private')}`;
    for (const rest of ['/images', '/images/detail', image]) {
      expect((await demo.send('get', rest, 35)).status).toBe(200);
      expect(await faultOf(demo.send('get', rest, 36))).toEqual(NO_RESOURCE);
      expect(await faultOf(demo.send('get', rest, 'latest'))).toEqual(NO_RESOURCE);
    }
    expect((await demo.send('delete', image, 36)).status).toBe(404);
    expect((await demo.send('delete', image, 35)).status).toBe(204);
  });
});
