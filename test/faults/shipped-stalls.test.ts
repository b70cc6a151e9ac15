import { describe, expect, test } from '@jest/globals';
import { contentLengthOf, DATA, IMAGE_APIS, jsonOf, SILENCE_MS, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();
const silenceMs = SILENCE_MS;

describe.each(IMAGE_APIS)('stalled responses of %s', (api) => {
  test('stall-before-answer: the first request of each client receives nothing, the second 200', async () => {
    const { client } = context;
    await client.enable('stall-before-answer');
    for (const agent of ['one', 'other']) {
      const show = () => client.sendRaw(`${api}.showImage`, { agent, silenceMs });
      expect(await show()).toMatchObject({ text: '', ending: 'silence' });
      expect((await show()).head).toMatch(/^HTTP\/1.1 200/);
    }
  });

  test('stall-after-head: the first request of each client receives only the headers, the second all', async () => {
    const { client } = context;
    await client.enable('stall-after-head');
    const list = () => client.sendRaw(`${api}.listImages`, { agent: 'one', silenceMs });
    const first = await list();
    expect([first.head.startsWith('HTTP/1.1 200'), first.body, first.ending]).toEqual([true, '', 'silence']);
    expect(jsonOf(await list())).toHaveProperty('images');
  });

  test('stall-in-list: every second page stalls after 100 bytes, and a retry succeeds', async () => {
    const { client } = context;
    await client.enable('stall-in-list');
    const page = () => client.sendRaw(`${api}.listImages`, { search: '?limit=5', silenceMs });
    const first = jsonOf(await page());
    const second = await page();
    expect([second.body.length, second.ending]).toEqual([100, 'silence']);
    expect(jsonOf(await page())).toEqual(first);
  });

  test('stall-after-delete: the image is deleted, and no response is sent', async () => {
    const { client } = context;
    await client.enable('stall-after-delete');
    expect(await client.sendRaw(`${api}.deleteImage`, { silenceMs })).toMatchObject({ text: '', ending: 'silence' });
    expect((await client.send(`${api}.deleteImage`)).status).toBe(404);
  });
});

describe('stalled downloads', () => {
  test('stall-in-download: stalls after 16 bytes, and a retry receives all data', async () => {
    const { client } = context;
    const image = await client.createActiveImage();
    await client.enable('stall-in-download');
    const download = () => client.sendRaw('image-v2.downloadImageData', { image, silenceMs });
    const first = await download();
    expect([contentLengthOf(first), first.body.length, first.ending]).toEqual([DATA.length, 16, 'silence']);
    expect((await download()).body).toBe(DATA.toString('latin1'));
  });

  test('stall-in-download: a range request returns the rest', async () => {
    const { client } = context;
    const image = await client.createActiveImage();
    await client.enable('stall-in-download');
    const { body } = await client.sendRaw('image-v2.downloadImageData', { image, silenceMs });
    const rest = await client.sendRaw('image-v2.downloadImageData', { image, headers: { Range: 'bytes=16-' } });
    expect(rest.head).toMatch(/^HTTP\/1.1 206/);
    expect(body + rest.body).toBe(DATA.toString('latin1'));
  });

  test('pause-in-download: pauses after 16 bytes, then sends the rest', async () => {
    const { client } = context;
    const image = await client.createActiveImage();
    await client.enable('pause-in-download');
    const partial = await client.sendRaw('image-v2.downloadImageData', { image, silenceMs });
    expect([partial.body.length, partial.ending]).toEqual([16, 'silence']);
    const complete = await client.sendRaw('image-v2.downloadImageData', { image });
    expect(complete.body).toBe(DATA.toString('latin1'));
  });
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'stall-in-upload: %s stops reading, and the image is queued again when the client disconnects',
  async (operation) => {
    const { client } = context;
    const image = await client.createQueuedImage();
    await client.enable('stall-in-upload');
    expect(await client.sendRaw(operation, { image, body: [DATA], silenceMs })).toMatchObject({
      text: '',
      ending: 'silence',
    });
    await client.waitForStatus(image, 'queued');
    expect((await client.upload(operation, image)).status).toBe(204);
  },
);

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'stall-in-log-in: the first %s receives nothing, the second a token',
  async (operation) => {
    const { client } = context;
    await client.enable('stall-in-log-in');
    await expect(client.send(`identity.${operation}`).timeout(SILENCE_MS)).rejects.toMatchObject({
      timeout: SILENCE_MS,
    });
    expect([200, 201]).toContain((await client.send(`identity.${operation}`)).status);
  },
);
