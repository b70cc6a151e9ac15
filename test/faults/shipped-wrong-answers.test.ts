import { describe, expect, test } from '@jest/globals';
import { contentLengthOf, IMAGE_APIS, jsonOf, SILENCE_MS, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();

describe.each(IMAGE_APIS)('invalid responses of %s', (api) => {
  const show = (agent = 'one') => context.client.sendRaw(`${api}.showImage`, { agent, silenceMs: SILENCE_MS });

  test('wrong-content-type: sends JSON as text/plain', async () => {
    await context.client.enable('wrong-content-type');
    const response = await show();
    expect(response.head).toMatch(/^content-type: text\/plain$/im);
    expect(JSON.stringify(jsonOf(response))).toContain('"name":"plain"');
  });

  test('empty-answer: sends an empty body, once to each client', async () => {
    await context.client.enable('empty-answer');
    expect([(await show()).body, (await show('other')).body]).toEqual(['', '']);
    expect(jsonOf(await show())).toBeInstanceOf(Object);
  });

  test('half-json: sends invalid JSON, then a valid response', async () => {
    await context.client.enable('half-json');
    const first = await show();
    expect(contentLengthOf(first)).toBe(first.body.length);
    expect(() => jsonOf(first)).toThrow(SyntaxError);
    expect(jsonOf(await show())).toBeInstanceOf(Object);
  });

  test('not-http: sends bytes that are not HTTP, then a valid response', async () => {
    await context.client.enable('not-http');
    const first = await show();
    expect([first.text.length > 0, first.text.startsWith('HTTP')]).toEqual([true, false]);
    expect((await show()).head).toMatch(/^HTTP\/1.1 200/);
  });

  test('broken-chunk: sends an invalid chunk size, then a valid response', async () => {
    await context.client.enable('broken-chunk');
    expect((await show()).body).toMatch(/\r\nnot-a-size\r\n$/);
    expect(jsonOf(await show())).toBeInstanceOf(Object);
  });

  test.each([
    ['length-too-large', 10],
    ['length-too-small', -10],
  ])('%s: Content-Length is off by %i, then correct', async (name, difference) => {
    await context.client.enable(name);
    const first = await show();
    const second = await show();
    expect([contentLengthOf(first) - second.body.length, contentLengthOf(second)]).toEqual([
      difference,
      second.body.length,
    ]);
  });

  test('unknown-status: sends an object as the status of the image', async () => {
    await context.client.enable('unknown-status');
    const body = jsonOf(await show()) as { status?: unknown; image?: { status: unknown } };
    expect(body.status ?? body.image?.status).toHaveProperty('unexpected');
  });
});

test.each(['image-v2', 'rackspace-images', 'ims'])(
  'properties-not-text: %s shows and lists images with properties that are not text',
  async (api) => {
    const { client } = context;
    const properties = {
      hw_cpu_cores: 4,
      hw_vif_multiqueue_enabled: true,
      os_version: null,
      block_device_mapping: [{ boot_index: 0, volume_size: 10 }],
      mappings: { ami: 'sda1' },
    };
    const natural = (await client.send(`${api}.showImage`)).body;
    await client.enable('properties-not-text');
    expect((await client.send(`${api}.showImage`)).body).toEqual({ ...natural, ...properties });
    const { images } = (await client.send(`${api}.listImages`)).body;
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) expect(image).toMatchObject(properties);
  },
);
