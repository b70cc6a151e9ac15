import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, test } from '@jest/globals';
import { login, startEmulator } from '../../support/emulator.ts';
import { type Cloud, createCloud, messageOf } from './support.ts';

const DATA = '0123456789abcdefghij';
const MD5 = createHash('md5').update(DATA).digest('hex');
const RAW = { disk_format: 'raw', container_format: 'bare' };

test('hashes uploaded data and downloads it unchanged', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create(RAW);
  expect((await cloud.send('GET', `/v2/images/${id}/file`)).status).toBe(204);
  const put = await cloud.upload(id, DATA);
  expect([put.status, put.headers['content-type'], put.text]).toEqual([204, 'text/html; charset=UTF-8', '']);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({
    status: 'active',
    size: 20,
    virtual_size: 20,
    checksum: MD5,
    os_hash_algo: 'sha512',
    os_hash_value: createHash('sha512').update(DATA).digest('hex'),
    stores: 'store1',
  });
  const downloaded = await cloud.send('GET', `/v2/images/${id}/file`);
  expect([downloaded.status, downloaded.body.toString()]).toEqual([200, DATA]);
  expect(downloaded.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-md5': MD5,
    'content-length': '20',
  });
});

test.each([
  [{ disk_format: 'qcow2' }, null],
  [{ container_format: 'ova' }, null],
  [{}, 5],
])('sets the virtual size of an image with the attributes %j to %j', async (formats, virtualSize) => {
  const cloud = createCloud();
  const { id } = await cloud.createActive(formats, 'hello');
  expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({ size: 5, virtual_size: virtualSize });
});

test('activates an image of zero bytes with the hash of empty data', async () => {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, '');
  expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({
    status: 'active',
    size: 0,
    virtual_size: null,
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
  });
  const downloaded = await cloud.send('GET', `/v2/images/${id}/file`);
  expect([downloaded.status, downloaded.headers['content-length']]).toEqual([200, '0']);
});

test('rejects a second upload as an invalid transition', async () => {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, DATA);
  const response = await cloud.upload(id, 'x');
  expect([response.status, messageOf(response)]).toEqual([
    409,
    'Image status transition from active to saving is not allowed',
  ]);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.checksum).toBe(MD5);
});

test.each([
  [{}, 'Properties disk_format, container_format must be set prior to saving data.'],
  [{ disk_format: 'raw' }, 'Property container_format must be set prior to saving data.'],
  [{ container_format: 'bare' }, 'Property disk_format must be set prior to saving data.'],
])('rejects data of an image that lacks a format: %j', async (formats, message) => {
  const cloud = createCloud();
  const { id } = await cloud.create(formats);
  const response = await cloud.upload(id, 'x');
  expect([response.status, messageOf(response)]).toEqual([400, message]);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.status).toBe('queued');
});

test.each(['application/json', 'text/plain', 'APPLICATION/OCTET-STREAM'])(
  'rejects %s as the type of image data',
  async (type) => {
    const response = await createCloud().upload('unknown', 'x', { headers: { 'Content-Type': type } });
    expect([response.status, messageOf(response)]).toEqual([
      415,
      `The request media type ${type} is not supported by this server.\n`,
    ]);
  },
);

test('checks the store of an upload before anything else', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create(RAW);
  const wrong = await cloud.upload('unknown', 'x', { headers: { 'X-Image-Meta-Store': 'nowhere' } });
  expect([wrong.status, messageOf(wrong)]).toEqual([400, 'Store for identifier nowhere not found']);
  expect((await cloud.upload(id, 'x', { headers: { 'X-Image-Meta-Store': 'store2' } })).status).toBe(204);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.stores).toBe('store2');
});

test('accepts data only from callers that can change the image', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create({ ...RAW, visibility: 'community' });
  const other = await cloud.upload(id, 'x', { user: 'alt_demo' });
  expect([other.status, messageOf(other)]).toEqual([403, `Not allowed to upload image data for image ${id}`]);
  expect((await cloud.upload(id, 'x', { user: 'demo_reader' })).status).toBe(204);
  expect((await cloud.send('GET', `/v2/images/${id}/file`, { user: 'alt_demo' })).status).toBe(200);
});

test('returns 403 for the download of a deactivated image, except to administrators', async () => {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, DATA);
  cloud.edit(id, { status: 'deactivated' });
  const rejected = await cloud.send('GET', `/v2/images/${id}/file`);
  expect([rejected.status, messageOf(rejected)]).toEqual([
    403,
    'The requested image has been deactivated. Image data download is forbidden.',
  ]);
  expect((await cloud.send('GET', `/v2/images/${id}/file`, { user: 'admin' })).status).toBe(200);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.stores).toBeUndefined();
});

async function createData(): Promise<{ readonly cloud: Cloud; readonly path: string }> {
  const cloud = createCloud();
  const { id } = await cloud.createActive({}, DATA);
  return { cloud, path: `/v2/images/${id}/file` };
}

test('downloads ranges of the data', async () => {
  const { cloud, path } = await createData();
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['Range', 'bytes=0-4', '01234', 'bytes 0-4/20'],
    ['Range', 'bytes=5-', '56789abcdefghij', 'bytes 5-19/20'],
    ['Range', 'bytes=-5', 'fghij', 'bytes 15-19/20'],
    ['Range', 'bytes=-100', DATA, 'bytes 0-19/20'],
    ['Range', 'bytes=-0', DATA, 'bytes 0-19/20'],
    ['Range', 'bytes=10-100', 'abcdefghij', 'bytes 10-19/20'],
    ['Range', 'BYTES = 1 - 2;q', '12', 'bytes 1-2/20'],
    ['Range', 'bytes=0-99999999999999999999', DATA, 'bytes 0-19/20'],
    ['Content-Range', 'bytes 0-4/20', '01234', 'bytes 0-4/20'],
    ['Content-Range', 'bytes 5-19/*', '56789abcdefghij', 'bytes 5-19/20'],
    ['Content-Range', 'bytes 0-4/999', '01234', 'bytes 0-4/20'],
  ];
  for (const [header, value, data, contentRange] of cases) {
    const response = await cloud.send('GET', path, { headers: { [header]: value } });
    expect([value, response.status, response.body.toString()]).toEqual([value, 206, data]);
    expect(response.headers).toMatchObject({
      'content-range': contentRange,
      'content-md5': MD5,
      'content-length': String(data.length),
    });
  }
});

test.each([
  [
    'Range',
    'bytes=100-200',
    'Invalid start position in Range header. Start position MUST be in the inclusive range [0, 19].',
  ],
  [
    'Range',
    'bytes=20-',
    'Invalid start position in Range header. Start position MUST be in the inclusive range [0, 19].',
  ],
  ['Range', 'bytes=5-2', 'Invalid Range header.'],
  ['Range', 'chickens=1-2', 'Invalid Range header.'],
  ['Content-Range', 'bytes 100-200/20', 'Invalid Content-Range header.'],
  ['Content-Range', 'bytes x', 'Invalid Content-Range header.'],
  [
    'Content-Range',
    'bytes 10-100/*',
    'Invalid stop position in Content-Range header. The stop position MUST be in the inclusive range [0, 19].',
  ],
  [
    'Content-Range',
    'bytes 20-20/21',
    'Invalid start position in Content-Range header. Start position MUST be in the inclusive range [0, 19].',
  ],
])('returns 416 for %s: %s', async (header, value, detail) => {
  const { cloud, path } = await createData();
  const response = await cloud.send('GET', path, { headers: { [header]: value, Accept: 'application/json' } });
  expect(response.status).toBe(416);
  expect(response.headers['content-range']).toBeUndefined();
  expect(response.body).toEqual({
    message: `The Range requested is not available.<br /><br />\n${detail}\n\n`,
    code: '416 Request Range Not Satisfiable',
    title: 'Request Range Not Satisfiable',
  });
});

test('rejects several ranges in one request', async () => {
  const { cloud, path } = await createData();
  const response = await cloud.send('GET', path, { headers: { Range: 'bytes=0-1,4-5' } });
  expect([response.status, messageOf(response)]).toEqual([
    400,
    'Requests with multiple ranges are not supported in Glance. You may make multiple single-range requests instead.',
  ]);
});

test('returns 204 for a range of an image without data', async () => {
  const cloud = createCloud();
  const { id } = await cloud.create(RAW);
  expect((await cloud.send('GET', `/v2/images/${id}/file`, { headers: { Range: 'bytes=0-1' } })).status).toBe(204);
});

test('rejects data over the size cap, with and without Content-Length', async () => {
  const cloud = createCloud({ imageSizeCap: 10 });
  for (const upload of [cloud.upload, cloud.uploadChunked]) {
    const { id } = await cloud.create(RAW);
    const response = await upload(id, 'x'.repeat(11));
    expect([response.status, messageOf(response)]).toEqual([
      413,
      'The incoming image is too large: The provided image is too large.',
    ]);
    expect((await cloud.send('GET', `/v2/images/${id}`)).body.status).toBe('queued');
  }
  await cloud.createActive({}, 'x'.repeat(10));
});

test('counts stored data against the quota and frees it on delete', async () => {
  const cloud = createCloud({ userStorageQuota: 30 });
  const first = await cloud.createActive({}, DATA);
  const { id } = await cloud.create(RAW);
  const rejected = await cloud.upload(id, 'x'.repeat(11));
  expect([rejected.status, messageOf(rejected)]).toEqual([
    413,
    'Image exceeds the storage quota: The size of the data 11 will exceed the limit. 10 bytes remaining.',
  ]);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.status).toBe('queued');
  await cloud.createActive({}, DATA, 'alt_demo');
  await cloud.send('DELETE', `/v2/images/${first.id}`);
  expect((await cloud.upload(id, 'x'.repeat(11))).status).toBe(204);
});

test('leaves the image saving when a chunked upload exceeds the quota', async () => {
  const cloud = createCloud({ userStorageQuota: 5 });
  const { id } = await cloud.create(RAW);
  const response = await cloud.uploadChunked(id, 'x'.repeat(6));
  expect(response.status).toBe(413);
  expect((await cloud.send('GET', `/v2/images/${id}`)).body.status).toBe('saving');
});

/** Starts an upload and returns once the service has received the first half of the data. */
async function halfUpload(): Promise<{
  readonly url: string;
  readonly send: (method: string, path: string, body?: string, type?: string) => Promise<Response>;
  readonly id: string;
  readonly finish: () => Promise<number>;
  readonly abort: () => Promise<void>;
  readonly close: () => Promise<void>;
}> {
  const emulator = await startEmulator();
  const token = await login(emulator.app);
  const url = `${emulator.url}/image`;
  const send = (method: string, path: string, body?: string, type = 'application/json'): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { 'X-Auth-Token': token, 'Content-Type': type },
      ...(body !== undefined && { body }),
    });
  const { id } = (await (await send('POST', '/v2/images', JSON.stringify({ name: 'slow', ...RAW }))).json()) as {
    id: string;
  };
  const upload = httpRequest(`${url}/v2/images/${id}/file`, {
    method: 'PUT',
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream', 'Content-Length': '8' },
  });
  upload.write('half');
  const responseEvent = once(upload, 'response');
  responseEvent.catch(() => undefined);
  const status = async (): Promise<string> =>
    ((await (await send('GET', `/v2/images/${id}`)).json()) as { status: string }).status;
  while ((await status()) !== 'saving') await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    url,
    send,
    id,
    finish: async () => {
      upload.end('rest');
      const [response] = await responseEvent;
      response.resume();
      return response.statusCode;
    },
    abort: async () => {
      upload.destroy();
      while ((await status()) === 'saving') await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: emulator.close,
  };
}

test('during an upload the image is saving, has no data, rejects another upload and loses changes', async () => {
  const { send, id, finish, close } = await halfUpload();
  try {
    expect((await send('GET', `/v2/images/${id}/file`)).status).toBe(204);
    expect((await send('PUT', `/v2/images/${id}/file`, 'x', 'application/octet-stream')).status).toBe(409);
    const patch = '[{"op": "replace", "path": "/name", "value": "during"}]';
    const patched = await send('PATCH', `/v2/images/${id}`, patch, 'application/openstack-images-v2.1-json-patch');
    expect(await patched.json()).toMatchObject({ name: 'during', status: 'saving' });
    expect(await finish()).toBe(204);
    expect(await (await send('GET', `/v2/images/${id}`)).json()).toMatchObject({
      name: 'slow',
      status: 'active',
      size: 8,
    });
  } finally {
    await close();
  }
});

test('an upload returns 410 when the image is deleted meanwhile', async () => {
  const { send, id, finish, close } = await halfUpload();
  try {
    expect((await send('DELETE', `/v2/images/${id}`)).status).toBe(204);
    expect(await finish()).toBe(410);
    expect((await send('GET', `/v2/images/${id}`)).status).toBe(404);
  } finally {
    await close();
  }
});

test('an aborted upload leaves the image queued', async () => {
  const { send, id, abort, close } = await halfUpload();
  try {
    await abort();
    expect(await (await send('GET', `/v2/images/${id}`)).json()).toMatchObject({ status: 'queued', size: null });
  } finally {
    await close();
  }
});
