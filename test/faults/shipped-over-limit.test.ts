import { describe, expect, test } from '@jest/globals';
import { playing, statuses } from './shipped-support.ts';

const stage = playing();

describe.each(['rackspace-images', 'rackspace-servers'])('over limit at %s', (api) => {
  test.each([
    ['over-limit-seconds', '1'],
    ['over-limit-date', 'Sat, 21 Nov 2026 12:00:01 GMT'],
    ['over-limit-silent', undefined],
    ['over-limit-malformed', 'soon'],
    ['over-limit-zero', '0'],
    ['over-limit-negative', '-1'],
    ['over-limit-past', 'Sat, 01 Jan 2000 00:00:00 GMT'],
    ['clock-skew', 'Thu, 01 Jan 2015 12:00:02 GMT'],
  ])('%s: the first two deletes of each image say %s in Retry-After', async (name, retryAfter) => {
    const { player } = stage;
    await player.enable(name);
    for (const image of ['demo-private', 'demo-shared']) {
      for (let number = 0; number < 2; number += 1) {
        const answer = await player.on(`${api}.deleteImage`, { image });
        expect([answer.status, answer.headers['retry-after']]).toEqual([413, retryAfter]);
      }
      expect((await player.on(`${api}.deleteImage`, { image })).status).toBe(204);
    }
  });

  test('clock-skew: Date is of the same clock as Retry-After', async () => {
    const { player } = stage;
    await player.enable('clock-skew');
    const { headers } = await player.on(`${api}.deleteImage`);
    expect(Date.parse(String(headers['retry-after'])) - Date.parse(String(headers['date']))).toBe(2000);
  });

  test('over-limit-for-hours: no delete gets through, and each says four hours', async () => {
    const { player } = stage;
    await player.enable('over-limit-for-hours');
    for (let number = 0; number < 5; number += 1) {
      const answer = await player.on(`${api}.deleteImage`);
      expect([answer.status, answer.headers['retry-after']]).toEqual([413, '14400']);
    }
    expect((await player.on(`${api}.showImage`)).status).toBe(200);
  });
});

test.each([
  'rackspace-servers.listImages',
  'rackspace-servers.listImagesDetail',
  'rackspace-servers.showImage',
  'rackspace-images.listImages',
  'rackspace-images.showImage',
])('over-limit-reads: the first two calls of each client to %s', async (operation) => {
  const { player } = stage;
  await player.enable('over-limit-reads');
  for (const agent of ['one', 'other']) {
    expect(await statuses(3, () => player.on(operation, { agent }))).toEqual([413, 413, 200]);
  }
});

test.each([
  ['rackspace-servers.listImages', 'demo'],
  ['rackspace-servers.listImagesDetail', 'demo'],
  ['rackspace-servers.showImage', 'demo'],
  ['rackspace-images.listImages', 'demo'],
  ['rackspace-images.showImage', 'demo'],
  ['rackspace-images.listTasks', 'demo'],
  ['image-v2.listTasks', 'admin'],
  ...['v2Authenticate', 'v2ListTenants', 'getCatalog', 'listAuthProjects'].map((id) => [`identity.${id}`, 'demo']),
  ...['iamCatalog', 'iamListAuthProjects', 'raxShowToken', 'raxListTokenEndpoints'].map((id) => [
    `identity.${id}`,
    'demo',
  ]),
] as [string, string][])('over-limit-every-shape: seven times at %s, then it answers', async (operation, user) => {
  const { player } = stage;
  await player.enable('over-limit-every-shape');
  const them = await player.as(user);
  const seen: unknown[] = [];
  for (let number = 0; number < 7; number += 1) {
    const { status, headers } = await them.on(operation);
    expect(status).toBe(413);
    seen.push(headers['retry-after']);
  }
  const dates = ['Sat, 21 Nov 2026 12:00:01 GMT', 'Sat, 01 Jan 2000 00:00:00 GMT'];
  expect(seen).toEqual(['1', dates[0], undefined, 'soon', '0', '-1', dates[1]]);
  expect((await them.on(operation)).status).toBe(200);
});

test.each([
  'identity.v2Authenticate',
  'identity.v2ListTenants',
  'identity.getCatalog',
  'identity.listAuthProjects',
  'identity.iamCatalog',
  'identity.iamListAuthProjects',
  'identity.raxShowToken',
  'identity.raxListTokenEndpoints',
])('over-limit-identity: the first two calls of each client to %s', async (operation) => {
  const { player } = stage;
  await player.enable('over-limit-identity');
  const first = await player.on(operation);
  expect([first.status, first.headers['retry-after']]).toEqual([413, '1']);
  expect(await statuses(2, () => player.on(operation))).toEqual([413, 200]);
});

test.each([
  ['image-v2.createTask', 'admin'],
  ['rackspace-images.createImportTask', 'demo'],
])('over-limit-tasks: the first two of each user through %s, and then there is one task', async (operation, user) => {
  const { player } = stage;
  await player.enable('over-limit-tasks');
  const them = await player.as(user);
  expect(await statuses(3, () => them.on(operation))).toEqual([413, 413, 201]);
  expect((await player.client.admin('get', '/tasks')).tasks).toHaveLength(1);
});

test.each(['ims.listImages', 'ims.showImage'])(
  'over-limit-gateway: %s is refused by the gateway twice',
  async (operation) => {
    const { player } = stage;
    await player.enable('over-limit-gateway');
    const first = await player.on(operation);
    expect([first.status, first.body.error_code]).toEqual([429, 'APIGW.0308']);
    expect(await statuses(2, () => player.on(operation))).toEqual([429, 200]);
  },
);

describe('A real limit', () => {
  test.each(['rackspace-images', 'rackspace-servers'])(
    'rate-limit-rackspace: ten calls to %s get through, the next when the time is over that it names',
    async (api) => {
      const { player } = stage;
      await player.enable('rate-limit-rackspace');
      expect(new Set(await statuses(10, () => player.on(`${api}.showImage`)))).toEqual(new Set([200]));
      const { status, headers } = await player.on(`${api}.showImage`);
      // There is one of ten again after a tenth of a minute.
      expect([status, headers['retry-after']]).toEqual([413, 'Sat, 21 Nov 2026 12:00:06 GMT']);
      await player.advance('5s');
      expect((await player.on(`${api}.showImage`)).status).toBe(413);
      await player.advance('1s');
      expect(await statuses(2, () => player.on(`${api}.showImage`))).toEqual([200, 413]);
      expect((await (await player.as('alt_demo')).on(`${api}.listImages`)).status).toBe(200);
    },
  );

  test.each([
    ['image-v2', 429],
    ['compute-v2.1', 429],
    ['rackspace-images', 413],
    ['rackspace-servers', 413],
    ['ims', 429],
  ])('rate-limit-deletes: the third through %s meets %i, and is done five seconds later', async (api, status) => {
    const { player } = stage;
    await player.enable('rate-limit-deletes');
    const remove = (image: string) => player.on(`${api}.deleteImage`, { image });
    expect((await remove('demo-private')).status).toBe(204);
    expect((await remove('demo-shared')).status).toBe(204);
    expect((await remove('demo-community')).status).toBe(status);
    await player.advance('5s');
    expect((await remove('demo-community')).status).toBe(204);
  });

  test.each(['image-v2', 'compute-v2.1'])(
    'rate-limit-proxy: twenty calls to %s get through, then Repose says 429',
    async (api) => {
      const { player } = stage;
      await player.enable('rate-limit-proxy');
      expect(new Set(await statuses(20, () => player.on(`${api}.showImage`)))).toEqual(new Set([200]));
      const answer = await player.on(`${api}.showImage`);
      expect([answer.status, answer.body.overLimit.code]).toEqual([429, 429]);
      expect(answer.headers).toHaveProperty('retry-after');
      await player.advance('3s');
      expect(await statuses(2, () => player.on(`${api}.showImage`))).toEqual([200, 429]);
    },
  );

  test('rate-limit-gateway: ten calls to ims get through, then the gateway says 429', async () => {
    const { player } = stage;
    await player.enable('rate-limit-gateway');
    expect(new Set(await statuses(10, () => player.on('ims.showImage')))).toEqual(new Set([200]));
    const answer = await player.on('ims.showImage');
    expect([answer.status, answer.body.error_code]).toEqual([429, 'APIGW.0308']);
    await player.advance('6s');
    expect(await statuses(2, () => player.on('ims.showImage'))).toEqual([200, 429]);
  });

  test.each([
    ['authPasswordScoped', 429],
    ['v2Authenticate', 413],
    ['raxAuthenticatePassword', 429],
    ['iamAuthPassword', 429],
  ])(
    'rate-limit-log-in: three of %s get a token, the fourth %i, and one more after a third of a minute',
    async (operation, status) => {
      const { player } = stage;
      await player.enable('rate-limit-log-in');
      const isGood = (seen: number): boolean => seen < 300;
      const logIn = () => player.on(`identity.${operation}`);
      expect((await statuses(3, logIn)).every(isGood)).toBe(true);
      expect((await logIn()).status).toBe(status);
      await player.advance('20s');
      const [first, second] = await statuses(2, logIn);
      expect([isGood(first as number), second]).toEqual([true, status]);
    },
  );

  test.each([
    ['image-v2', 429],
    ['compute-v2.1', 429],
    ['rackspace-images', 413],
    ['rackspace-servers', 413],
    ['ims', 429],
  ])(
    'rate-limit-image: the sixth look at an image through %s meets %i, and other images do not',
    async (api, status) => {
      const { player } = stage;
      await player.enable('rate-limit-image');
      expect(await statuses(6, () => player.on(`${api}.showImage`))).toEqual([200, 200, 200, 200, 200, status]);
      expect((await player.on(`${api}.showImage`, { image: 'demo-shared' })).status).toBe(200);
      await player.advance('12s');
      expect((await player.on(`${api}.showImage`)).status).toBe(200);
    },
  );
});
