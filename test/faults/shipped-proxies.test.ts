import { describe, expect, test } from '@jest/globals';
import { observedResponse } from '../../src/faults/observed.ts';
import { DATA, IMAGE_APIS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

test.each(['rackspace-images', 'rackspace-servers', 'ims', 'compute-v2.1'])(
  'proxy-page: every second showImage of %s returns the error page of a proxy',
  async (api) => {
    const { client } = context;
    await client.enable('proxy-page');
    expect((await client.send(`${api}.showImage`)).status).toBe(200);
    const response = await client.send(`${api}.showImage`);
    expect([response.status, response.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(response.text).toMatch(/^<html>[\s\S]*<\/html>\n$/);
  },
);

describe.each(IMAGE_APIS)('proxies in front of %s', (api) => {
  test.each([
    ['proxy-502', 502],
    ['proxy-503', 503],
    ['proxy-504', 504],
  ])('%s: each client receives the error pages of two proxies with status %i, then 200', async (name, status) => {
    const { client } = context;
    await client.enable(name);
    for (const agent of ['one', 'other']) {
      for (const proxy of ['nginx', 'haproxy']) {
        const response = await client.send(`${api}.showImage`, { agent });
        expect([response.status, response.text]).toEqual([status, observedResponse(`${proxy}-${status}`)?.body]);
        expect(response.headers).not.toHaveProperty('retry-after');
      }
      expect((await client.send(`${api}.showImage`, { agent })).status).toBe(200);
    }
  });

  test('over-limit-proxy: three proxies return 429, then the service returns 200', async () => {
    const { client } = context;
    await client.enable('over-limit-proxy');
    const received: unknown[] = [];
    for (let number = 0; number < 3; number += 1) {
      const { status, headers } = await client.send(`${api}.listImages`);
      received.push([status, headers['content-type'], headers['retry-after']]);
    }
    expect(received).toEqual([
      [429, 'text/html', undefined],
      [429, 'text/html', undefined],
      [429, 'application/json', '1'],
    ]);
    expect((await client.send(`${api}.listImages`)).status).toBe(200);
  });

  test('captive-portal: the first request of each client returns an HTML page with status 200', async () => {
    const { client } = context;
    await client.enable('captive-portal');
    const list = () => client.send(`${api}.listImages`, { agent: 'one' });
    const first = await list();
    expect([first.status, first.type]).toEqual([200, 'text/html']);
    expect((await list()).body).toHaveProperty('images');
  });

  test('proxy-504-after-write: a delete returns 504 and deletes the image', async () => {
    const { client } = context;
    await client.enable('proxy-504-after-write');
    expect(await statuses(2, () => client.send(`${api}.deleteImage`))).toEqual([504, 404]);
  });
});

test.each([
  'image-v2.createImage',
  'ims.createImage',
  'compute-v2.1.createServerImage',
  'rackspace-servers.createServerImage',
  'ims.createCloudImage',
])('proxy-504-after-write: %s returns 504 and creates the image', async (operation) => {
  const { client } = context;
  await client.enable('proxy-504-after-write');
  expect((await client.send(operation, { name: 'lost' })).status).toBe(504);
  expect(await client.countImages('lost')).toBe(1);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'proxy-504-after-write: an update through %s returns 504 and changes the image',
  async (api) => {
    const { client } = context;
    await client.enable('proxy-504-after-write');
    expect((await client.send(`${api}.updateImage`)).status).toBe(504);
    expect((await client.send(`${api}.showImage`)).body.name).toBe('renamed');
  },
);

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'proxy-502-in-log-in: the first %s returns the 502 of a proxy, the second a token',
  async (operation) => {
    const { client } = context;
    await client.enable('proxy-502-in-log-in');
    const first = await client.send(`identity.${operation}`);
    expect([first.status, first.type]).toEqual([502, 'text/html']);
    expect([200, 201]).toContain((await client.send(`identity.${operation}`)).status);
  },
);

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'proxy-limits-upload: the proxy rejects %s with 413, and the image stays queued',
  async (operation) => {
    const { client } = context;
    await client.enable('proxy-limits-upload');
    const image = await client.createQueuedImage();
    const response = await client.sendRaw(operation, {
      image,
      body: [DATA.subarray(0, 1000)],
      headers: { 'Content-Length': String(DATA.length) },
    });
    expect(response.head).toMatch(/^HTTP\/1.1 413 Request Entity Too Large\r\n/);
    expect(response.body).toMatch(/<center>nginx<\/center>/);
    expect(client.statusOf(image)).toBe('queued');
  },
);
