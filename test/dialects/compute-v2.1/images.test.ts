import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let token: string;
let project: string;

beforeEach(async () => {
  emulator = createTestEmulator();
  token = await login(emulator.app);
  project = emulator.worlds.default.identity.callerOf(token)?.projectId ?? '';
});

const send = (method: 'get' | 'delete' | 'put' | 'head' | 'options', path: string) =>
  request(emulator.app)[method](`/compute${path}`).set({ Host: 'cloud', 'X-Auth-Token': token });
const get = (rest: string) => send('get', `/v2.1/${project}/images${rest}`);

/** Creates an image of the caller through the image API. */
async function createImage(fields: object, data?: string): Promise<string> {
  const created = await request(emulator.app).post('/image/v2/images').set('X-Auth-Token', token).send(fields);
  if (data !== undefined) {
    await request(emulator.app)
      .put(`/image/v2/images/${created.body.id}/file`)
      .set({ 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream' })
      .send(data);
  }
  return created.body.id;
}

const formats = { disk_format: 'raw', container_format: 'bare' };

describe('An image of the Compute API', () => {
  test('shows the attributes of the image service under its own names', async () => {
    const server = '11111111-1111-4111-8111-111111111111';
    const id = await createImage(
      {
        ...formats,
        name: 'snap',
        min_disk: 2,
        min_ram: 64,
        instance_uuid: server,
        auto_disk_config: 'True',
        tags: ['t'],
      },
      'hello',
    );
    const response = await get(`/${id}`);
    expect(response.status).toBe(200);
    expect(response.body.image).toEqual({
      id,
      name: 'snap',
      minRam: 64,
      minDisk: 2,
      metadata: { instance_uuid: server, auto_disk_config: 'True' },
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      updated: expect.stringMatching(/Z$/),
      status: 'ACTIVE',
      progress: 100,
      'OS-EXT-IMG-SIZE:size': 5,
      links: [
        { rel: 'self', href: `http://cloud/compute/v2.1/${project}/images/${id}` },
        { rel: 'bookmark', href: `http://cloud/compute/${project}/images/${id}` },
        { rel: 'alternate', type: 'application/vnd.openstack.image', href: `http://cloud/image/images/${id}` },
      ],
      server: {
        id: server,
        links: [
          { rel: 'self', href: `http://cloud/compute/v2.1/${project}/servers/${server}` },
          { rel: 'bookmark', href: `http://cloud/compute/${project}/servers/${server}` },
        ],
      },
      'OS-DCF:diskConfig': 'AUTO',
    });
    expect(response.headers).toMatchObject({
      'openstack-api-version': 'compute 2.1',
      'x-openstack-nova-api-version': '2.1',
      vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
      'x-compute-request-id': response.headers['x-openstack-request-id'],
    });
  });

  test.each([
    ['status-queued', 'SAVING', 25],
    ['status-saving', 'SAVING', 50],
    ['status-killed', 'ERROR', 0],
    ['status-pending-delete', 'DELETED', 0],
    ['status-deactivated', 'UNKNOWN', 0],
  ])('of the fixture %s is %s at %i percent', async (name, status, progress) => {
    const [image] = (await get(`/detail?name=${name}`)).body.images;
    expect([image.status, image.progress]).toEqual([status, progress]);
  });

  test('is found without a tenant in the path, and has links without one', async () => {
    const id = await createImage(formats);
    const response = await send('get', `/v2.1/images/${id}`);
    expect(response.body.image.links[0].href).toBe(`http://cloud/compute/v2.1/images/${id}`);
  });

  test('shows changes made through the Image API', async () => {
    const id = await createImage({ ...formats, name: 'before' });
    expect((await get(`/${id}`)).body.image.name).toBe('before');
    await request(emulator.app)
      .patch(`/image/v2/images/${id}`)
      .set({ 'X-Auth-Token': token, 'Content-Type': 'application/openstack-images-v2.1-json-patch' })
      .send(JSON.stringify([{ op: 'replace', path: '/name', value: 'after' }]));
    expect((await get(`/${id}`)).body.image.name).toBe('after');
  });
});

describe('The list of images', () => {
  test('has a next link on every full page, even if nothing follows', async () => {
    await createImage({ ...formats, name: 'two' });
    const last = await createImage({ ...formats, name: 'two' });
    const first = await get('?name=two&limit=1');
    expect(first.body.images.map(({ id }: { id: string }) => id)).toEqual([last]);
    expect(first.body.images_links).toEqual([
      { rel: 'next', href: `http://cloud/compute/v2.1/${project}/images?limit=1&name=two&marker=${last}` },
    ]);
    const second = await get(`?name=two&limit=1&marker=${last}`);
    expect(second.body.images).toHaveLength(1);
    expect(second.body.images_links).toHaveLength(1);
    const third = await get(`?name=two&limit=1&marker=${second.body.images[0].id}`);
    expect(third.body).toEqual({ images: [] });
    expect((await get('/detail?name=two&limit=2')).body.images_links[0].href).toContain('/images/detail?');
  });

  test('shows id, name and links, and everything in detail', async () => {
    await createImage({ ...formats, name: 'plain' });
    expect(Object.keys((await get('?name=plain')).body.images[0])).toEqual(['id', 'name', 'links']);
    expect((await get('/detail?name=plain')).body.images[0].minDisk).toBe(0);
  });

  test('ignores a limit of 0, and omits hidden images and those of other projects', async () => {
    const names = (await get('?limit=0')).body.images.map(({ name }: { name: string }) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names).not.toContain('demo-hidden');
    expect(names).not.toContain('alt-private');
  });

  test.each([
    ['status=ACTIVE', 1],
    ['status=saving', 0],
    ['type=snapshot', 1],
    ['server=http://x/servers/s-1', 1],
    ['server=s-2', 0],
    ['minDisk=3', 1],
    ['minDisk=x', 0],
    ['minRam=5', 0],
    ['property-hw_disk_bus=scsi', 1],
    ['hw_disk_bus=nothing', 1],
    ['changes-since=2020-01-01', 1],
    ['changes-since=2100-01-01T00:00:00Z', 0],
    ['name=other&name=one', 1],
  ])('filtered by %s has %i images', async (filter, count) => {
    await createImage(
      { ...formats, name: 'one', min_disk: 3, image_type: 'snapshot', instance_uuid: 's-1', hw_disk_bus: 'scsi' },
      'x',
    );
    expect((await get(`?name=one&${filter}`)).body.images).toHaveLength(count);
  });

  test.each([
    ['limit=-1', 'Invalid input received: limit must be >= 0'],
    ['limit=x', 'Invalid input received: limit must be an integer'],
    ['marker=nope', 'HTTP 400 Bad Request: No image found with ID nope'],
    ['changes-since=bogus', expect.stringContaining('Use ISO 8601 DateTime notation.')],
  ])('rejects %s', async (filter, message) => {
    const response = await get(`?${filter}`);
    expect(response.body).toEqual({ badRequest: { code: 400, message } });
    expect(response.type).toBe('application/json');
  });
});

describe('Deleting an image', () => {
  test('removes it for every API, and ignores a body', async () => {
    const id = await createImage(formats);
    const response = await send('delete', `/v2.1/${project}/images/${id}`).type('application/json').send('{}');
    expect([response.status, response.text]).toEqual([204, '']);
    expect((await get(`/${id}`)).body).toEqual({ itemNotFound: { code: 404, message: 'Image not found.' } });
    expect((await request(emulator.app).get(`/image/v2/images/${id}`).set('X-Auth-Token', token)).status).toBe(404);
    expect((await send('delete', `/v2.1/${project}/images/${id}`)).status).toBe(404);
  });

  test('is rejected for a protected image, an image of another project and an image in use', async () => {
    const [protectedImage] = (await get('?name=demo-protected')).body.images;
    const rejected = await send('delete', `/v2.1/${project}/images/${protectedImage.id}`);
    expect(rejected.body).toEqual({ forbidden: { code: 403, message: 'You are not allowed to delete the image.' } });
    const [used] = (await get('?name=in-use-by-web-1')).body.images;
    const failed = await send('delete', `/v2.1/${project}/images/${used.id}`);
    expect([failed.status, failed.body.computeFault.code]).toEqual([500, 500]);
  });
});

describe('A request', () => {
  test('is checked for its token first, then for its tenant', async () => {
    const none = await request(emulator.app).get(`/compute/v2.1/${project}/images`).set('Host', 'cloud');
    expect(none.body).toEqual({
      error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' },
    });
    expect(none.headers['www-authenticate']).toBe('Keystone uri="http://cloud/identity"');
    expect((await request(emulator.app).get('/compute/v2.1/nothing')).status).toBe(401);
    const other = await send('get', '/v2.1/abc/images');
    expect(other.body.badRequest.message).toBe(
      `Malformed request URL: URL's project_id 'abc' doesn't match Context's project_id '${project}'`,
    );
  });

  test.each([
    ['X-OpenStack-Nova-API-Version', '2.35', 200, 'compute 2.35'],
    ['X-OpenStack-Nova-API-Version', '2.36', 404, 'compute 2.36'],
    ['X-OpenStack-Nova-API-Version', 'latest', 404, 'compute 2.93'],
    ['X-OpenStack-Nova-API-Version', '9.9', 406, 'compute 9.9'],
    ['X-OpenStack-Nova-API-Version', 'x', 400, undefined],
    ['OpenStack-API-Version', 'compute 2.35', 200, 'compute 2.35'],
    ['OpenStack-API-Version', 'compute 2.36', 404, 'compute 2.36'],
    ['OpenStack-API-Version', 'image 2.9', 200, 'compute 2.1'],
    ['OpenStack-API-Version', 'compute 2.0', 406, 'compute 2.0'],
    ['OpenStack-API-Version', 'compute x', 400, undefined],
  ])('with %s: %s returns %i', async (header, value, status, version) => {
    const response = await get('?name=demo-private').set(header, value);
    expect([response.status, response.headers['openstack-api-version']]).toEqual([status, version]);
  });

  test('returns the allowed methods for another method, and an HTML page for an unknown path', async () => {
    const wrong = await send('put', `/v2.1/${project}/images/x`);
    expect([wrong.status, wrong.headers['allow'], wrong.body.badMethod.code]).toEqual([405, 'GET, DELETE', 405]);
    const unknown = await send('get', `/v2.1/${project}/nothing`).set('Accept', 'text/html');
    expect([unknown.status, unknown.type]).toEqual([404, 'text/html']);
    expect((await send('head', `/v2.1/${project}/images`)).status).toBe(404);
    expect((await send('options', `/v2.1/${project}/images`)).status).toBe(200);
  });

  test('accepts repeated slashes in the path, but none at the end', async () => {
    expect((await send('get', `/v2.1/${project}//images?name=demo-private`)).body.images).toHaveLength(1);
    expect((await send('get', `//v2.1/${project}/images`)).status).toBe(200);
    expect((await get('/')).status).toBe(404);
  });
});

describe('Versions', () => {
  const getVersion = (path: string) => request(emulator.app).get(`/compute${path}`).set('Host', 'cloud');

  test('are listed and described without a token', async () => {
    const list = await getVersion('/');
    expect(
      list.body.versions.map(({ id, links: [link] }: { id: string; links: [{ href: string }] }) => [id, link.href]),
    ).toEqual([
      ['v2.0', 'http://cloud/compute/v2/'],
      ['v2.1', 'http://cloud/compute/v2.1/'],
    ]);
    expect((await getVersion('/v2.1')).body.version).toMatchObject({ id: 'v2.1', version: '2.93', min_version: '2.1' });
    expect((await getVersion('/v2/')).body.version.id).toBe('v2.0');
    const choices = await getVersion('/v9/x');
    expect([choices.status, choices.body.choices[1].links[0].href]).toEqual([300, 'http://cloud/compute/v2.1/v9/x']);
  });
});
