import { describe, expect, test } from '@jest/globals';
import { DATA, IMAGE_APIS, lengthIn, PATIENCE, parsed, playing } from './shipped-support.ts';

const stage = playing();
const patience = PATIENCE;

describe.each(IMAGE_APIS)('At %s', (api) => {
  test('stall-before-answer: the first call of each client hears nothing, the second is answered', async () => {
    const { player } = stage;
    await player.enable('stall-before-answer');
    for (const agent of ['one', 'other']) {
      const show = () => player.raw(`${api}.showImage`, { agent, patience });
      expect(await show()).toMatchObject({ text: '', ending: 'silence' });
      expect((await show()).head).toMatch(/^HTTP\/1.1 200/);
    }
  });

  test('stall-after-head: the first call of each client gets a head alone, the second the whole', async () => {
    const { player } = stage;
    await player.enable('stall-after-head');
    const list = () => player.raw(`${api}.listImages`, { agent: 'one', patience });
    const first = await list();
    expect([first.head.startsWith('HTTP/1.1 200'), first.body, first.ending]).toEqual([true, '', 'silence']);
    expect(parsed(await list())).toHaveProperty('images');
  });

  test('stall-in-list: every second page stops after 100 bytes, and comes when asked for again', async () => {
    const { player } = stage;
    await player.enable('stall-in-list');
    const page = () => player.raw(`${api}.listImages`, { search: '?limit=5', patience });
    const first = parsed(await page());
    const second = await page();
    expect([second.body.length, second.ending]).toEqual([100, 'silence']);
    expect(parsed(await page())).toEqual(first);
  });

  test('stall-after-delete: the answer never comes, and the image is gone', async () => {
    const { player } = stage;
    await player.enable('stall-after-delete');
    expect(await player.raw(`${api}.deleteImage`, { patience })).toMatchObject({ text: '', ending: 'silence' });
    expect((await player.on(`${api}.deleteImage`)).status).toBe(404);
  });
});

describe('A download', () => {
  test('stall-in-download: stops after 16 bytes, and comes whole the second time', async () => {
    const { player } = stage;
    const image = await player.stored();
    await player.enable('stall-in-download');
    const download = () => player.raw('image-v2.downloadImageData', { image, patience });
    const first = await download();
    expect([lengthIn(first), first.body.length, first.ending]).toEqual([DATA.length, 16, 'silence']);
    expect((await download()).body).toBe(DATA.toString('latin1'));
  });

  test('stall-in-download: the rest can be asked for', async () => {
    const { player } = stage;
    const image = await player.stored();
    await player.enable('stall-in-download');
    const { body } = await player.raw('image-v2.downloadImageData', { image, patience });
    const rest = await player.raw('image-v2.downloadImageData', { image, headers: { Range: 'bytes=16-' } });
    expect(rest.head).toMatch(/^HTTP\/1.1 206/);
    expect(body + rest.body).toBe(DATA.toString('latin1'));
  });

  test('pause-in-download: stops for a while, and goes on to its end', async () => {
    const { player } = stage;
    const image = await player.stored();
    await player.enable('pause-in-download');
    const impatient = await player.raw('image-v2.downloadImageData', { image, patience });
    expect([impatient.body.length, impatient.ending]).toEqual([16, 'silence']);
    const patient = await player.raw('image-v2.downloadImageData', { image });
    expect(patient.body).toBe(DATA.toString('latin1'));
  });
});

test.each(['image-v2.uploadImageData', 'image-v2.stageImageData', 'ims.uploadImage'])(
  'stall-in-upload: %s reads no further, and once the client hangs up the image waits for data again',
  async (operation) => {
    const { player } = stage;
    const image = await player.queued();
    await player.enable('stall-in-upload');
    expect(await player.raw(operation, { image, body: [DATA], patience })).toMatchObject({
      text: '',
      ending: 'silence',
    });
    await player.settled(image, 'queued');
    expect((await player.upload(operation, image)).status).toBe(204);
  },
);

test.each(['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword'])(
  'stall-in-log-in: the first %s hears nothing, the second gets a token',
  async (operation) => {
    const { player } = stage;
    await player.enable('stall-in-log-in');
    await expect(player.on(`identity.${operation}`).timeout(PATIENCE)).rejects.toMatchObject({ timeout: PATIENCE });
    expect([200, 201]).toContain((await player.on(`identity.${operation}`)).status);
  },
);
