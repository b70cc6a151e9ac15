import { describe, expect, test } from '@jest/globals';
import { IMAGE_APIS, playing, statuses } from './shipped-support.ts';

const stage = playing();

test.each(IMAGE_APIS)('retry-storm: each client meets 503 at %s six times, then the service', async (api) => {
  const { player } = stage;
  await player.enable('retry-storm');
  const by = (agent: string) => () => player.on(`${api}.showImage`, { agent });
  expect(await statuses(7, by('one'))).toEqual([503, 503, 503, 503, 503, 503, 200]);
  const other = await by('other')();
  expect([other.status, other.headers['retry-after']]).toEqual([503, '1']);
});

test.each(IMAGE_APIS)(
  'flapping-service: about a third of the calls to %s meet 503, the same in every run',
  async (api) => {
    const { player } = stage;
    const run = async () => {
      await player.enable('flapping-service');
      return statuses(60, () => player.on(`${api}.listImages`));
    };
    const first = await run();
    const failed = first.filter((status) => status === 503).length;
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(35);
    expect(await run()).toEqual(first);
  },
);

test.each(['image-v2', 'ims'])('flapping-writes: some creations in %s are 503, and those made nothing', async (api) => {
  const { player } = stage;
  await player.enable('flapping-writes');
  const seen = await statuses(30, () => player.on(`${api}.createImage`, { name: 'flapping' }));
  expect(new Set(seen)).toEqual(new Set([201, 503]));
  expect(await player.count('flapping')).toBe(seen.filter((status) => status === 201).length);
});

test.each(IMAGE_APIS)(
  'flapping-writes: a delete in %s that is 503 leaves the image, and one that is not removes it',
  async (api) => {
    const { player } = stage;
    await player.enable('flapping-writes');
    for (const name of ['demo-private', 'demo-shared', 'demo-shared-pending', 'demo-community', 'web-1-snapshot']) {
      const image = player.client.imageId(name);
      let status = 503;
      for (let tries = 0; status === 503 && tries < 50; tries += 1) {
        expect(player.statusOf(image)).toBe('active');
        ({ status } = await player.on(`${api}.deleteImage`, { image }));
      }
      expect([status, player.statusOf(image)]).toEqual([204, 'deleted']);
    }
  },
);

test.each(IMAGE_APIS)('flapping-connections: some calls to %s find their connection reset', async (api) => {
  const { player } = stage;
  await player.enable('flapping-connections');
  const endings: string[] = [];
  for (let number = 0; number < 30; number += 1) endings.push((await player.raw(`${api}.listImages`)).ending);
  expect(new Set(endings)).toEqual(new Set(['end', 'reset']));
});

test.each(IMAGE_APIS)('image-service-down: %s does not answer, log-ins do, until it is over', async (api) => {
  const { player } = stage;
  await player.enable('image-service-down');
  const answer = await player.on(`${api}.showImage`);
  expect([answer.status, answer.headers['retry-after']]).toEqual([503, undefined]);
  expect((await player.on('identity.authPasswordScoped')).status).toBe(201);
  await player.client.admin('post', '/scenarios/image-service-down/disable');
  expect((await player.on(`${api}.showImage`)).status).toBe(200);
});

test('identity-down: nobody logs in, and tokens that are there are good', async () => {
  const { player } = stage;
  await player.enable('identity-down');
  for (const logIn of ['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword']) {
    expect((await player.on(`identity.${logIn}`)).status).toBe(503);
  }
  expect((await player.on('image-v2.showImage')).status).toBe(200);
});

test.each(IMAGE_APIS)('connection-refused: two calls of each client to %s come to nothing', async (api) => {
  const { player } = stage;
  await player.enable('connection-refused');
  for (const agent of ['one', 'other']) {
    const list = () => player.raw(`${api}.listImages`, { agent });
    expect(await list()).toMatchObject({ text: '', ending: 'end' });
    expect(await list()).toMatchObject({ text: '', ending: 'end' });
    expect((await list()).head).toMatch(/^HTTP\/1.1 200/);
  }
});

test.each(IMAGE_APIS)('restart: %s is cut off, gone, not ready, and there again', async (api) => {
  const { player } = stage;
  await player.enable('restart');
  const show = () => player.raw(`${api}.showImage`, { agent: 'one' });
  expect(await show()).toMatchObject({ head: expect.stringMatching(/^HTTP\/1.1 200/), ending: 'reset' });
  expect(await show()).toMatchObject({ text: '', ending: 'end' });
  expect(await show()).toMatchObject({ text: '', ending: 'reset' });
  for (const status of [503, 503, 200]) expect((await show()).head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
});

describe('Writes wait, reads go on:', () => {
  test.each(IMAGE_APIS)('read-only-window: %s refuses deletes for a minute and lets reads through', async (api) => {
    const { player } = stage;
    await player.enable('read-only-window');
    const answer = await player.on(`${api}.deleteImage`);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '60']);
    expect((await player.on(`${api}.showImage`)).status).toBe(200);
    await player.client.admin('post', '/scenarios/read-only-window/disable');
    expect((await player.on(`${api}.deleteImage`)).status).toBe(204);
  });
});

describe('By states:', () => {
  test.each(IMAGE_APIS)(
    'up-and-down: %s is up for five calls of a client, down for three, and up again',
    async (api) => {
      const { player } = stage;
      await player.enable('up-and-down');
      const up = [200, 200, 200, 200, 200];
      const down = [503, 503, 503];
      const show = () => player.on(`${api}.showImage`, { agent: 'one' });
      expect(await statuses(16, show)).toEqual([...up, ...down, ...up, ...down]);
      expect((await player.on(`${api}.showImage`, { agent: 'other' })).status).toBe(200);
    },
  );

  test('down-after-write: all are up until one is written to, and up again once somebody logs in', async () => {
    const { player } = stage;
    await player.enable('down-after-write');
    const all = async () => {
      const seen: number[] = [];
      for (const api of IMAGE_APIS) seen.push((await player.on(`${api}.listImages`)).status);
      return seen;
    };
    expect(await all()).toEqual([200, 200, 200, 200, 200]);
    expect((await player.on('image-v2.updateImage')).body.name).toBe('renamed');
    expect(await all()).toEqual([503, 503, 503, 503, 503]);
    expect((await player.on('identity.authPasswordScoped')).status).toBe(201);
    expect(await all()).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('By the clock:', () => {
  test.each([
    'image-v2.createImage',
    'image-v2.updateImage',
    'image-v2.addImageTag',
    'compute-v2.1.createServerImage',
    'compute-v2.1.deleteImage',
    'rackspace-images.updateImage',
    'rackspace-images.deleteImage',
    'rackspace-servers.createServerImage',
    'rackspace-servers.deleteImage',
    'ims.createImage',
    'ims.createCloudImage',
    'ims.deleteImage',
  ])('maintenance-window: %s waits for ten minutes, and reads go on', async (operation) => {
    const { player } = stage;
    await player.enable('maintenance-window');
    const answer = await player.on(operation);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '600']);
    for (const api of IMAGE_APIS) expect((await player.on(`${api}.showImage`)).status).toBe(200);
    await player.advance('599s');
    expect((await player.on(operation)).status).toBe(503);
    await player.advance('1s');
    expect((await player.on(operation)).status).toBeLessThan(300);
  });

  test.each(IMAGE_APIS)('deploy: %s resets connections, then a proxy finds nobody, then all is well', async (api) => {
    const { player } = stage;
    await player.enable('deploy');
    const list = () => player.raw(`${api}.listImages`);
    expect(await list()).toMatchObject({ text: '', ending: 'reset' });
    await player.advance('19s');
    expect(await list()).toMatchObject({ text: '', ending: 'reset' });
    await player.advance('1s');
    expect((await list()).head).toMatch(/^HTTP\/1.1 503/);
    await player.advance('10s');
    expect((await list()).head).toMatch(/^HTTP\/1.1 200/);
  });
});
