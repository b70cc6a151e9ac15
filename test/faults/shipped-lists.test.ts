import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, parsed, playing } from './shipped-support.ts';

const stage = playing();
const LISTS = [
  ...IMAGE_APIS.map((api) => `${api}.listImages`),
  'compute-v2.1.listImagesDetail',
  'rackspace-servers.listImagesDetail',
];
const isOfServers = (operation: string): boolean => /^(compute|rackspace-servers)/.test(operation);

const page = (operation: string, marker?: string, agent = 'one') =>
  stage.player.on(operation, { agent, query: { limit: 2, ...(marker !== undefined && { marker }) } });

/** The first page, which is as ever, and the marker of the second. */
async function firstPage(operation: string): Promise<string> {
  const first = await page(operation);
  expect([first.status, first.body.images.length]).toEqual([200, 2]);
  return first.body.images[1].id;
}

/** Address of the next page, as a page has it. */
const nextOf = (body: { next?: unknown; images_links?: readonly { rel: string; href: string }[] }): unknown =>
  body.next ?? body.images_links?.find(({ rel }) => rel === 'next')?.href;

describe.each(LISTS)('A page of %s is poisoned:', (operation) => {
  test('page-fails-once: the second page is 503 once for each client, then it comes', async () => {
    await stage.player.enable('page-fails-once');
    const marker = await firstPage(operation);
    expect((await page(operation, marker)).status).toBe(503);
    expect((await page(operation, marker)).body.images).toHaveLength(2);
    expect((await page(operation, marker, 'other')).status).toBe(503);
  });

  test('page-fails: no page but the first comes', async () => {
    await stage.player.enable('page-fails');
    const marker = await firstPage(operation);
    for (let number = 0; number < 3; number += 1) expect((await page(operation, marker)).status).toBe(500);
    await firstPage(operation);
  });

  test('page-half-json: the second page cannot be read', async () => {
    const { player } = stage;
    await player.enable('page-half-json');
    const marker = await firstPage(operation);
    const answer = await player.raw(operation, { search: `?limit=2&marker=${marker}` });
    expect(answer.head).toMatch(/^HTTP\/1.1 200/);
    expect(() => parsed(answer)).toThrow(SyntaxError);
  });

  test('page-reset: the second page breaks off once, then it comes', async () => {
    const { player } = stage;
    await player.enable('page-reset');
    const marker = await firstPage(operation);
    const second = () => player.raw(operation, { agent: 'one', search: `?limit=2&marker=${marker}` });
    const broken = await second();
    expect([broken.body.length, broken.ending]).toEqual([50, 'reset']);
    expect(parsed(await second())).toMatchObject({ images: [{}, {}] });
  });

  test('page-wrong-type: the second page has no list', async () => {
    await stage.player.enable('page-wrong-type');
    const { status, body } = await page(operation, await firstPage(operation));
    expect([status, body.images]).toEqual([200, {}]);
  });

  test('image-wrong-type: the first image has no name that is a text, the others have', async () => {
    await stage.player.enable('image-wrong-type');
    const [first, second] = (await page(operation)).body.images;
    expect([typeof first.name, typeof second.name]).toEqual(['object', 'string']);
  });

  test('next-link-wrong-type: the link is no link', async () => {
    const right = nextOf((await page(operation)).body);
    expect(typeof right).toBe('string');
    await stage.player.enable('next-link-wrong-type');
    const { body } = await page(operation);
    expect(body.images).toHaveLength(2);
    if (isOfServers(operation)) expect(body.images_links).toEqual({});
    else expect(body.next).toEqual({ unexpected: right });
  });

  test('next-link-loops: from the second page on, the next is the one that was read', async () => {
    await stage.player.enable('next-link-loops');
    const second = (await page(operation, await firstPage(operation))).body;
    const marker = new URL(String(nextOf(second)), 'http://here').searchParams.get('marker') as string;
    const third = (await page(operation, marker)).body;
    expect([second.images, nextOf(third)]).toEqual([[], nextOf(second)]);
  });

  test('next-link-nowhere: the marker is not known, and the list can be begun again', async () => {
    await stage.player.enable('next-link-nowhere');
    const marker = await firstPage(operation);
    expect((await page(operation, marker)).status).toBe(operation === 'image-v2.listImages' ? 404 : 400);
    await firstPage(operation);
  });

  test('next-link-elsewhere: the link leaves the service', async () => {
    await stage.player.enable('next-link-elsewhere');
    const { body } = await page(operation);
    expect(nextOf(body)).toBe('http://images.example.org/v2/images?marker=1');
  });
});

test.each(['image-v2', 'rackspace-images', 'ims'])('size-as-text: %s shows a size that is no number', async (api) => {
  const { player } = stage;
  const right = (await player.on(`${api}.showImage`)).body.size;
  await player.enable('size-as-text');
  expect([typeof right, (await player.on(`${api}.showImage`)).body.size]).toEqual(['number', String(right)]);
});
