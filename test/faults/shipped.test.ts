import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import { type Client, clientOf } from '../conformance/support.ts';
import { NOON, startEmulator } from '../support/emulator.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const enable = (name: string) => client.admin('post', `/scenarios/${name}/enable`);
const on = (operation: string, image = 'demo-private'): Test =>
  client.send(operation, { image_id: client.imageId(image) });

/** Statuses of a row of equal calls. */
async function statuses(
  count: number,
  call: () => PromiseLike<{ readonly status: number }>,
): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let number = 0; number < count; number += 1) seen.push((await call()).status);
  return seen;
}

describe.each(['rackspace-images', 'rackspace-servers'])('over limit at %s', (dialect) => {
  test.each([
    ['over-limit-seconds', '1'],
    ['over-limit-date', 'Sat, 21 Nov 2026 12:00:01 GMT'],
    ['over-limit-silent', undefined],
    ['over-limit-malformed', 'soon'],
  ])('%s: the first two deletes of each image say %s in Retry-After', async (name, retryAfter) => {
    await enable(name);
    for (const image of ['demo-private', 'demo-shared']) {
      for (let number = 0; number < 2; number += 1) {
        const answer = await on(`${dialect}.deleteImage`, image);
        expect([answer.status, answer.headers['retry-after']]).toEqual([413, retryAfter]);
      }
      expect((await on(`${dialect}.deleteImage`, image)).status).toBe(204);
    }
  });
});

const WITH_503 = ['rackspace-images', 'rackspace-servers', 'ims', 'compute-v2.1'];

test.each(WITH_503)('retry-storm: each client meets 503 at %s six times, then the service', async (dialect) => {
  await enable('retry-storm');
  const by = (agent: string) => () => on(`${dialect}.showImage`).set('User-Agent', agent);
  expect(await statuses(7, by('one'))).toEqual([503, 503, 503, 503, 503, 503, 200]);
  const other = await by('other')();
  expect([other.status, other.headers['retry-after']]).toEqual([503, '1']);
});

test.each(WITH_503)(
  'flapping-service: about a third of the calls to %s meet 503, the same in every run',
  async (dialect) => {
    const run = async () => {
      await enable('flapping-service');
      return statuses(60, () => on(`${dialect}.listImages`));
    };
    const first = await run();
    const failed = first.filter((status) => status === 503).length;
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(35);
    expect(await run()).toEqual(first);
  },
);

test.each(WITH_503)('lost-delete: %s deletes and says 503; the second try finds nothing', async (dialect) => {
  await enable('lost-delete');
  expect(await statuses(2, () => on(`${dialect}.deleteImage`))).toEqual([503, 404]);
});

test('lost-create: the image is there, though the client heard 500', async () => {
  await enable('lost-create');
  const create = () => client.send('image-v2.createImage').send({ name: 'made-unheard' });
  expect((await create()).status).toBe(500);
  const { images } = (await client.send('image-v2.listImages').query({ name: 'made-unheard' })).body;
  expect(images).toHaveLength(1);
  expect((await create()).status).toBe(201);
});

test.each(WITH_503)('proxy-page: every second image shown by %s is a page of a proxy', async (dialect) => {
  await enable('proxy-page');
  expect((await on(`${dialect}.showImage`)).status).toBe(200);
  const answer = await on(`${dialect}.showImage`);
  expect([answer.status, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
  expect(answer.text).toMatch(/^<html>[\s\S]*<\/html>\n$/);
});

test('delete-conflict: the first two deletes of each image meet 409', async () => {
  await enable('delete-conflict');
  expect(await statuses(3, () => on('rackspace-servers.deleteImage'))).toEqual([409, 409, 204]);
  expect((await on('rackspace-servers.deleteImage', 'demo-shared')).status).toBe(409);
});

test.each(['image-v2', ...WITH_503])(
  'token-revoked: every fifth call to %s meets 401, though the token is good',
  async (dialect) => {
    await enable('token-revoked');
    expect(await statuses(6, () => on(`${dialect}.showImage`))).toEqual([200, 200, 200, 200, 401, 200]);
  },
);

test('update-conflict: the first change of each image meets 409 and changes nothing', async () => {
  await enable('update-conflict');
  const change = () =>
    on('image-v2.updateImage')
      .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
      .send(JSON.stringify([{ op: 'replace', path: '/name', value: 'renamed' }]));
  expect((await change()).status).toBe(409);
  expect((await on('image-v2.showImage')).body.name).toBe('demo-private');
  expect((await change()).body.name).toBe('renamed');
});

test.each(WITH_503)('read-only-window: %s refuses deletes for a minute and lets reads through', async (dialect) => {
  await enable('read-only-window');
  const answer = await on(`${dialect}.deleteImage`);
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
  expect((await on(`${dialect}.showImage`)).status).toBe(200);
});

describe('slow scenarios', () => {
  // What is decided, rather than waiting for it.
  const delayOf = async (scenario: string, operation: string): Promise<number> => {
    await enable(scenario);
    const { faults } = client.emulator.worlds.default;
    const call = { headers: {}, params: {}, query: new URLSearchParams() };
    return faults.decide({ operation, call, caller: {}, image: () => undefined } as never)?.delayMilliseconds ?? 0;
  };

  test.each([
    'identity.authPasswordScoped',
    'identity.authPasswordUnscoped',
    'identity.v2Authenticate',
    'identity.iamAuthPassword',
    'identity.raxAuthenticateApiKey',
    'identity.raxAuthenticatePassword',
  ])('slow-log-in: %s takes about 2 seconds', async (operation) => {
    const milliseconds = await delayOf('slow-log-in', operation);
    expect(milliseconds).toBeGreaterThan(400);
    expect(milliseconds).toBeLessThan(10_000);
  });

  test.each(['identity.getCatalog', 'identity.listAuthProjects'])(
    'slow-catalogue: %s takes 3 seconds',
    async (operation) => {
      expect(await delayOf('slow-catalogue', operation)).toBe(3000);
    },
  );

  test.each(['image-v2', ...WITH_503])('slow-lists: a page of %s takes half a second to two', async (dialect) => {
    const milliseconds = await delayOf('slow-lists', `${dialect}.listImages`);
    expect(milliseconds).toBeGreaterThanOrEqual(500);
    expect(milliseconds).toBeLessThanOrEqual(2000);
  });

  test('slow down nothing else', async () => {
    expect(await delayOf('slow-log-in', 'image-v2.showImage')).toBe(0);
    expect(await delayOf('slow-lists', 'image-v2.showImage')).toBe(0);
  });
});
