import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RawResponse } from '../support/raw-socket.ts';
import {
  contentLengthOf,
  DATA,
  jsonOf,
  type RawRequestOptions,
  SILENCE_MS,
  setUpScenarioClient,
} from './shipped-support.ts';

const context = setUpScenarioClient();
const WHOLE = DATA.toString('latin1');
const MD5 = createHash('md5').update(DATA).digest('hex');

let image: string;
beforeEach(async () => {
  image = await context.client.createActiveImage();
});

const download = (options: RawRequestOptions = {}): Promise<RawResponse> =>
  context.client.sendRaw('image-v2.downloadImageData', { image, ...options });

describe('the first download of an image fails, later ones succeed', () => {
  test.each([
    ['download-cut', 'end'],
    ['download-reset', 'reset'],
  ])('%s: sends only 16 bytes of the announced length', async (name, ending) => {
    await context.client.enable(name);
    const first = await download();
    expect([contentLengthOf(first), first.body, first.ending]).toEqual([DATA.length, WHOLE.slice(0, 16), ending]);
    expect((await download()).body).toBe(WHOLE);
  });

  test('download-wrong-byte: has the right length and one wrong byte', async () => {
    await context.client.enable('download-wrong-byte');
    const first = await download();
    const differing = [...first.body].flatMap((byte, at) => (byte === WHOLE[at] ? [] : at));
    expect([first.body.length, differing]).toEqual([DATA.length, [7]]);
    expect((await download()).body).toBe(WHOLE);
  });

  test('download-wrong-checksum: has the stored data and a wrong Content-MD5', async () => {
    await context.client.enable('download-wrong-checksum');
    const digestIn = ({ head }: RawResponse): string | undefined => /^content-md5: (.*)$/im.exec(head)?.[1];
    const first = await download();
    expect([first.body === WHOLE, digestIn(first) === MD5]).toEqual([true, false]);
    expect(digestIn(await download())).toBe(MD5);
  });

  test('download-announces-too-much: Content-Length is ten bytes more than are sent', async () => {
    await context.client.enable('download-announces-too-much');
    const first = await download({ silenceMs: SILENCE_MS });
    expect([contentLengthOf(first), first.body.length]).toEqual([DATA.length + 10, DATA.length]);
    expect(contentLengthOf(await download())).toBe(DATA.length);
  });

  test('download-unavailable: the first two downloads return 503', async () => {
    await context.client.enable('download-unavailable');
    for (const status of [503, 503, 200]) expect((await download()).head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  });
});

test('download-always-cut: a client that uses ranges receives the data in pieces', async () => {
  const { client } = context;
  await client.enable('download-always-cut');
  image = client.base.imageId('demo-2tib');
  const first = await download();
  expect([first.body.length, first.ending]).toEqual([65536, 'reset']);
  const second = await download({ headers: { Range: 'bytes=65536-196607' } });
  expect([/^HTTP\/1.1 206/.test(second.head), second.body.length, second.ending]).toEqual([true, 65536, 'reset']);
  const last = await download({ headers: { Range: 'bytes=131072-196607' } });
  expect([last.body === second.body, last.body.length]).toEqual([false, 65536]);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'image-wrong-checksum: %s returns a checksum of other data',
  async (api) => {
    const { client } = context;
    const right = jsonOf(await client.sendRaw(`${api}.showImage`, { image })) as Record<string, unknown>;
    await client.enable('image-wrong-checksum');
    const wrong = jsonOf(await client.sendRaw(`${api}.showImage`, { image })) as Record<string, unknown>;
    const differing = Object.keys(right).filter(
      (member) => right[member] !== wrong[member] && typeof right[member] === 'string',
    );
    expect(differing).toContain('checksum');
    expect(wrong['checksum']).toMatch(/^[0-9a-f]{32}$/);
  },
);

test('download-without-ranges: a range request returns 200 with all data', async () => {
  await context.client.enable('download-without-ranges');
  const part = await download({ headers: { Range: 'bytes=16-' } });
  expect(part.head).toMatch(/^HTTP\/1.1 200/);
  expect(part.head).not.toMatch(/^content-range:/im);
  expect((await download()).body).toBe(WHOLE);
});

test('download-gone: the data returns 404 while the image is active', async () => {
  const { client } = context;
  await client.enable('download-gone');
  expect((await download()).head).toMatch(/^HTTP\/1.1 404/);
  expect((await client.send('image-v2.showImage', { image })).body.status).toBe('active');
});
