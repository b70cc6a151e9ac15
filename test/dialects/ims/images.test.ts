import { expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/ims/contract.ts';
import { createTestEmulator, login, startEmulator } from '../../support/emulator.ts';
import { signed } from '../../support/sign.ts';

const IMAGES = '/ims/v2/images';
const PATCH = 'application/openstack-images-v2.1-json-patch';
const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';

interface ShownImage {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly protected: boolean;
  readonly disk_format: string;
  readonly created_at: string;
  readonly __imagetype: string;
  readonly __os_type: string;
  readonly __platform: string;
}

interface Context {
  readonly app: Express;
  readonly token: string;
  idOf(name: string): string;
}

async function start(): Promise<Context> {
  const { app, worlds } = createTestEmulator();
  const idOf = (name: string): string => {
    const world = worlds.get('default');
    const found = world?.images.list({ audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 }).images[0];
    if (found === undefined) throw new Error(`no image ${name}`);
    return found.id;
  };
  return { app, token: await login(app), idOf };
}

const get = ({ app, token }: Context, path: string): request.Test => request(app).get(path).set('X-Auth-Token', token);
const remove = ({ app, token }: Context, id: string): request.Test =>
  request(app).delete(`${IMAGES}/${id}`).set('X-Auth-Token', token);
const patch = ({ app, token }: Context, id: string, operations: unknown): request.Test =>
  request(app)
    .patch(`${IMAGES}/${id}`)
    .set('X-Auth-Token', token)
    .set('Content-Type', PATCH)
    .set('Accept', 'application/json')
    .send(JSON.stringify(operations));

const checkImage = compile(contract.operations.showImage.response);
const checkList = compile(contract.operations.listImages.response);
const checkCloudList = compile(contract.operations.listCloudImages.response);

test('the root lists the versions without a token, with links to the service', async () => {
  const { app } = createTestEmulator();
  const list = await request(app).get('/ims/').set('Host', 'ims.example:8080');
  expect(list.status).toBe(300);
  expect(list.body.versions.map(({ id }: ShownImage) => id)).toEqual(['v2.2', 'v2.1', 'v2.0', 'v1.1', 'v1.0']);
  expect(list.body.versions[0].links).toEqual([{ href: 'http://ims.example:8080/ims/v2/', rel: 'self' }]);
  const version = await request(app).get('/ims/v2.0');
  expect(version.status).toBe(300);
  expect(version.body.versions).toEqual([expect.objectContaining({ id: 'v2.0', status: 'SUPPORTED' })]);
  const unknown = await request(app).get('/ims/v9');
  expect(unknown.status).toBe(404);
  expect(unknown.body).toEqual({
    error_code: 'APIGW.0101',
    error_msg: expect.any(String),
    request_id: expect.any(String),
  });
});

test('an image from another API shows all derived attributes', async () => {
  const context = await start();
  const response = await get(context, `${IMAGES}/${context.idOf('debian-12-genericcloud')}`);
  expect(response.status).toBe(200);
  expect(checkImage(response.body)).toEqual([]);
  expect(response.body).toMatchObject({
    visibility: 'public',
    __imagetype: 'gold',
    __isregistered: 'true',
    __os_type: 'Linux',
    __os_bit: '64',
    __platform: 'Debian',
    __os_version: 'Debian 12 64bit',
    virtual_env_type: 'FusionCompute',
  });
  expect(response.body['__image_size']).toBe(String(response.body.size));
});

test('properties of an image take precedence over derived attributes', async () => {
  const context = await start();
  const id = context.idOf('demo-private');
  const before = await get(context, `${IMAGES}/${id}`);
  expect(before.body).toMatchObject({ __imagetype: 'private', __platform: 'Other' });
  const changed = await patch(context, id, [
    { op: 'add', path: '/__platform', value: 'EulerOS' },
    { op: 'add', path: '/__support_kvm', value: 'true' },
  ]);
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ __platform: 'EulerOS', __support_kvm: 'true' });
});

test.each(['status-queued', 'status-importing', 'status-uploading', 'demo-community', 'demo-2tib'])(
  'the image %s matches the documented schema',
  async (name) => {
    const context = await start();
    const response = await get(context, `${IMAGES}/${context.idOf(name)}`);
    expect(response.status).toBe(200);
    expect(checkImage(response.body)).toEqual([]);
  },
);

test('the native list has page links, the IMS list has none', async () => {
  const context = await start();
  const complete = await get(context, `${IMAGES}?limit=1000&sort_key=name&sort_dir=asc`);
  expect(checkList(complete.body)).toEqual([]);
  const names: string[] = [];
  let path: string | undefined = '/v2/images?sort_key=name&sort_dir=asc&limit=7';
  while (path !== undefined) {
    const page: request.Response = await get(context, `/ims${path}`);
    expect(page.status).toBe(200);
    names.push(...page.body.images.map((image: ShownImage) => image.name));
    path = page.body.next;
  }
  expect(names).toEqual(complete.body.images.map((image: ShownImage) => image.name));
  const imsList = await get(context, '/ims/v2/cloudimages?sort_key=name&sort_dir=asc');
  expect(checkCloudList(imsList.body)).toEqual([]);
  expect(Object.keys(imsList.body)).toEqual(['images']);
  expect(imsList.body.images).toEqual(complete.body.images);
  const secondPage = await get(
    context,
    `/ims/v2/cloudimages?sort_key=name&sort_dir=asc&limit=2&marker=${imsList.body.images[2].id}`,
  );
  expect(secondPage.body.images).toEqual(imsList.body.images.slice(3, 5));
});

test.each<[string, (image: ShownImage) => boolean]>([
  ['__imagetype=gold', (image) => image.__imagetype === 'gold'],
  ['__imagetype=private', (image) => image.__imagetype === 'private'],
  ['__imagetype=gold&visibility=public', (image) => image.__imagetype === 'gold'],
  ['__imagetype=gold&visibility=private', () => false],
  ['__isregistered=true&__platform=Debian', (image) => image.__platform === 'Debian'],
  ['__os_type=Linux&protected=true', (image) => image.__os_type === 'Linux' && image.protected === true],
  ['__isregistered=false', () => false],
  ['disk_format=zvhd2', (image) => image.disk_format === 'zvhd2' && image.status === 'active'],
  ['created_at=gt:2026-02-05T00:00:00Z', (image) => image.created_at > '2026-02-05T00:00:00Z'],
  ['name=in:demo-private,demo-shared', (image) => ['demo-private', 'demo-shared'].includes(image.name)],
  ['__imagetype=nonsense', () => false],
])('?%s selects the images with that attribute in both lists', async (search, matches) => {
  const context = await start();
  const all: readonly ShownImage[] = (await get(context, '/ims/v2/cloudimages')).body.images;
  const expected = all.filter(matches).map(({ id }) => id);
  for (const path of [`${IMAGES}?limit=1000&`, '/ims/v2/cloudimages?']) {
    const response = await get(context, path + search);
    expect(response.status).toBe(200);
    expect(response.body.images.map(({ id }: ShownImage) => id)).toEqual(expected);
  }
});

test('a filter on a derived attribute works with paging', async () => {
  const context = await start();
  const all = await get(context, `${IMAGES}?__imagetype=private&__os_type=Linux&limit=1000`);
  const first = await get(context, `${IMAGES}?__imagetype=private&__os_type=Linux&limit=2`);
  expect(first.body.images).toEqual(all.body.images.slice(0, 2));
  const second = await get(context, `/ims${first.body.next}`);
  expect(second.body.images).toEqual(all.body.images.slice(2, 4));
  expect(all.body).not.toHaveProperty('next');
});

test.each([
  'limit=x',
  'limit=-1',
  'marker=nowhere',
  'sort_key=owner',
  'sort_dir=up',
  'visibility=none',
  'created_at=gt:soon',
])('a list with %s is rejected, with a Glance error in the native list and a code in the IMS list', async (search) => {
  const context = await start();
  const native = await get(context, `${IMAGES}?${search}`).set('Accept', 'application/json');
  expect(native.status).toBe(400);
  expect(native.body).toEqual({ message: expect.any(String), code: '400 Bad Request', title: 'Bad Request' });
  const imsList = await get(context, `/ims/v2/cloudimages?${search}`);
  expect(imsList.status).toBe(400);
  expect(imsList.body).toEqual({ error: { code: expect.stringMatching(/^IMG\.\d{4}$/), message: expect.any(String) } });
});

test.each<[string, string | undefined]>([
  ['no body', undefined],
  ['an empty object', '{}'],
  ['delete_backup true', '{"delete_backup": true}'],
  ['delete_backup false', '{"delete_backup": false}'],
])('a delete with %s removes the image', async (_title, body) => {
  const context = await start();
  const id = context.idOf('demo-private');
  const pending = remove(context, id);
  const response = await (body === undefined ? pending : pending.set('Content-Type', 'application/json').send(body));
  expect(response.status).toBe(204);
  expect(response.text).toBe('');
  expect((await get(context, `${IMAGES}/${id}`)).status).toBe(404);
});

test.each([
  '{"delete_backup": "true"}',
  '{"delete_backup": 1}',
  '{"delete_backup": null}',
  '[]',
  '"true"',
  'null',
  '{',
])('a delete with the body %s is rejected', async (body) => {
  const context = await start();
  const id = context.idOf('demo-private');
  const response = await remove(context, id).set('Content-Type', 'application/json').send(body);
  expect(response.status).toBe(400);
  expect(response.body).toEqual({ error: { code: 'IMG.0001', message: expect.any(String) } });
  expect((await get(context, `${IMAGES}/${id}`)).status).toBe(200);
});

test.each<[number, string, string]>([
  [403, 'demo-protected', 'is protected and cannot be deleted.'],
  [403, 'CentOS 7.3 64bit', 'You do not own this image'],
  [404, 'status-deleted-or-unknown', 'to delete'],
])('deleteImage returns %i for %s with the message of Glance', async (status, name, message) => {
  const context = await start();
  const id = status === 404 ? UNKNOWN : context.idOf(name);
  const html = await remove(context, id).set('Accept', '*/*');
  expect(html.status).toBe(status);
  expect(html.headers['content-type']).toBe('text/html; charset=UTF-8');
  expect(html.text).toContain(message);
  const json = await remove(context, id).set('Accept', 'application/json');
  expect(json.body.message).toContain(message);
});

test('the gateway rejects a missing or unknown token', async () => {
  const context = await start();
  for (const pending of [
    request(context.app).get(IMAGES),
    request(context.app).get(IMAGES).set('X-Auth-Token', 'nonsense'),
  ]) {
    const response = await pending;
    expect(response.status).toBe(401);
    expect(response.body).toEqual({
      error_code: expect.stringMatching(/^APIGW\.\d{4}$/),
      error_msg: expect.any(String),
      request_id: expect.any(String),
    });
  }
});

test('a user without permission to change images gets 403 with a code', async () => {
  const context = await start();
  const reader = { ...context, token: await login(context.app, { user: 'demo_reader' }) };
  const id = context.idOf('demo-private');
  for (const pending of [remove(reader, id), patch(reader, id, [])]) {
    const response = await pending;
    expect(response.status).toBe(403);
    expect(response.body.error.code).toBe('IMG.0026');
  }
  expect((await get(reader, `${IMAGES}/${id}`)).status).toBe(200);
});

test('the gateway returns 404 for an unknown method or path', async () => {
  const context = await start();
  for (const path of [IMAGES, '/ims/v2/nothing/here']) {
    const response = await request(context.app).put(path).set('X-Auth-Token', context.token);
    expect(response.status).toBe(404);
    expect(response.body.error_code).toBe('APIGW.0101');
  }
});

test('a patch of a missing property returns 409, and one of another media type 415', async () => {
  const context = await start();
  const id = context.idOf('demo-private');
  const missing = await patch(context, id, [{ op: 'replace', path: '/not_there', value: 'x' }]);
  expect(missing.status).toBe(409);
  expect(missing.body.message).toContain('Property not_there does not exist.');
  const other = await request(context.app)
    .patch(`${IMAGES}/${id}`)
    .set('X-Auth-Token', context.token)
    .set('Content-Type', 'application/json')
    .send('[]');
  expect(other.status).toBe(415);
  expect(other.headers['accept-patch']).toContain(PATCH);
});

test.each(['image', 'images', 'member', 'members'])('returns the schema %s', async (name) => {
  const context = await start();
  const response = await get(context, `/ims/v2/schemas/${name}`);
  expect(response.status).toBe(200);
  expect(response.body.name).toBe(name);
});

test('a request signed with access key and secret key is accepted like one with a token', async () => {
  const emulator = await startEmulator();
  try {
    const url = `${emulator.url}/ims/v2/images?limit=1`;
    const get = (secret: string): Promise<Response> =>
      fetch(url, { headers: signed({ method: 'GET', url, access: 'demo-ak', secret }) });
    const accepted = await get('demo-sk');
    expect(accepted.status).toBe(200);
    expect(((await accepted.json()) as { images: unknown[] }).images).toHaveLength(1);
    const rejected = await get('another-sk');
    expect(rejected.status).toBe(401);
    expect(((await rejected.json()) as { error_code: string }).error_code).toBe('APIGW.0301');
  } finally {
    await emulator.close();
  }
});
