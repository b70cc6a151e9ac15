import { describe, expect, test } from '@jest/globals';
import { observedResponse } from '../../src/faults/observed.ts';
import { DATA, IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();

test.each(['rackspace-images', 'rackspace-servers', 'ims', 'compute-v2.1'])(
  'proxy-page: every second image shown by %s is a page of a proxy',
  async (api) => {
    const { player } = stage;
    await player.enable('proxy-page');
    expect((await player.on(`${api}.showImage`)).status).toBe(200);
    const answer = await player.on(`${api}.showImage`);
    expect([answer.status, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(answer.text).toMatch(/^<html>[\s\S]*<\/html>\n$/);
  },
);

describe.each(IMAGE_APIS)('In front of %s', (api) => {
  test.each([
    ['proxy-502', 502],
    ['proxy-503', 503],
    ['proxy-504', 504],
  ])('%s: two proxies answer each client in their own words, then the service', async (name, status) => {
    const { player } = stage;
    await player.enable(name);
    for (const agent of ['one', 'other']) {
      for (const proxy of ['nginx', 'haproxy']) {
        const answer = await player.on(`${api}.showImage`, { agent });
        expect([answer.status, answer.text]).toEqual([status, observedResponse(`${proxy}-${status}`)?.body]);
        expect(answer.headers).not.toHaveProperty('retry-after');
      }
      expect((await player.on(`${api}.showImage`, { agent })).status).toBe(200);
    }
  });

  test('over-limit-proxy: three proxies say 429, then the service answers', async () => {
    const { player } = stage;
    await player.enable('over-limit-proxy');
    const seen: unknown[] = [];
    for (let number = 0; number < 3; number += 1) {
      const { status, headers } = await player.on(`${api}.listImages`);
      seen.push([status, headers['content-type'], headers['retry-after']]);
    }
    expect(seen).toEqual([
      [429, 'text/html', undefined],
      [429, 'text/html', undefined],
      [429, 'application/json', '1'],
    ]);
    expect((await player.on(`${api}.listImages`)).status).toBe(200);
  });

  test('captive-portal: a page says 200, once for each client', async () => {
    const { player } = stage;
    await player.enable('captive-portal');
    const list = () => player.on(`${api}.listImages`, { agent: 'one' });
    const first = await list();
    expect([first.status, first.type]).toEqual([200, 'text/html']);
    expect((await list()).body).toHaveProperty('images');
  });

  test('proxy-504-after-write: a delete takes place, and the proxy did not wait for it', async () => {
    const { player } = stage;
    await player.enable('proxy-504-after-write');
    expect(await statuses(2, () => player.on(`${api}.deleteImage`))).toEqual([504, 404]);
  });
});

test.each([
  'image-v2.createImage',
  'ims.createImage',
  'compute-v2.1.createServerImage',
  'rackspace-servers.createServerImage',
  'ims.createCloudImage',
])('proxy-504-after-write: %s makes an image, and the proxy did not wait for it', async (operation) => {
  const { player } = stage;
  await player.enable('proxy-504-after-write');
  expect((await player.on(operation, { name: 'unheard' })).status).toBe(504);
  expect(await player.count('unheard')).toBe(1);
});

test.each(['image-v2', 'rackspace-images', 'ims'])('proxy-504-after-write: %s changes the image', async (api) => {
  const { player } = stage;
  await player.enable('proxy-504-after-write');
  expect((await player.on(`${api}.updateImage`)).status).toBe(504);
  expect((await player.on(`${api}.showImage`)).body.name).toBe('renamed');
});

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'proxy-502-in-log-in: the first %s meets the proxy, the second gets a token',
  async (operation) => {
    const { player } = stage;
    await player.enable('proxy-502-in-log-in');
    const first = await player.on(`identity.${operation}`);
    expect([first.status, first.type]).toEqual([502, 'text/html']);
    expect([200, 201]).toContain((await player.on(`identity.${operation}`)).status);
  },
);

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'proxy-limits-upload: %s stops at the proxy, and the image still waits for data',
  async (operation) => {
    const { player } = stage;
    await player.enable('proxy-limits-upload');
    const image = await player.queued();
    const answer = await player.raw(operation, {
      image,
      body: [DATA.subarray(0, 1000)],
      headers: { 'Content-Length': String(DATA.length) },
    });
    expect(answer.head).toMatch(/^HTTP\/1.1 413 Request Entity Too Large\r\n/);
    expect(answer.body).toMatch(/<center>nginx<\/center>/);
    expect(player.statusOf(image)).toBe('queued');
  },
);
