import { describe, expect, test } from '@jest/globals';
import { DATA, type RawRequestOptions, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();
const UPLOADS = ['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'];

describe.each(UPLOADS)('uploads by %s', (operation) => {
  const send = (image: string, options: RawRequestOptions = {}) =>
    context.client.sendRaw(operation, { image, body: [DATA], ...options });
  /** Sends the first bytes of an upload and leaves it incomplete. */
  const sendStart = (image: string, bytes = 1000) =>
    send(image, { body: [DATA.subarray(0, bytes)], headers: { 'Content-Length': String(DATA.length) } });

  test.each(['upload-cut', 'upload-reset'])(
    '%s: breaks the connection, leaves the image queued, and accepts a second upload',
    async (name) => {
      const { client } = context;
      await client.enable(name);
      const image = await client.createQueuedImage();
      const response = await send(image);
      expect([response.text, response.ending === 'silence']).toEqual(['', false]);
      await client.waitForStatus(image, 'queued');
      expect((await client.upload(operation, image)).status).toBe(204);
    },
  );

  test('upload-unavailable: returns an error before all data is sent, and accepts a second upload', async () => {
    const { client } = context;
    await client.enable('upload-unavailable');
    const image = await client.createQueuedImage();
    expect((await sendStart(image)).head).toMatch(operation.startsWith('ims') ? /^HTTP\/1.1 500/ : /^HTTP\/1.1 503/);
    expect(client.statusOf(image)).toBe('queued');
    expect((await client.upload(operation, image)).status).toBe(204);
  });

  test.each([
    ['upload-too-large', 413, 1000],
    ['upload-refused', 415, 0],
    ['upload-gone', 410, 1000],
  ])('%s: returns %i before all data is sent, every time, and stores nothing', async (name, status, bytes) => {
    const { client } = context;
    await client.enable(name);
    const image = await client.createQueuedImage();
    for (let number = 0; number < 2; number += 1) {
      const response = await sendStart(image, bytes);
      expect(response.head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
      expect(response.head).not.toMatch(/^retry-after:/im);
      expect(client.statusOf(image)).toBe('queued');
    }
  });
});

test('signed-upload-too-large: a signed upload of more than 1 MB returns 413, one with a token is accepted', async () => {
  const { client } = context;
  await client.enable('signed-upload-too-large');
  const images = [await client.createQueuedImage('one'), await client.createQueuedImage('two')];
  const upload = (bytes: number, image = images[0] as string) =>
    client.send('ims.uploadImage', { image }).set('Content-Type', 'application/octet-stream').send(Buffer.alloc(bytes));
  const signedUpload = (bytes: number) => upload(bytes).set('Authorization', 'SDK-HMAC-SHA256 Access=a, Signature=b');
  const refused = await signedUpload(1_000_001);
  expect([refused.status, refused.body.error_code]).toEqual([413, 'APIGW.0201']);
  expect((await signedUpload(1_000_000)).status).not.toBe(413);
  expect((await upload(1_000_001, images[1])).status).toBe(204);
});
