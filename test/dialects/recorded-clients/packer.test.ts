import { beforeEach, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { createTestEmulator, login, NOON } from '../../support/emulator.ts';

const COMPUTE = '/compute/v2.1';
const IMAGES = '/image/v2/images';
const PATCH = 'application/openstack-images-v2.1-json-patch';

let app: Express;
let token: string;
beforeEach(async () => {
  app = createTestEmulator({ frozenAt: NOON }).app;
  token = await login(app);
});

type Method = 'get' | 'post' | 'patch' | 'delete';

async function send(method: Method, path: string, body?: object | string): Promise<Response> {
  const sent = request(app)[method](path).set({ 'X-Auth-Token': token, Accept: 'application/json' });
  if (method === 'patch') sent.set('Content-Type', PATCH);
  return body === undefined ? sent : sent.send(body);
}

/** Replaces an attribute, as packer does one by one. */
const replace = async (image: string, path: string, value: unknown): Promise<number> =>
  (await send('patch', `${IMAGES}/${image}`, JSON.stringify([{ op: 'replace', path, value }]))).status;

test('The requests of the OpenStack builder of packer 1.6 find a flavor, build a server and make an image of it', async () => {
  expect((await send('get', `${COMPUTE}/flavors/m1.tiny`)).status).toBe(404);
  const { flavors } = (await send('get', `${COMPUTE}/flavors/detail`)).body;
  const flavor = flavors.find(({ name }: { readonly name: string }) => name === 'm1.tiny');
  const keypair = await send('post', `${COMPUTE}/os-keypairs`, { keypair: { name: 'packer_1' } });
  expect([keypair.status, keypair.body.keypair.private_key]).toEqual([200, expect.stringMatching(/^-----BEGIN/)]);
  const [base] = (await send('get', `${IMAGES}?name=demo-private`)).body.images;
  const created = await send('post', `${COMPUTE}/servers`, {
    server: {
      config_drive: false,
      flavorRef: flavor.id,
      imageRef: base.id,
      key_name: 'packer_1',
      name: 'packed',
      user_data: 'I2Nsb3VkLWNvbmZpZw==',
    },
  });
  expect(created.status).toBe(202);
  const server = `${COMPUTE}/servers/${created.body.server.id}`;
  expect((await send('get', server)).body.server.status).toBe('ACTIVE');
  expect((await send('post', `${server}/action`, { 'os-stop': null })).status).toBe(202);
  expect((await send('get', server)).body.server.status).toBe('SHUTOFF');
  const taken = await send('post', `${server}/action`, {
    createImage: { metadata: { image_type: 'image', stage: 'test' }, name: 'packed' },
  });
  const image = taken.headers['location']?.split('/').at(-1) ?? '';
  expect((await send('get', `${IMAGES}/${image}`)).body).toMatchObject({ status: 'active', image_type: 'image' });
  expect(await replace(image, '/tags', ['packer'])).toBe(200);
  expect(await replace(image, '/visibility', 'private')).toBe(200);
  expect(await replace(image, '/min_disk', 2)).toBe(200);
  expect((await send('delete', server)).status).toBe(204);
  expect((await send('get', server)).status).toBe(404);
  expect((await send('delete', `${COMPUTE}/os-keypairs/packer_1`)).status).toBe(202);
  expect((await send('get', `${IMAGES}/${image}`)).body).toMatchObject({
    tags: ['packer'],
    min_disk: 2,
    stage: 'test',
  });
});
