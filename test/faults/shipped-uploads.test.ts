import { describe, expect, test } from '@jest/globals';
import { DATA, playing, type RawAsk } from './shipped-support.ts';

const stage = playing();
const UPLOADS = ['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'];

describe.each(UPLOADS)('By %s', (operation) => {
  const send = (image: string, ask: RawAsk = {}) => stage.player.raw(operation, { image, body: [DATA], ...ask });
  /** Sends what comes before the answer, and no more. */
  const begin = (image: string, bytes = 1000) =>
    send(image, { body: [DATA.subarray(0, bytes)], headers: { 'Content-Length': String(DATA.length) } });

  test.each(['upload-cut', 'upload-reset'])(
    '%s: the connection goes, the image waits for data, and the second is taken in',
    async (name) => {
      const { player } = stage;
      await player.enable(name);
      const image = await player.queued();
      const answer = await send(image);
      expect([answer.text, answer.ending === 'silence']).toEqual(['', false]);
      await player.settled(image, 'queued');
      expect((await player.upload(operation, image)).status).toBe(204);
    },
  );

  test('upload-unavailable: is answered before it is whole, the second is taken in', async () => {
    const { player } = stage;
    await player.enable('upload-unavailable');
    const image = await player.queued();
    expect((await begin(image)).head).toMatch(operation.startsWith('ims') ? /^HTTP\/1.1 500/ : /^HTTP\/1.1 503/);
    expect(player.statusOf(image)).toBe('queued');
    expect((await player.upload(operation, image)).status).toBe(204);
  });

  test.each([
    ['upload-too-large', 413, 1000],
    ['upload-refused', 415, 0],
    ['upload-gone', 410, 1000],
  ])('%s: each is answered %i before it is whole, and nothing is kept', async (name, status, bytes) => {
    const { player } = stage;
    await player.enable(name);
    const image = await player.queued();
    for (let number = 0; number < 2; number += 1) {
      const answer = await begin(image, bytes);
      expect(answer.head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
      expect(answer.head).not.toMatch(/^retry-after:/im);
      expect(player.statusOf(image)).toBe('queued');
    }
  });
});
