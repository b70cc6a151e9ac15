import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { blankImage } from '../../../src/dialects/shared/placeholder-image.ts';
import type { Image } from '../../../src/domain/image.ts';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
let project: string;

beforeEach(async () => {
  emulator = createTestEmulator({ frozenAt: NOON });
  token = await login(emulator.app);
  project = emulator.worlds.default.identity.callerOf(token)?.projectId ?? '';
});

const send = (method: 'get' | 'delete' | 'put' | 'head' | 'options' | 'post', path: string) =>
  request(emulator.app)[method](`/compute${path}`).set({ Host: 'cloud', 'X-Auth-Token': token });
const get = (rest: string) => send('get', `/v2.1/${project}/images${rest}`);

interface Item {
  readonly id: string;
  readonly name: string;
}
const namesOf = (response: request.Response): readonly string[] => response.body.images.map(({ name }: Item) => name);

let count = 0;
/** Stores an image of the caller. */
function placeImage(changes: Partial<Image>): string {
  count += 1;
  const id = `aaaaaaaa-0000-4000-8000-${String(count).padStart(12, '0')}`;
  emulator.worlds.default.images.place({ ...blankImage(id, NOON + count), owner: project, ...changes });
  return id;
}

describe('The Content-Type of a request', () => {
  const wrongType = { badMediaType: { code: 415, message: 'Unsupported Content-Type' } };

  test.each(['application/xml', 'application/octet-stream', 'APPLICATION/JSON', 'text/html'])(
    '%s is rejected with or without a body',
    async (type) => {
      for (const response of [
        await get('').set('Content-Type', type),
        await send('delete', `/v2.1/${project}/images/x`).set('Content-Type', type),
        await send('get', '/').set('Content-Type', type),
        await send('get', '/v2.1/').set('Content-Type', type),
      ]) {
        expect([response.status, response.body]).toEqual([415, wrongType]);
      }
    },
  );

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/vnd.openstack.compute+json',
  ])('%s is accepted', async (type) => {
    expect((await get('?limit=1').set('Content-Type', type)).status).toBe(200);
  });

  test('is checked after the token and the microversion and before everything else', async () => {
    const type = { 'Content-Type': 'text/xml' };
    expect((await request(emulator.app).get('/compute/v2.1/images').set(type)).status).toBe(401);
    expect((await get('').set({ ...type, 'X-OpenStack-Nova-API-Version': 'x' })).status).toBe(400);
    expect((await get('').set({ ...type, 'X-OpenStack-Nova-API-Version': '2.36' })).status).toBe(415);
    expect((await send('get', '/v2.1/abc/images').set(type)).status).toBe(415);
    expect((await send('get', '/v2.1/nothing').set(type)).status).toBe(404);
  });
});

describe('The Content-Type of a response', () => {
  const own = 'application/vnd.openstack.compute+json';

  test.each([
    ['application/json', 'application/json'],
    [own, own],
    [`application/json, ${own}`, 'application/json'],
    [`application/json;q=0.1, ${own}`, own],
    [`*/*, ${own}`, own],
    [`*/*;q=0.5, ${own};q=0.4`, 'application/json'],
    ['application/xml', 'application/json'],
  ])('for Accept: %s is %s', async (accept, type) => {
    expect((await get('?limit=1').set('Accept', accept)).headers['content-type']).toBe(type);
  });

  test('is plain JSON for errors, regardless of Accept', async () => {
    const response = await get('/x').set('Accept', own);
    expect([response.status, response.headers['content-type']]).toEqual([404, 'application/json; charset=UTF-8']);
  });
});

describe('Paths', () => {
  test('below /v2 are the same API with their own addresses and without microversions', async () => {
    const id = placeImage({ name: 'older' });
    const response = await send('get', `/v2/${project}/images/${id}`).set('X-OpenStack-Nova-API-Version', '9.9');
    expect(response.body.image.links[0].href).toBe(`http://cloud/compute/v2/${project}/images/${id}`);
    expect(response.headers['x-openstack-nova-api-version']).toBeUndefined();
    expect(response.headers['vary']).toBeUndefined();
    expect(response.headers['x-compute-request-id']).toMatch(/^req-/);
    expect((await send('get', `/v2/images/${id}`)).status).toBe(200);
    expect((await send('get', '/v2/abc/images')).status).toBe(400);
    expect((await send('delete', `/v2/${project}/images/${id}`)).status).toBe(204);
  });

  test.each(['FACE', 'g', 'foo bar', '~', '%2F'])('with an impossible tenant (%s) return 404', async (tenant) => {
    const response = await send('get', `/v2.1/${encodeURIComponent(tenant)}/images`);
    expect([response.status, response.type]).toEqual([404, 'text/plain']);
    expect(response.headers['openstack-api-version']).toBeUndefined();
  });

  test('are percent-decoded before routing', async () => {
    expect((await send('get', '/v2.1/%69mages?limit=1')).status).toBe(200);
    expect((await send('get', '/v2.1/images%2Fdetail?limit=1')).body.images[0]).toHaveProperty('status');
    expect((await send('get', '/v2.1/images/a%2Fb')).type).toBe('text/plain');
  });

  test('with only a tenant describe the version', async () => {
    const response = await send('get', `/v2.1/${project}/`);
    expect(response.body.version.id).toBe('v2.1');
    expect(response.headers['openstack-api-version']).toBe('compute 2.1');
    expect((await send('get', `/v2/${project}/`)).body.version.id).toBe('v2.0');
    expect((await send('get', '/v2.1/abc/')).status).toBe(400);
    expect((await request(emulator.app).get(`/compute/v2.1/${project}/`)).status).toBe(401);
  });

  test('of the versions accept any method', async () => {
    expect((await send('post', '/')).body.versions).toHaveLength(2);
    expect((await send('put', '/v2.1/')).body.version.id).toBe('v2.1');
    const options = await send('options', '/v2.1/');
    expect(options.body.version.id).toBe('v2.1');
    const head = await send('head', '/v2.1/');
    expect([head.status, head.text]).toEqual([200, undefined]);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
  });

  test('that are unknown return an error page in the format that Accept prefers', async () => {
    const response = await send('get', '/v2.1/nothing').set('Accept', 'application/json');
    expect([response.status, response.body.title]).toEqual([404, 'Not Found']);
    expect(response.headers['openstack-api-version']).toBeUndefined();
    expect(response.headers['x-compute-request-id']).toMatch(/^req-/);
  });
});

describe('The microversion', () => {
  test.each([
    [{ 'OpenStack-API-Version': 'compute 2.20, compute 2.30' }, 200, 'compute 2.30'],
    [{ 'OpenStack-API-Version': 'identity 3.0, COMPUTE 2.5' }, 200, 'compute 2.5'],
    [{ 'OpenStack-API-Version': 'compute 2.7', 'X-OpenStack-Nova-API-Version': 'x' }, 200, 'compute 2.7'],
    [{ 'OpenStack-API-Version': 'compute 2.5 x' }, 400, undefined],
    [{ 'X-OpenStack-Nova-API-Version': '' }, 400, undefined],
    [{ 'X-OpenStack-Nova-API-Version': '2.94' }, 406, 'compute 2.94'],
  ])('of %j returns %i %s', async (headers, status, version) => {
    const response = await get('?limit=1').set(headers);
    expect([response.status, response.headers['openstack-api-version']]).toEqual([status, version]);
  });

  test('without images is reported after a wrong tenant', async () => {
    expect((await send('get', '/v2.1/abc/images').set('X-OpenStack-Nova-API-Version', '2.36')).status).toBe(400);
  });
});

describe('The list', () => {
  test('has all images without a limit, and a next link at 1000 images', async () => {
    for (let nth = 0; nth < 1001; nth += 1) placeImage({ name: 'many' });
    const { body } = await get('?name=many');
    expect(body.images).toHaveLength(1001);
    expect(body.images_links).toBeUndefined();
    expect((await get('?name=many&limit=0')).body.images).toHaveLength(1001);
    const longer = (await get('?name=many&limit=1001')).body;
    expect([longer.images.length, longer.images_links]).toEqual([1001, undefined]);
    const page = (await get('?name=many&limit=1000')).body;
    expect([page.images.length, page.images_links.length]).toEqual([1000, 1]);
    const rest = (await get(`?name=many&marker=${body.images[0].id}`)).body;
    expect([rest.images.length, rest.images_links[0].href]).toEqual([
      1000,
      `http://cloud/compute/v2.1/${project}/images?marker=${body.images[1000].id}&name=many`,
    ]);
  });

  test('accepts every notation of numbers that the service accepts for the limit', async () => {
    for (const limit of ['+1', '%201', '1%0A', '0_1']) {
      expect((await get(`?limit=${limit}`)).body.images).toHaveLength(1);
    }
    for (const limit of ['1.0', '1e1', '0x1', '1__0', '']) expect((await get(`?limit=${limit}`)).status).toBe(400);
  });

  test('sorts the parameters of its next link and keeps the greatest of repeated ones', async () => {
    const id = placeImage({ name: 'z' });
    const linkOf = async (query: string) => (await get(`?${query}`)).body.images_links[0].href.split('?')[1];
    expect(await linkOf("z=(a)!*~'&limit=1&b=1&a=%20&b=2")).toBe(`a=+&b=2&limit=1&z=%28a%29%21%2A~%27&marker=${id}`);
    const second = await get(`?z=1&marker=${id}&limit=1&a=1`);
    expect(second.body.images_links[0].href.split('?')[1]).toBe(`a=1&limit=1&marker=${second.body.images[0].id}&z=1`);
  });

  test('accepts semicolons between parameters, and ignores an empty marker', async () => {
    placeImage({ name: 'one' });
    expect(namesOf(await get('?limit=1;name=one&marker='))).toEqual(['one']);
  });

  test.each([
    ['name=in:one,two', ['two', 'one']],
    ['name=eq:one', ['one']],
    ['property-name=one', ['one']],
    ['status=in:ACTIVE,QUEUED&type=t', ['one']],
    ['minDisk=%2B3.0&type=t', ['one']],
    ['changes-since=20200101T000000Z&type=t', ['one']],
    ['changes-since=2020&type=t', ['one']],
  ])('filtered by %s has %j', async (filter, names) => {
    placeImage({ name: 'one', minDisk: 3, properties: { image_type: 't' } });
    placeImage({ name: 'two' });
    expect(namesOf(await get(`?${filter}`))).toEqual(names);
  });

  test.each([
    ['name=ubuntu:22.04', "Unable to filter by unknown operator '"],
    ['status=x:y', "Unable to filter by unknown operator '"],
    ['changes-since=2020-02-30', 'Bad "updated_at" query filter format.'],
    ['changes-since=2020-01-01T24:00:00Z', 'Bad "updated_at" query filter format.'],
  ])('rejects %s with the message of the image service', async (filter, expected) => {
    const response = await get(`?${filter}`);
    const escaped = expected.replaceAll('"', '&quot;').replaceAll("'", '&#x27;');
    expect(response.body.badRequest.message).toContain(`HTTP 400 Bad Request: ${escaped}`);
  });

  test('rejects a marker that the caller cannot see, and fails on a query that is not UTF-8', async () => {
    const id = placeImage({ owner: 'f00', visibility: 'private' });
    const hidden = await get(`?marker=${id}`);
    expect(hidden.body).toEqual({
      forbidden: { code: 403, message: `HTTP 403 Forbidden: Forbidding request, image ${id} not visible` },
    });
    const broken = await get('?name=%ff');
    expect(broken.body.computeFault.message).toContain("<class 'UnicodeDecodeError'>");
  });
});

describe('An image', () => {
  test('shows two of its properties as the JSON in their text, and fails if it is not JSON', async () => {
    const id = placeImage({ properties: { mappings: '[{"device":"sda1"}]', block_device_mapping: '[]', plain: '[]' } });
    expect((await get(`/${id}`)).body.image.metadata).toEqual({
      mappings: [{ device: 'sda1' }],
      block_device_mapping: [],
      plain: '[]',
    });
    const invalid = placeImage({ properties: { mappings: 'nope' } });
    const response = await get(`/${invalid}`);
    expect([response.status, response.body.computeFault.code]).toEqual([500, 500]);
    expect((await get('')).status).toBe(500);
    expect((await send('delete', `/v2.1/${project}/images/${invalid}`)).status).toBe(204);
  });

  test.each([
    [' true ', 'AUTO'],
    ['YES', 'AUTO'],
    ['False', 'MANUAL'],
    ['', 'MANUAL'],
  ])('with auto_disk_config %j has disk config %s', async (value, expected) => {
    const id = placeImage({ properties: { auto_disk_config: value } });
    expect((await get(`/${id}`)).body.image['OS-DCF:diskConfig']).toBe(expected);
  });

  test('has links with the address of the request, including world and tenant', async () => {
    const { id } = (await get('?limit=1')).body.images[0];
    await request(emulator.app).post('/__admin/worlds').send({ name: 'other' });
    const there = await login(emulator.app, { world: 'other' });
    const response = await request(emulator.app)
      .get(`/w/other/compute/v2.1/images/${id}`)
      .set({ Host: 'else"where', 'X-Auth-Token': there });
    expect(response.body.image.links[0].href).toBe(`http://else"where/w/other/compute/v2.1/images/${id}`);
    expect((await get(`/${id}`)).body.image.links[1].href).toBe(`http://cloud/compute/${project}/images/${id}`);
  });
});

test('a body that is too long is rejected in the format that Accept prefers', async () => {
  const response = await send('delete', `/v2.1/${project}/images/x`)
    .set('Accept', 'text/html')
    .type('application/json')
    .send('x'.repeat(114_689));
  expect([response.status, response.type]).toEqual([413, 'text/html']);
  expect(response.text).toContain('max_request_body_size (114688)');
});
