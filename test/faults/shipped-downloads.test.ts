import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RawAnswer } from '../support/raw-socket.ts';
import { DATA, lengthIn, PATIENCE, parsed, playing, type RawAsk } from './shipped-support.ts';

const stage = playing();
const WHOLE = DATA.toString('latin1');
const MD5 = createHash('md5').update(DATA).digest('hex');

let image: string;
beforeEach(async () => {
  image = await stage.player.stored();
});

const download = (ask: RawAsk = {}): Promise<RawAnswer> =>
  stage.player.raw('image-v2.downloadImageData', { image, ...ask });

describe('The first download of an image goes wrong, the second does not:', () => {
  test.each([
    ['download-cut', 'end'],
    ['download-reset', 'reset'],
  ])('%s: 16 bytes come of those that were announced', async (name, ending) => {
    await stage.player.enable(name);
    const first = await download();
    expect([lengthIn(first), first.body, first.ending]).toEqual([DATA.length, WHOLE.slice(0, 16), ending]);
    expect((await download()).body).toBe(WHOLE);
  });

  test('download-wrong-byte: as long as it should be, and not what is stored', async () => {
    await stage.player.enable('download-wrong-byte');
    const first = await download();
    const differing = [...first.body].flatMap((byte, at) => (byte === WHOLE[at] ? [] : at));
    expect([first.body.length, differing]).toEqual([DATA.length, [7]]);
    expect((await download()).body).toBe(WHOLE);
  });

  test('download-wrong-checksum: what is stored, under another digest', async () => {
    await stage.player.enable('download-wrong-checksum');
    const digestIn = ({ head }: RawAnswer): string | undefined => /^content-md5: (.*)$/im.exec(head)?.[1];
    const first = await download();
    expect([first.body === WHOLE, digestIn(first) === MD5]).toEqual([true, false]);
    expect(digestIn(await download())).toBe(MD5);
  });

  test('download-announces-too-much: ten bytes never come', async () => {
    await stage.player.enable('download-announces-too-much');
    const first = await download({ patience: PATIENCE });
    expect([lengthIn(first), first.body.length]).toEqual([DATA.length + 10, DATA.length]);
    expect(lengthIn(await download())).toBe(DATA.length);
  });

  test('download-unavailable: the first two are 503', async () => {
    await stage.player.enable('download-unavailable');
    for (const status of [503, 503, 200]) expect((await download()).head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  });
});

test('download-always-cut: gets there piece by piece', async () => {
  const { player } = stage;
  await player.enable('download-always-cut');
  image = player.client.imageId('demo-2tib');
  const first = await download();
  expect([first.body.length, first.ending]).toEqual([65536, 'reset']);
  const second = await download({ headers: { Range: 'bytes=65536-196607' } });
  expect([/^HTTP\/1.1 206/.test(second.head), second.body.length, second.ending]).toEqual([true, 65536, 'reset']);
  const last = await download({ headers: { Range: 'bytes=131072-196607' } });
  expect([last.body === second.body, last.body.length]).toEqual([false, 65536]);
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'image-wrong-checksum: %s shows a digest of other data',
  async (api) => {
    const { player } = stage;
    const right = parsed(await player.raw(`${api}.showImage`, { image })) as Record<string, unknown>;
    await player.enable('image-wrong-checksum');
    const wrong = parsed(await player.raw(`${api}.showImage`, { image })) as Record<string, unknown>;
    const differing = Object.keys(right).filter(
      (member) => right[member] !== wrong[member] && typeof right[member] === 'string',
    );
    expect(differing).toContain('checksum');
    expect(wrong['checksum']).toMatch(/^[0-9a-f]{32}$/);
  },
);

test('download-without-ranges: a part that is asked for comes as a whole, and the whole as ever', async () => {
  await stage.player.enable('download-without-ranges');
  const part = await download({ headers: { Range: 'bytes=16-' } });
  expect(part.head).toMatch(/^HTTP\/1.1 200/);
  expect(part.head).not.toMatch(/^content-range:/im);
  expect((await download()).body).toBe(WHOLE);
});

test('download-gone: the image is there, and its data is not', async () => {
  const { player } = stage;
  await player.enable('download-gone');
  expect((await download()).head).toMatch(/^HTTP\/1.1 404/);
  expect((await player.on('image-v2.showImage', { image })).body.status).toBe('active');
});
