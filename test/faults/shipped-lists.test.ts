import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, jsonOf, setUpScenarioClient } from './shipped-support.ts';

const context = setUpScenarioClient();
const LISTS = [
  ...IMAGE_APIS.map((api) => `${api}.listImages`),
  'compute-v2.1.listImagesDetail',
  'rackspace-servers.listImagesDetail',
];
const isOfServers = (operation: string): boolean => /^(compute|rackspace-servers)/.test(operation);

const page = (operation: string, marker?: string, agent = 'one') =>
  context.client.send(operation, { agent, query: { limit: 2, ...(marker !== undefined && { marker }) } });

/** Requests the first page, which no scenario changes, and returns the marker of the second. */
async function firstPage(operation: string): Promise<string> {
  const first = await page(operation);
  expect([first.status, first.body.images.length]).toEqual([200, 2]);
  return first.body.images[1].id;
}

/** Returns the link to the next page. */
const nextOf = (body: { next?: unknown; images_links?: readonly { rel: string; href: string }[] }): unknown =>
  body.next ?? body.images_links?.find(({ rel }) => rel === 'next')?.href;

describe.each(LISTS)('pages of %s', (operation) => {
  test('page-fails-once: the second page returns 503 once for each client', async () => {
    await context.client.enable('page-fails-once');
    const marker = await firstPage(operation);
    expect((await page(operation, marker)).status).toBe(503);
    expect((await page(operation, marker)).body.images).toHaveLength(2);
    expect((await page(operation, marker, 'other')).status).toBe(503);
  });

  test('page-fails: every page after the first returns 500', async () => {
    await context.client.enable('page-fails');
    const marker = await firstPage(operation);
    for (let number = 0; number < 3; number += 1) expect((await page(operation, marker)).status).toBe(500);
    await firstPage(operation);
  });

  test('marker-ignored: every page is the same one, with a link to a next page', async () => {
    await context.client.enable('marker-ignored');
    const { body } = await page(operation);
    expect(body.images.map(({ name }: { name: string }) => name)).toEqual(['page-1', 'page-2']);
    expect(nextOf(body)).toContain(`marker=${body.images[1].id}`);
    expect((await page(operation, body.images[1].id)).body).toEqual(body);
  });

  test('page-half-json: the second page is not valid JSON', async () => {
    const { client } = context;
    await client.enable('page-half-json');
    const marker = await firstPage(operation);
    const response = await client.sendRaw(operation, { search: `?limit=2&marker=${marker}` });
    expect(response.head).toMatch(/^HTTP\/1.1 200/);
    expect(() => jsonOf(response)).toThrow(SyntaxError);
  });

  test('page-reset: the second page is reset after 50 bytes, once', async () => {
    const { client } = context;
    await client.enable('page-reset');
    const marker = await firstPage(operation);
    const second = () => client.sendRaw(operation, { agent: 'one', search: `?limit=2&marker=${marker}` });
    const broken = await second();
    expect([broken.body.length, broken.ending]).toEqual([50, 'reset']);
    expect(jsonOf(await second())).toMatchObject({ images: [{}, {}] });
  });

  test('page-wrong-type: the member "images" of the second page is an object', async () => {
    await context.client.enable('page-wrong-type');
    const { status, body } = await page(operation, await firstPage(operation));
    expect([status, body.images]).toEqual([200, {}]);
  });

  test('image-wrong-type: the name of the first image is an object, those of others are strings', async () => {
    await context.client.enable('image-wrong-type');
    const [first, second] = (await page(operation)).body.images;
    expect([typeof first.name, typeof second.name]).toEqual(['object', 'string']);
  });

  test('next-link-wrong-type: the link to the next page is an object', async () => {
    const link = nextOf((await page(operation)).body);
    expect(typeof link).toBe('string');
    await context.client.enable('next-link-wrong-type');
    const { body } = await page(operation);
    expect(body.images).toHaveLength(2);
    if (isOfServers(operation)) expect(body.images_links).toEqual({});
    else expect(body.next).toEqual({ unexpected: link });
  });

  test('next-link-loops: from the second page on, the next link leads to the same page', async () => {
    await context.client.enable('next-link-loops');
    const second = (await page(operation, await firstPage(operation))).body;
    const marker = new URL(String(nextOf(second)), 'http://here').searchParams.get('marker') as string;
    const third = (await page(operation, marker)).body;
    expect([second.images, nextOf(third)]).toEqual([[], nextOf(second)]);
  });

  test('next-link-nowhere: the marker is rejected, and the first page still works', async () => {
    await context.client.enable('next-link-nowhere');
    const marker = await firstPage(operation);
    expect((await page(operation, marker)).status).toBe(operation === 'image-v2.listImages' ? 404 : 400);
    await firstPage(operation);
  });

  test('next-link-elsewhere: the link leads to another host', async () => {
    await context.client.enable('next-link-elsewhere');
    const { body } = await page(operation);
    expect(nextOf(body)).toBe('http://images.example.org/v2/images?marker=1');
  });
});

test.each(['image-v2', 'rackspace-images', 'ims'])('size-as-text: %s returns the size as a string', async (api) => {
  const { client } = context;
  const size = (await client.send(`${api}.showImage`)).body.size;
  await client.enable('size-as-text');
  expect([typeof size, (await client.send(`${api}.showImage`)).body.size]).toEqual(['number', String(size)]);
});
