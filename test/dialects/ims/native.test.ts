import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { login, NOON, startEmulator } from '../../support/emulator.ts';
import { type Session, start } from './support.ts';

const PATCH = 'application/openstack-images-v2.1-json-patch';
const OCTETS = 'application/octet-stream';
const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';
const checkImage = compile(contract.operations.createImage.response);
const checkOldList = compile(contract.operations.listImagesDetailV11.response);

const upload = ({ app, token }: Session, id: string, data: string | Buffer): request.Test =>
  request(app)
    .put(`/ims/v2/images/${id}/file`)
    .set('X-Auth-Token', token)
    .set('Accept', 'application/json')
    .set('Content-Type', OCTETS)
    .send(data);

test('a created image is private, with the attributes derived from its operating system', async () => {
  const demo = await start();
  const response = await demo.send('post', '/v2/images', {
    __os_version: 'Ubuntu 14.04 server 64bit',
    container_format: 'bare',
    disk_format: 'vhd',
    min_disk: 100,
    min_ram: 1024,
    name: 'test',
    tags: ['test=testvalue', 'image=imagevalue'],
    visibility: 'private',
    protected: false,
  });
  expect(response.status).toBe(201);
  expect(checkImage(response.body)).toEqual([]);
  expect(response.headers['location']).toMatch(new RegExp(`/ims/v2/images/${response.body.id}$`));
  expect(response.body).toMatchObject({
    name: 'test',
    status: 'queued',
    visibility: 'private',
    __imagetype: 'private',
    __os_type: 'Linux',
    __platform: 'Ubuntu',
    __os_bit: '64',
    __os_version: 'Ubuntu 14.04 server 64bit',
    virtual_env_type: 'FusionCompute',
    disk_format: 'vhd',
    min_disk: 100,
    min_ram: 1024,
    owner: demo.projectId,
    tags: ['test=testvalue', 'image=imagevalue'],
  });
});

test('omitted attributes get the defaults of the service', async () => {
  const demo = await start();
  const { body } = await demo.send('post', '/v2/images', {});
  expect(body).toMatchObject({
    name: '',
    visibility: 'private',
    container_format: 'bare',
    disk_format: 'zvhd2',
    __os_version: 'Other Linux(64 bit)',
    __platform: 'Other',
    __os_type: 'Linux',
    __os_bit: '64',
    min_ram: 0,
  });
});

test.each([
  ['Windows Server 2016 Standard 64bit', 'Windows', 'Windows', '64'],
  ['SUSE Linux Enterprise Server 11 SP3 32bit', 'SUSE', 'Linux', '32'],
  ['Other(64 bit)', 'Other', 'Other', '64'],
  ['Debian GNU/Linux 99 64bit', 'Debian', 'Linux', '64'],
])('the operating system %s has the platform %s, the type %s and %s bits', async (version, platform, type, bit) => {
  const demo = await start();
  const { body } = await demo.send('post', '/v2/images', { __os_version: version });
  expect(body).toMatchObject({ __platform: platform, __os_type: type, __os_bit: bit, __os_version: version });
});

test.each<[number, unknown]>([
  [400, '{'],
  [400, []],
  [400, { name: 5 }],
  [400, { name: '' }],
  [400, { name: 'n'.repeat(256) }],
  [400, { min_disk: 0 }],
  [400, { min_disk: 1025 }],
  [400, { min_disk: '40' }],
  [400, { disk_format: 'vmdk2' }],
  [400, { container_format: 'ovf' }],
  [400, { visibility: 'shared' }],
  [400, { visibility: 'secret' }],
  [400, { tags: ['x'.repeat(256)] }],
  [400, { some_property: 5 }],
  [400, { id: 'no-uuid' }],
  [403, { visibility: 'public' }],
  [403, { status: 'active' }],
  [403, { owner: 'another-project' }],
])('createImage returns %i for %j with an error of Glance', async (status, body) => {
  const demo = await start();
  const before = demo.world.images.usage(demo.projectId).images;
  const response = await demo
    .send('post', '/v2/images')
    .set('Content-Type', 'application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
  expect(response.status).toBe(status);
  expect(response.body).toMatchObject({ code: expect.stringMatching(`^${status} `), message: expect.any(String) });
  expect(demo.world.images.usage(demo.projectId).images).toBe(before);
});

test('a name has up to 255 characters in native operations, or 128 by profile', async () => {
  const demo = await start();
  const name = 'n'.repeat(129);
  const id = await demo.createImage({ name });
  demo.world.setProfiles({ ims: { 'name-length': 'attributes' } });
  expect((await demo.send('post', '/v2/images', { name })).status).toBe(400);
  const patch = demo.send('patch', `/v2/images/${id}`).set('Content-Type', PATCH);
  expect((await patch.send(JSON.stringify([{ op: 'replace', path: '/name', value: name }]))).status).toBe(400);
});

test('createImage returns 413 over the image quota and 409 for an existing id', async () => {
  const demo = await start();
  expect((await demo.send('post', '/v2/images', { id: UNKNOWN })).status).toBe(201);
  expect((await demo.send('post', '/v2/images', { id: UNKNOWN })).status).toBe(409);
  demo.world.setLimits({ imageCountTotal: demo.world.images.usage(demo.projectId).images });
  expect((await demo.send('post', '/v2/images', {})).status).toBe(413);
});

test('data can be uploaded once, and the other APIs return it', async () => {
  const demo = await start();
  const id = await demo.createImage();
  const first = await upload(demo, id, 'the bytes');
  expect([first.status, first.text]).toEqual([204, '']);
  const shown = await demo.send('get', `/v2/images/${id}`);
  expect(shown.body).toMatchObject({
    status: 'active',
    size: 9,
    __image_size: '9',
    checksum: createHash('md5').update('the bytes').digest('hex'),
  });
  const data = await request(demo.app).get(`/image/v2/images/${id}/file`).set('X-Auth-Token', demo.token);
  expect(data.body.toString()).toBe('the bytes');
  expect((await upload(demo, id, 'more')).status).toBe(409);
});

test('an uploaded image becomes active or killed as the progress of the world configures', async () => {
  const demo = await start();
  const statusOf = async (id: string): Promise<string> => (await demo.send('get', `/v2/images/${id}`)).body.status;
  demo.world.setProgress({ upload: { pace: { by: 'polls', polls: 2 } } });
  const imageId = await demo.createImage();
  await upload(demo, imageId, 'the bytes');
  expect([await statusOf(imageId), await statusOf(imageId), await statusOf(imageId)]).toEqual([
    'saving',
    'saving',
    'active',
  ]);
  demo.world.setProgress({ upload: { pace: { by: 'once' }, failure: { code: 'IMG.0057', message: null } } });
  const failingId = await demo.createImage();
  await upload(demo, failingId, 'the bytes');
  expect(await statusOf(failingId)).toBe('killed');
});

test('a list with a query that is not UTF-8 is rejected as in Glance', async () => {
  const demo = await start();
  expect((await demo.send('get', '/v2/images?name=%ff')).status).toBe(400);
});

test('an upload of another type, to an unknown image, without data or over the limit is rejected', async () => {
  const demo = await start();
  const id = await demo.createImage();
  expect((await upload(demo, UNKNOWN, 'x')).status).toBe(404);
  expect((await upload(demo, id, 'x').set('Content-Type', 'text/plain')).status).toBe(415);
  expect((await upload(demo, id, '').set('Content-Length', '0')).status).toBe(400);
  demo.world.setLimits({ imageSizeCap: 3 });
  expect((await upload(demo, id, 'four')).status).toBe(413);
  expect((await demo.send('get', `/v2/images/${id}`)).body.status).toBe('queued');
  const reader = await demo.as('demo_reader');
  expect((await upload(reader, id, 'x')).status).toBe(403);
});

test.each(['/v2/images/{id}', '/v2/images/{id}/members', '/v2/schemas/image'])(
  'a body on GET %s is rejected',
  async (template) => {
    const demo = await start();
    const path = template.replace('{id}', demo.idOf('demo-private'));
    const response = await demo.send('get', path, {});
    expect(response.status).toBe(400);
    expect(response.body.message).toContain('A body is not expected with this request.');
  },
);

test('updateCloudImage changes an active image', async () => {
  const demo = await start();
  const path = `/v2/cloudimages/${demo.idOf('demo-private')}`;
  const response = await demo.send('patch', path, [
    { op: 'replace', path: '/name', value: 'ims_test 1.0' },
    { op: 'replace', path: '/__description', value: 'A description' },
    { op: 'add', path: '/__support_kvm', value: 'true' },
    { op: 'replace', path: '/min_ram', value: '2048' },
    { op: 'add', path: '/max_ram', value: '4096' },
    { op: 'add', path: '/hw_firmware_type', value: 'uefi' },
    { op: 'remove', path: '/team' },
  ]);
  expect(response.status).toBe(200);
  expect(checkImage(response.body)).toEqual([]);
  expect(response.body).toMatchObject({
    name: 'ims_test 1.0',
    __description: 'A description',
    __support_kvm: 'true',
    min_ram: 2048,
    max_ram: '4096',
    hw_firmware_type: 'uefi',
  });
  expect(response.body).not.toHaveProperty('team');
});

const replace = (path: string, value: unknown): readonly object[] => [{ op: 'add', path, value }];

test.each<[string, unknown]>([
  ['IMG.0001', {}],
  ['IMG.0001', [{ op: 'move', path: '/name', value: 'x' }]],
  ['IMG.0001', [{ op: 'replace', path: 'name', value: 'x' }]],
  ['IMG.0001', [{ op: 'replace', path: '/name' }]],
  ['IMG.0001', replace('/__support_kvm', true)],
  ['IMG.0002', replace('/name', 'n'.repeat(129))],
  ['IMG.0003', replace('/name', 'a/b')],
  ['IMG.0003', replace('/name', ' padded')],
  ['IMG.0013', replace('/name', '')],
  ['IMG.0004', replace('/__description', 'd'.repeat(1025))],
  ['IMG.0054', replace('/__description', 'a <b>')],
  ['IMG.0055', replace('/min_ram', -1)],
  ['IMG.0055', replace('/max_ram', 'much')],
  ['IMG.0141', replace('/hw_firmware_type', 'coreboot')],
  ['IMG.0035', replace('/visibility', 'public')],
  ['IMG.0035', replace('/status', 'queued')],
  ['IMG.0035', replace('/Team', 'b')],
  ['IMG.0035', [{ op: 'remove', path: '/name' }]],
  ['IMG.0035', [{ op: 'remove', path: '/not_there' }]],
  ['IMG.0035', [{ op: 'replace', path: '/not_there', value: 'x' }]],
  ['IMG.0035', [...replace('/__support_xen', 'true'), ...replace('/__support_xen_hana', 'true')]],
])('updateCloudImage returns %s for %j', async (code, body) => {
  const demo = await start();
  const id = demo.idOf('demo-private');
  const response = await demo.send('patch', `/v2/cloudimages/${id}`, body);
  expect([response.status, response.body]).toEqual([400, { error: { code, message: expect.any(String) } }]);
  expect(demo.world.images.peek(id)).toMatchObject({ name: 'demo-private', properties: { team: 'a' } });
});

test('updateCloudImage rejects an image that is not active or not owned', async () => {
  const demo = await start();
  const change = replace('/name', 'other');
  const queued = await demo.send('patch', `/v2/cloudimages/${await demo.createImage()}`, change);
  expect([queued.status, queued.body.error.code]).toEqual([400, 'IMG.0046']);
  const foreign = await demo.send('patch', `/v2/cloudimages/${demo.idOf('cirros-0.6.2-x86_64-disk')}`, change);
  expect([foreign.status, foreign.body.error.code]).toEqual([400, 'IMG.0047']);
});

test('the v1.1 list returns images in the format of API version 1', async () => {
  const demo = await start({ frozenAt: NOON });
  const list = await demo.send('get', '/v1.1/images/detail');
  expect(list.status).toBe(200);
  expect(checkOldList(list.body)).toEqual([]);
  expect(list.headers['x-openstack-request-id']).toMatch(/^req-/);
  const found = await demo.send('get', '/v1.1/images/detail?name=demo-private&unknown=x');
  expect(found.body.images).toEqual([
    expect.objectContaining({
      name: 'demo-private',
      status: 'active',
      is_public: false,
      deleted: false,
      deleted_at: null,
      created_at: '2026-02-01T09:00:00.000000',
      properties: { architecture: 'x86_64', team: 'a' },
    }),
  ]);
});

test('the v1.1 list filters by size and by changes, and includes deleted images', async () => {
  const demo = await start({ frozenAt: NOON });
  const names = async (search: string): Promise<readonly string[]> =>
    (await demo.send('get', `/v1.1/images/detail?${search}`)).body.images.map(({ name }: { name: string }) => name);
  expect(await names('name=demo-2tib&size_min=1000000000000')).toEqual(['demo-2tib']);
  expect(await names('name=demo-2tib&size_max=1000')).toEqual([]);
  expect(await names('changes-since=2026-11-21T11:59:00')).toEqual([]);
  const deleted = await demo.send('delete', `/v1.1/images/${demo.idOf('demo-private')}`);
  expect([deleted.status, deleted.text]).toEqual([204, '']);
  expect(deleted.headers['x-openstack-request-id']).toMatch(/^req-/);
  expect(await names('changes-since=2026-11-21T11:59:00')).toEqual(['demo-private']);
  const [image] = (await demo.send('get', '/v1.1/images/detail?changes-since=2026-11-21T11:59:00Z')).body.images;
  expect(image).toMatchObject({ status: 'deleted', deleted: true, deleted_at: '2026-11-21T12:00:00.000000' });
  for (const search of ['size_min=x', 'changes-since=soon', 'limit=-1']) {
    expect((await demo.send('get', `/v1.1/images/detail?${search}`)).status).toBe(400);
  }
});

test('headImageV1 returns the attributes of an image as headers', async () => {
  const demo = await start();
  const id = demo.idOf('demo-private');
  const { checksum } = demo.world.images.peek(id) ?? {};
  const head = await demo.send('head', `/v1/images/${id}`);
  expect(head.status).toBe(200);
  expect(head.headers).toMatchObject({
    'x-image-meta-id': id,
    'x-image-meta-name': 'demo-private',
    'x-image-meta-status': 'active',
    'x-image-meta-is_public': 'False',
    'x-image-meta-protected': 'False',
    'x-image-meta-created_at': '2026-02-01T09:00:00.000000',
    'x-image-meta-property-team': 'a',
    etag: checksum,
    'x-openstack-request-id': expect.stringMatching(/^req-/),
  });
  expect(head.headers).not.toHaveProperty('x-image-meta-deleted_at');
  expect((await demo.send('head', `/v1/images/${UNKNOWN}`)).status).toBe(404);
});

test('headImageV1 encodes non-ASCII names as UTF-8', async () => {
  const demo = await start();
  const id = await demo.createImage({ name: 'grün\n', 'a property': 'x', größe: 'ü' });
  const head = await demo.send('head', `/v1/images/${id}`);
  expect(head.status).toBe(200);
  expect(Buffer.from(head.headers['x-image-meta-name'] ?? '', 'latin1').toString()).toBe('grün');
});

test('deleteImageV11 returns 200 when the profile follows the example, and 404 when the profile removes it', async () => {
  const demo = await start();
  demo.world.setProfiles({ ims: { 'delete-v1.1': 'example' } });
  expect((await demo.send('delete', `/v1.1/images/${await demo.createImage()}`)).status).toBe(200);
  demo.world.setProfiles({ ims: { 'v1-calls': 'absent' } });
  const id = await demo.createImage();
  const response = await demo.send('delete', `/v1.1/images/${id}`);
  expect([response.status, response.body.error_code]).toEqual([404, 'APIGW.0101']);
  expect((await demo.send('get', `/v2/images/${id}`)).status).toBe(200);
});

test.each([
  ['/name', '', "'' is too short"],
  ['/name', 'x'.repeat(256), 'is too long'],
  ['/min_disk', 0, '0 is not between 1 and 1024'],
  ['/min_disk', 1025, '1025 is not between 1 and 1024'],
  ['/visibility', 'shared', "'shared' is not one of ['private']"],
  ['/visibility', 'community', "'community' is not one of ['private']"],
  ['/disk_format', 'vmdk', 'is not one of'],
  ['/container_format', 'ovf', 'is not one of'],
])('updateImage returns 400 for %s with the value %p', async (path, value, message) => {
  const demo = await start();
  const id = demo.idOf('demo-private');
  const patch = (body: unknown): request.Test =>
    demo
      .send('patch', `/v2/images/${id}`)
      .set('Content-Type', PATCH)
      .send(JSON.stringify([body]));
  const before = (await demo.send('get', `/v2/images/${id}`)).body;
  const response = await patch({ op: 'replace', path, value });
  expect([response.status, response.body.message]).toEqual([400, expect.stringContaining(message)]);
  expect((await demo.send('get', `/v2/images/${id}`)).body).toEqual(before);
  expect((await patch({ op: 'replace', path: '/min_disk', value: 1024 })).body.min_disk).toBe(1024);
});

test('a Content-Length over 128 GB is rejected before the upload', async () => {
  const emulator = await startEmulator();
  try {
    const token = await login(emulator.url);
    const created = await request(emulator.url)
      .post('/ims/v2/images')
      .set('X-Auth-Token', token)
      .send({ name: 'large' });
    const announce = (length: number): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const pending = httpRequest(
          `${emulator.url}/ims/v2/images/${created.body.id}/file`,
          { method: 'PUT', headers: { 'X-Auth-Token': token, 'Content-Type': OCTETS, 'Content-Length': length } },
          (response) => {
            resolve(response.statusCode);
            pending.destroy();
          },
        );
        pending.on('error', reject);
        pending.flushHeaders();
      });
    expect(await announce(128 * 1024 ** 3 + 1)).toBe(413);
    const shown = await request(emulator.url).get(`/ims/v2/images/${created.body.id}`).set('X-Auth-Token', token);
    expect(shown.body.status).toBe('queued');
  } finally {
    await emulator.close();
  }
});

test('a lone surrogate is rejected in creates and in tags', async () => {
  const demo = await start();
  const send = (path: string, body: string): request.Test =>
    demo.send('post', path).set('Content-Type', 'application/json').send(body);
  expect((await send('/v2/images', '{"name": "created", "half": "\\ud800"}')).status).toBe(400);
  const tag = await send(
    `/v2/${demo.projectId}/images/${demo.idOf('demo-private')}/tags`,
    '{"tag": {"key": "a", "value": "\\ud800"}}',
  );
  expect([tag.status, tag.body.error.code]).toEqual([400, 'IMG.0001']);
});
