import { describe, expect, test } from '@jest/globals';
import { setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

describe.each(['rackspace-images', 'rackspace-servers'])('rate limit errors of %s', (api) => {
  test.each([
    ['over-limit-seconds', '1'],
    ['over-limit-date', 'Sat, 21 Nov 2026 12:00:01 GMT'],
    ['over-limit-silent', undefined],
    ['over-limit-malformed', 'soon'],
    ['over-limit-zero', '0'],
    ['over-limit-negative', '-1'],
    ['over-limit-past', 'Sat, 01 Jan 2000 00:00:00 GMT'],
    ['clock-skew', 'Thu, 01 Jan 2015 12:00:02 GMT'],
  ])('%s: the first two deletes of each image return 413 with Retry-After %s', async (name, retryAfter) => {
    const { client } = context;
    await client.enable(name);
    for (const image of ['demo-private', 'demo-shared']) {
      for (let number = 0; number < 2; number += 1) {
        const response = await client.send(`${api}.deleteImage`, { image });
        expect([response.status, response.headers['retry-after']]).toEqual([413, retryAfter]);
      }
      expect((await client.send(`${api}.deleteImage`, { image })).status).toBe(204);
    }
  });

  test('clock-skew: Date and Retry-After use the same clock', async () => {
    const { client } = context;
    await client.enable('clock-skew');
    const { headers } = await client.send(`${api}.deleteImage`);
    expect(Date.parse(String(headers['retry-after'])) - Date.parse(String(headers['date']))).toBe(2000);
  });

  test('over-limit-for-hours: every delete returns 413 with a Retry-After of four hours', async () => {
    const { client } = context;
    await client.enable('over-limit-for-hours');
    for (let number = 0; number < 5; number += 1) {
      const response = await client.send(`${api}.deleteImage`);
      expect([response.status, response.headers['retry-after']]).toEqual([413, '14400']);
    }
    expect((await client.send(`${api}.showImage`)).status).toBe(200);
  });
});

test.each([
  'rackspace-servers.listImages',
  'rackspace-servers.listImagesDetail',
  'rackspace-servers.showImage',
  'rackspace-images.listImages',
  'rackspace-images.showImage',
])('over-limit-reads: %s returns 413 to the first two requests of each client', async (operation) => {
  const { client } = context;
  await client.enable('over-limit-reads');
  for (const agent of ['one', 'other']) {
    expect(await statuses(3, () => client.send(operation, { agent }))).toEqual([413, 413, 200]);
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
] as [string, string][])(
  'over-limit-every-shape: %s returns 413 with seven forms of Retry-After, then 200',
  async (operation, user) => {
    const { client } = context;
    await client.enable('over-limit-every-shape');
    const sender = await client.as(user);
    const received: unknown[] = [];
    for (let number = 0; number < 7; number += 1) {
      const { status, headers } = await sender.send(operation);
      expect(status).toBe(413);
      received.push(headers['retry-after']);
    }
    const dates = ['Sat, 21 Nov 2026 12:00:01 GMT', 'Sat, 01 Jan 2000 00:00:00 GMT'];
    expect(received).toEqual(['1', dates[0], undefined, 'soon', '0', '-1', dates[1]]);
    expect((await sender.send(operation)).status).toBe(200);
  },
);

test.each([
  'identity.v2Authenticate',
  'identity.v2ListTenants',
  'identity.getCatalog',
  'identity.listAuthProjects',
  'identity.iamCatalog',
  'identity.iamListAuthProjects',
  'identity.raxShowToken',
  'identity.raxListTokenEndpoints',
])('over-limit-identity: %s returns 413 to the first two requests of each client', async (operation) => {
  const { client } = context;
  await client.enable('over-limit-identity');
  const first = await client.send(operation);
  expect([first.status, first.headers['retry-after']]).toEqual([413, '1']);
  expect(await statuses(2, () => client.send(operation))).toEqual([413, 200]);
});

test.each(['identity.authPasswordScoped', 'identity.iamAuthPassword'])(
  'over-limit-identity: a proxy rejects the first two logins of each client by %s with 429',
  async (operation) => {
    const { client } = context;
    await client.enable('over-limit-identity');
    const logIn = () => client.send(operation, { agent: 'one' });
    const first = await logIn();
    expect([first.status, first.headers['retry-after'], first.headers['x-subject-token']]).toEqual([
      429,
      '1',
      undefined,
    ]);
    expect(await statuses(2, logIn)).toEqual([429, 201]);
    expect((await client.send(operation, { agent: 'other' })).status).toBe(429);
  },
);

test.each([
  ['image-v2.createTask', 'admin'],
  ['rackspace-images.createImportTask', 'demo'],
])(
  'over-limit-tasks: %s returns 413 to the first two requests of each user and starts no task for them',
  async (operation, user) => {
    const { client } = context;
    await client.enable('over-limit-tasks');
    const sender = await client.as(user);
    expect(await statuses(3, () => sender.send(operation))).toEqual([413, 413, 201]);
    expect((await client.base.admin('get', '/tasks')).tasks).toHaveLength(1);
  },
);

test.each(['ims.listImages', 'ims.showImage'])(
  'over-limit-gateway: the gateway rejects the first two requests for %s with 429',
  async (operation) => {
    const { client } = context;
    await client.enable('over-limit-gateway');
    const first = await client.send(operation);
    expect([first.status, first.body.error_code]).toEqual([429, 'APIGW.0308']);
    expect(await statuses(2, () => client.send(operation))).toEqual([429, 200]);
  },
);

describe('token bucket limits', () => {
  test.each(['rackspace-images', 'rackspace-servers'])(
    'rate-limit-rackspace: %s accepts ten requests, and the next one at the time in Retry-After',
    async (api) => {
      const { client } = context;
      await client.enable('rate-limit-rackspace');
      expect(new Set(await statuses(10, () => client.send(`${api}.showImage`)))).toEqual(new Set([200]));
      const { status, headers } = await client.send(`${api}.showImage`);
      // A bucket of ten for a minute gets a token back every six seconds.
      expect([status, headers['retry-after']]).toEqual([413, 'Sat, 21 Nov 2026 12:00:06 GMT']);
      await client.advance('5s');
      expect((await client.send(`${api}.showImage`)).status).toBe(413);
      await client.advance('1s');
      expect(await statuses(2, () => client.send(`${api}.showImage`))).toEqual([200, 413]);
      expect((await (await client.as('alt_demo')).send(`${api}.listImages`)).status).toBe(200);
    },
  );

  test.each([
    ['image-v2', 429],
    ['compute-v2.1', 429],
    ['rackspace-images', 413],
    ['rackspace-servers', 413],
    ['ims', 429],
  ])(
    'rate-limit-deletes: the third delete through %s returns %i, and succeeds five seconds later',
    async (api, status) => {
      const { client } = context;
      await client.enable('rate-limit-deletes');
      const remove = (image: string) => client.send(`${api}.deleteImage`, { image });
      expect((await remove('demo-private')).status).toBe(204);
      expect((await remove('demo-shared')).status).toBe(204);
      expect((await remove('demo-community')).status).toBe(status);
      await client.advance('5s');
      expect((await remove('demo-community')).status).toBe(204);
    },
  );

  test.each(['image-v2', 'compute-v2.1'])(
    'rate-limit-proxy: %s accepts twenty requests, then Repose returns 429',
    async (api) => {
      const { client } = context;
      await client.enable('rate-limit-proxy');
      expect(new Set(await statuses(20, () => client.send(`${api}.showImage`)))).toEqual(new Set([200]));
      const response = await client.send(`${api}.showImage`);
      expect([response.status, response.body.overLimit.code]).toEqual([429, 429]);
      expect(response.headers).toHaveProperty('retry-after');
      await client.advance('3s');
      expect(await statuses(2, () => client.send(`${api}.showImage`))).toEqual([200, 429]);
    },
  );

  test('rate-limit-gateway: ims accepts ten requests, then the gateway returns 429', async () => {
    const { client } = context;
    await client.enable('rate-limit-gateway');
    expect(new Set(await statuses(10, () => client.send('ims.showImage')))).toEqual(new Set([200]));
    const response = await client.send('ims.showImage');
    expect([response.status, response.body.error_code]).toEqual([429, 'APIGW.0308']);
    await client.advance('6s');
    expect(await statuses(2, () => client.send('ims.showImage'))).toEqual([200, 429]);
  });

  test.each([
    ['authPasswordScoped', 429],
    ['v2Authenticate', 413],
    ['raxAuthenticatePassword', 429],
    ['iamAuthPassword', 429],
  ])(
    'rate-limit-log-in: three requests for %s return a token, the fourth %i, and one more succeeds after 20 seconds',
    async (operation, status) => {
      const { client } = context;
      await client.enable('rate-limit-log-in');
      const isSuccess = (received: number): boolean => received < 300;
      const logIn = () => client.send(`identity.${operation}`);
      expect((await statuses(3, logIn)).every(isSuccess)).toBe(true);
      expect((await logIn()).status).toBe(status);
      await client.advance('20s');
      const [first, second] = await statuses(2, logIn);
      expect([isSuccess(first as number), second]).toEqual([true, status]);
    },
  );

  test.each([
    ['image-v2', 429],
    ['compute-v2.1', 429],
    ['rackspace-images', 413],
    ['rackspace-servers', 413],
    ['ims', 429],
  ])(
    'rate-limit-image: the sixth read of an image through %s returns %i, other images are not limited',
    async (api, status) => {
      const { client } = context;
      await client.enable('rate-limit-image');
      expect(await statuses(6, () => client.send(`${api}.showImage`))).toEqual([200, 200, 200, 200, 200, status]);
      expect((await client.send(`${api}.showImage`, { image: 'demo-shared' })).status).toBe(200);
      await client.advance('12s');
      expect((await client.send(`${api}.showImage`)).status).toBe(200);
    },
  );
});
