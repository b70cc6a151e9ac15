import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { entriesOf } from '../support/journal.ts';
import { IMAGE_APIS, setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

test.each(IMAGE_APIS)('retry-storm: %s returns 503 to the first six requests of each client', async (api) => {
  const { client } = context;
  await client.enable('retry-storm');
  const showAs = (agent: string) => () => client.send(`${api}.showImage`, { agent });
  expect(await statuses(7, showAs('one'))).toEqual([503, 503, 503, 503, 503, 503, 200]);
  const other = await showAs('other')();
  expect([other.status, other.headers['retry-after']]).toEqual([503, '1']);
});

test.each(IMAGE_APIS)(
  'flapping-service: %s returns 503 to about a third of the requests, the same ones in every run',
  async (api) => {
    const { client } = context;
    const run = async () => {
      await client.enable('flapping-service');
      return statuses(60, () => client.send(`${api}.listImages`));
    };
    const first = await run();
    const failed = first.filter((status) => status === 503).length;
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(35);
    expect(await run()).toEqual(first);
  },
);

test.each(['image-v2', 'ims'])('flapping-writes: some creations in %s return 503 and create nothing', async (api) => {
  const { client } = context;
  await client.enable('flapping-writes');
  const received = await statuses(30, () => client.send(`${api}.createImage`, { name: 'flapping' }));
  expect(new Set(received)).toEqual(new Set([201, 503]));
  expect(await client.countImages('flapping')).toBe(received.filter((status) => status === 201).length);
});

test.each(IMAGE_APIS)('flapping-writes: a delete through %s that returns 503 keeps the image', async (api) => {
  const { client } = context;
  await client.enable('flapping-writes');
  for (const name of ['demo-private', 'demo-shared', 'demo-shared-pending', 'demo-community', 'web-1-snapshot']) {
    const image = client.base.imageId(name);
    let status = 503;
    for (let attempt = 0; status === 503 && attempt < 50; attempt += 1) {
      expect(client.statusOf(image)).toBe('active');
      ({ status } = await client.send(`${api}.deleteImage`, { image }));
    }
    expect([status, client.statusOf(image)]).toEqual([204, 'deleted']);
  }
});

test.each(IMAGE_APIS)('flapping-connections: %s resets the connection of some requests', async (api) => {
  const { client } = context;
  await client.enable('flapping-connections');
  const endings: string[] = [];
  for (let number = 0; number < 30; number += 1) endings.push((await client.sendRaw(`${api}.listImages`)).ending);
  expect(new Set(endings)).toEqual(new Set(['end', 'reset']));
});

test.each(IMAGE_APIS)(
  'image-service-down: %s returns 503 until the scenario is disabled, logins succeed',
  async (api) => {
    const { client } = context;
    await client.enable('image-service-down');
    const response = await client.send(`${api}.showImage`);
    expect([response.status, response.headers['retry-after']]).toEqual([503, undefined]);
    expect((await client.send('identity.authPasswordScoped')).status).toBe(201);
    await client.base.admin('post', '/scenarios/image-service-down/disable');
    expect((await client.send(`${api}.showImage`)).status).toBe(200);
  },
);

test('identity-down: logins return 503, existing tokens stay valid', async () => {
  const { client } = context;
  await client.enable('identity-down');
  for (const logIn of ['authPasswordScoped', 'v2Authenticate', 'raxAuthenticatePassword', 'iamAuthPassword']) {
    expect((await client.send(`identity.${logIn}`)).status).toBe(503);
  }
  expect((await client.send('image-v2.showImage')).status).toBe(200);
});

test.each(IMAGE_APIS)(
  'connection-refused: %s closes the connection of the first two requests of each client',
  async (api) => {
    const { client } = context;
    await client.enable('connection-refused');
    for (const agent of ['one', 'other']) {
      const list = () => client.sendRaw(`${api}.listImages`, { agent });
      expect(await list()).toMatchObject({ text: '', ending: 'end' });
      expect(await list()).toMatchObject({ text: '', ending: 'end' });
      expect((await list()).head).toMatch(/^HTTP\/1.1 200/);
    }
  },
);

test.each(IMAGE_APIS)(
  'restart: %s breaks off a response, closes connections, returns 503, then recovers',
  async (api) => {
    const { client } = context;
    await client.enable('restart');
    const show = () => client.sendRaw(`${api}.showImage`, { agent: 'one' });
    expect(await show()).toMatchObject({ head: expect.stringMatching(/^HTTP\/1.1 200/), ending: 'reset' });
    expect(await show()).toMatchObject({ text: '', ending: 'end' });
    expect(await show()).toMatchObject({ text: '', ending: 'reset' });
    for (const status of [503, 503, 200]) expect((await show()).head).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  },
);

describe('read-only periods', () => {
  test.each(IMAGE_APIS)('read-only-window: %s rejects deletes with Retry-After 60, reads succeed', async (api) => {
    const { client } = context;
    await client.enable('read-only-window');
    const response = await client.send(`${api}.deleteImage`);
    expect([response.status, response.headers['retry-after']]).toEqual([503, '60']);
    expect((await client.send(`${api}.showImage`)).status).toBe(200);
    await client.base.admin('post', '/scenarios/read-only-window/disable');
    expect((await client.send(`${api}.deleteImage`)).status).toBe(204);
  });
});

describe('outages by state', () => {
  test.each(IMAGE_APIS)(
    'up-and-down: %s is up for five requests of a client, then down for three, in turn',
    async (api) => {
      const { client } = context;
      await client.enable('up-and-down');
      const up = [200, 200, 200, 200, 200];
      const down = [503, 503, 503];
      const show = () => client.send(`${api}.showImage`, { agent: 'one' });
      expect(await statuses(16, show)).toEqual([...up, ...down, ...up, ...down]);
      expect((await client.send(`${api}.showImage`, { agent: 'other' })).status).toBe(200);
    },
  );

  test('down-after-write: a write takes all APIs down, a login brings them up again', async () => {
    const { client } = context;
    await client.enable('down-after-write');
    const statusOfEach = async () => {
      const received: number[] = [];
      for (const api of IMAGE_APIS) received.push((await client.send(`${api}.listImages`)).status);
      return received;
    };
    expect(await statusOfEach()).toEqual([200, 200, 200, 200, 200]);
    expect((await client.send('image-v2.updateImage')).body.name).toBe('renamed');
    expect(await statusOfEach()).toEqual([503, 503, 503, 503, 503]);
    expect((await client.send('identity.authPasswordScoped')).status).toBe(201);
    expect(await statusOfEach()).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('outages by the clock', () => {
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
  ])('maintenance-window: %s returns 503 for ten minutes, reads succeed', async (operation) => {
    const { client } = context;
    await client.enable('maintenance-window');
    const response = await client.send(operation);
    expect([response.status, response.headers['retry-after']]).toEqual([503, '600']);
    for (const api of IMAGE_APIS) expect((await client.send(`${api}.showImage`)).status).toBe(200);
    await client.advance('599s');
    expect((await client.send(operation)).status).toBe(503);
    await client.advance('1s');
    expect((await client.send(operation)).status).toBeLessThan(300);
  });

  test.each(IMAGE_APIS)(
    'deploy: %s resets connections, then a proxy returns 503, then the service recovers',
    async (api) => {
      const { client } = context;
      await client.enable('deploy');
      const list = () => client.sendRaw(`${api}.listImages`);
      expect(await list()).toMatchObject({ text: '', ending: 'reset' });
      await client.advance('19s');
      expect(await list()).toMatchObject({ text: '', ending: 'reset' });
      await client.advance('1s');
      expect((await list()).head).toMatch(/^HTTP\/1.1 503/);
      await client.advance('10s');
      expect((await list()).head).toMatch(/^HTTP\/1.1 200/);
    },
  );
});

/** Operations of a dialect that need a token. */
const guarded = (dialect: string): readonly string[] =>
  buildRoutes(DIALECTS)
    .operations.filter((ref) => ref.dialect.name === dialect && ref.operation.auth !== 'none')
    .map(({ name }) => name);

test.each([
  ['rackspace-images', 404, '{"itemNotFound":{"code":404,"message":"The resource could not be found."}}'],
  ['ims', 404, expect.stringContaining('"error_code":"APIGW.0101"')],
])('region-unserved: every operation of %s returns %i', async (dialect, status, text) => {
  const { client } = context;
  await client.enable('region-unserved');
  for (const operation of guarded(dialect)) {
    const response = await client.base.send(operation);
    const body = response.request.method === 'HEAD' ? '' : response.text;
    expect([operation, response.status, body]).toEqual([operation, status, body === '' ? '' : text]);
  }
  expect(entriesOf(client.base.emulator.worlds.default, { limit: 1 })[0]?.source).toBe('injected');
});

test('region-unserved: the response is the one of the front end for a path that it does not offer', async () => {
  const { client } = context;
  const { url } = client.base.emulator;
  const unoffered = async (path: string): Promise<string> =>
    (await request(url).get(path).set('X-Auth-Token', client.base.token)).text.replaceAll(/[0-9a-f]{32}/g, '<id>');
  const natural = [await unoffered('/rackspace/images/v2/none'), await unoffered('/ims/v2/none')];
  await client.enable('region-unserved');
  const injected = [
    (await client.base.send('rackspace-images.listImages')).text,
    (await client.base.send('ims.listImages')).text.replaceAll(/[0-9a-f]{32}/g, '<id>'),
  ];
  expect(injected).toEqual(natural);
});

test('region-unserved: ims returns 404 even without a token', async () => {
  const { client } = context;
  await client.enable('region-unserved');
  const response = await client.base.send('ims.listImages').unset('X-Auth-Token');
  expect([response.status, response.body.error_code]).toEqual([404, 'APIGW.0101']);
});

test('account-migrating: every operation of rackspace-servers returns 409', async () => {
  const { client } = context;
  await client.enable('account-migrating');
  for (const operation of guarded('rackspace-servers')) {
    const response = await client.base.send(operation);
    const message = 'The account is on its way to another cell.';
    expect([operation, response.status, response.body]).toEqual([
      operation,
      409,
      { conflictingRequest: expect.objectContaining({ code: 409, message }) },
    ]);
  }
});
