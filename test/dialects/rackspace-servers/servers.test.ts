import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Account, logIn, openAccount } from './support.ts';

const DAY = 86_400_000;

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});

const world = () => account.emulator.worlds.default;
const make = (server: string, body: object = { createImage: { name: 'made' } }) =>
  account.send('post', `/servers/${account.server(server).id}/action`).send(body);
const pathOf = (location: string): string => location.slice(location.indexOf('/images/'));

describe('an image of a server', () => {
  test("is returned as a Location, and has the properties of the server's image", async () => {
    const answer = await make('web-1', { createImage: { name: 'nightly', metadata: { Stage: 'test' } } });
    expect([answer.status, answer.text]).toEqual([202, '']);
    const location = answer.headers['location'] as string;
    expect(location).toMatch(new RegExp(`^http://cloud/rackspace/servers/v2/${account.tenant}/images/[0-9a-f-]{36}$`));
    const { image } = (await account.send('get', pathOf(location))).body;
    const { id } = account.server('web-1');
    expect(image).toMatchObject({
      name: 'nightly',
      status: 'ACTIVE',
      progress: 100,
      server: { id, links: expect.any(Array) },
      metadata: { stage: 'test', image_type: 'snapshot', instance_uuid: id },
      'OS-EXT-IMG-SIZE:size': 34,
    });
  });

  test('is saved by the progress of the world, and the server is busy meanwhile', async () => {
    world().setProgress({ snapshot: { pace: { by: 'clock', seconds: 30 } } });
    const place = pathOf((await make('web-1')).headers['location'] as string);
    expect((await account.send('get', place)).body.image).toMatchObject({ status: 'SAVING', progress: 50 });
    expect((await account.send('delete', place)).status).toBe(409);
    const second = await make('web-1');
    expect([second.status, Object.keys(second.body)]).toEqual([409, ['backupOrResizeInProgress']]);
    world().setClock({ frozenAt: world().clock.now() + 30_000, offset: 0 });
    expect((await account.send('get', place)).body.image).toMatchObject({ status: 'ACTIVE', progress: 100 });
    expect((await make('web-1')).status).toBe(202);
  });

  test('is in status ERROR when its creation fails', async () => {
    world().setProgress({ snapshot: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    const place = pathOf((await make('web-1')).headers['location'] as string);
    expect((await account.send('get', place)).body.image).toMatchObject({ status: 'ERROR', progress: 0 });
    expect(account.server('web-1').taskState).toBeNull();
    expect((await account.send('delete', place)).status).toBe(204);
  });

  test.each([
    ['building-1', 'buildInProgress'],
    ['busy-1', 'backupOrResizeInProgress'],
    ['locked-1', 'conflictingRequest'],
  ])('is refused of %s as %s', async (server, fault) => {
    const answer = await make(server);
    expect([answer.status, Object.keys(answer.body)]).toEqual([409, [fault]]);
  });

  test('is rejected for an unknown server and for one of another tenant', async () => {
    const action = (id: string, token = account.token, tenant = account.tenant) =>
      request(account.emulator.app)
        .post(`/rackspace/servers/v2/${tenant}/servers/${id}/action`)
        .set('X-Auth-Token', token)
        .send({ createImage: { name: 'made' } });
    expect((await action('5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77')).status).toBe(404);
    const other = await logIn(account.emulator, 'alt_demo');
    const answer = await action(account.server('web-1').id, other.token, other.tenant);
    expect([answer.status, Object.keys(answer.body)]).toEqual([404, ['itemNotFound']]);
  });

  test.each([
    ['without a name', { createImage: {} }],
    ['with a name of nothing but blanks', { createImage: { name: ' ' } }],
    ['with a name of 256 characters', { createImage: { name: 'x'.repeat(256) } }],
    ['with metadata that is no text', { createImage: { name: 'x', metadata: { a: 1 } } }],
    ['with a name of null', { createImage: { name: null } }],
    ['with a name that is a number', { createImage: { name: 1 } }],
    ['with metadata of null', { createImage: { name: 'x', metadata: null } }],
    ['with metadata that is a list', { createImage: { name: 'x', metadata: ['a'] } }],
    ['with nothing', {}],
    ['with null', { createImage: null }],
    ['as another action', { reboot: { type: 'HARD' } }],
  ])('is refused %s', async (_what, body) => {
    const answer = await make('web-1', body);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['badRequest']]);
  });
});

test.each([
  [40, 202],
  [41, 413],
])('an image of a server with %i items of metadata is answered with %i', async (count, status) => {
  const metadata = Object.fromEntries(Array.from({ length: count }, (_, index) => [`item-${index}`, 'x']));
  const answer = await make('web-1', { createImage: { name: 'made', metadata } });
  expect(answer.status).toBe(status);
  if (status === 413) expect(answer.body.overLimit).toEqual({ code: 413, message: expect.any(String) });
});

describe('scheduled images', () => {
  const schedule = () => `/servers/${account.server('web-1').id}/rax-si-image-schedule`;
  const named = async (): Promise<readonly string[]> => {
    // The token expires after some days.
    const { token } = await logIn(account.emulator);
    const { images } = (await account.send('get', '/images?type=SNAPSHOT').set('X-Auth-Token', token)).body;
    return images
      .map(({ name }: { name: string }) => name)
      .filter((name: string) => /^(daily|weekly)-/.test(name))
      .sort();
  };
  const passTo = (time: number): void => world().setClock({ frozenAt: time, offset: 0 });

  test('are created each midnight, and the oldest are deleted', async () => {
    const wish = { image_schedule: { retention: 2 } };
    expect((await account.send('post', schedule()).send(wish)).body).toEqual(wish);
    expect((await account.send('get', schedule())).body).toEqual(wish);
    expect(await named()).toEqual([]);
    const midnight = Date.UTC(2026, 10, 22);
    passTo(midnight);
    expect(await named()).toEqual([`daily-web-1-${midnight / 1000}`]);
    for (const days of [1, 2]) {
      passTo(midnight + days * DAY);
      await named();
    }
    expect(await named()).toEqual([
      `daily-web-1-${(midnight + DAY) / 1000}`,
      `daily-web-1-${(midnight + 2 * DAY) / 1000}`,
    ]);
    passTo(midnight + 30 * DAY);
    expect(await named()).toEqual([
      `daily-web-1-${(midnight + 29 * DAY) / 1000}`,
      `daily-web-1-${(midnight + 30 * DAY) / 1000}`,
    ]);
  });

  test('are created on one day of the week on request', async () => {
    const wish = { image_schedule: { retention: 1, day_of_week: 'WEDNESDAY' } };
    expect((await account.send('post', schedule()).send(wish)).body).toEqual(wish);
    passTo(Date.UTC(2026, 10, 24, 23));
    expect(await named()).toEqual([]);
    passTo(Date.UTC(2026, 10, 25));
    expect(await named()).toEqual([`weekly-web-1-${Date.UTC(2026, 10, 25) / 1000}`]);
  });

  test('end when the schedule is removed, and then there is no schedule to show', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 2 } });
    const off = await account.send('delete', schedule());
    expect([off.status, off.text]).toEqual([202, '']);
    expect((await account.send('get', schedule())).status).toBe(404);
    expect((await account.send('delete', schedule())).status).toBe(404);
    passTo(Date.UTC(2026, 10, 23));
    expect(await named()).toEqual([]);
  });

  test('stay past the retention when their mark was removed', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 1 } });
    const midnight = Date.UTC(2026, 10, 22);
    passTo(midnight);
    const { token } = await logIn(account.emulator);
    const send = (method: 'get' | 'delete', path: string) => account.send(method, path).set('X-Auth-Token', token);
    const [image] = (await send('get', `/images?name=daily-web-1-${midnight / 1000}`)).body.images;
    const item = `/images/${image.id}/metadata/org.openstack__1__created-by`;
    expect((await send('get', item)).body.meta).toEqual({ 'org.openstack__1__created-by': 'scheduled-images-service' });
    expect((await send('delete', item)).status).toBe(204);
    for (const days of [1, 2]) {
      passTo(midnight + days * DAY);
      await named();
    }
    expect(await named()).toEqual([`daily-web-1-${midnight / 1000}`, `daily-web-1-${(midnight + 2 * DAY) / 1000}`]);
  });

  test('are copied to a fork and removed by a reset', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 2 } });
    const fork = account.emulator.worlds.fork('other', world());
    fork.setClock({ frozenAt: Date.UTC(2026, 10, 22), offset: 0 });
    fork.applyDueChanges();
    const byItself = { properties: { 'org.openstack__1__created-by': ['scheduled-images-service'] } } as const;
    const audience = { kind: 'everyone' } as const;
    expect(fork.images.list({ audience, ...byItself, limit: 9 }).images).toHaveLength(1);
    expect(world().images.list({ audience, ...byItself, limit: 9 }).images).toHaveLength(0);
    world().reset();
    expect(account.server('web-1').imageSchedule).toBeUndefined();
  });

  test.each([
    ['no retention', { image_schedule: {} }],
    ['a retention of none', { image_schedule: { retention: 0 } }],
    ['a retention past the most', { image_schedule: { retention: 65_536 } }],
    ['a retention that is a text', { image_schedule: { retention: '3' } }],
    ['a retention between two numbers', { image_schedule: { retention: 1.5 } }],
    ['a day that there is not', { image_schedule: { retention: 1, day_of_week: 'Someday' } }],
    ['a day in small letters', { image_schedule: { retention: 1, day_of_week: 'sunday' } }],
    ['a day of null', { image_schedule: { retention: 1, day_of_week: null } }],
    ['a schedule of null', { image_schedule: null }],
    ['a schedule that is a list', { image_schedule: [1] }],
    ['no schedule', {}],
  ])('are refused with %s', async (_what, body) => {
    expect((await account.send('post', schedule()).send(body)).status).toBe(400);
  });
});

describe('limits', () => {
  test('return the remaining requests and the use of the servers', async () => {
    await account.send('post', `/images/${account.imageId('demo-private')}/metadata`).send({ metadata: { a: 'b' } });
    const { limits } = (await account.send('get', '/limits')).body;
    expect(limits.rate[0]).toEqual({
      uri: '*',
      regex: '.*',
      limit: [
        { verb: 'GET', value: 1000, remaining: 999, unit: 'MINUTE', 'next-available': '2026-11-21T12:00:00Z' },
        { verb: 'POST', value: 100, remaining: 99, unit: 'MINUTE', 'next-available': '2026-11-21T12:00:00Z' },
      ],
    });
    const own = world().servers.list({ projectId: account.tenant });
    expect(own.length).toBeGreaterThan(0);
    expect(limits.absolute).toMatchObject({
      maxImageMeta: 40,
      maxTotalRAMSize: 131_072,
      totalInstancesUsed: own.length,
      totalRAMUsed: own.reduce((sum, { flavor }) => sum + flavor.ramMebibytes, 0),
    });
  });

  test('are enforced: the 101st POST of a minute is rejected until the minute is over', async () => {
    const post = () => account.send('post', '/servers/none/action').send({ createImage: { name: 'made' } });
    for (let call = 1; call <= 100; call += 1) expect((await post()).status).toBe(404);
    const refused = await post();
    expect(refused.status).toBe(413);
    expect(refused.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
    expect(refused.body).toEqual({
      overLimit: {
        code: 413,
        message: 'OverLimit Retry...',
        details: 'Error Details...',
        retryAfter: '2026-11-21T12:01:00Z',
      },
    });
    expect((await account.send('get', '/limits')).body.limits.rate[0].limit[1]).toMatchObject({
      remaining: 0,
      'next-available': '2026-11-21T12:01:00Z',
    });
    world().setClock({ frozenAt: Date.UTC(2026, 10, 21, 12, 1), offset: 0 });
    expect((await post()).status).toBe(404);
  });

  test('have the other documented form when the profile chooses it', async () => {
    world().setProfiles({ 'rackspace-servers': { 'over-limit': 'faults' } });
    world().setLimits({ callsPerMinute: 0 });
    const refused = await account.send('get', '/images');
    expect(refused.headers['retry-after']).toBe('60');
    expect(refused.body).toEqual({
      overLimit: {
        code: 413,
        message: 'OverLimit Retry...',
        details: 'Error Details...',
        retryAt: '2026-11-21T12:01:00Z',
      },
    });
  });

  test('are returned and not enforced when the profile chooses so', async () => {
    world().setProfiles({ 'rackspace-servers': { 'rate-limits': 'off' } });
    const post = () => account.send('post', '/servers/none/action').send({ createImage: { name: 'made' } });
    for (let call = 1; call <= 101; call += 1) expect((await post()).status).toBe(404);
    expect((await account.send('get', '/limits')).body.limits.rate[0].limit[1].remaining).toBe(0);
  });

  test('of other accounts are returned to administrators only', async () => {
    const own = await account.send('get', `/os-quota-sets/${account.tenant}`);
    expect(own.body.quota_set).toEqual({
      id: account.tenant,
      instances: 100,
      cores: -1,
      ram: 131_072,
      metadata_items: 40,
      key_pairs: 100,
      networks: 10,
      injected_files: 5,
      injected_file_content_bytes: 1000,
      injected_file_path_bytes: 255,
      fixed_ips: -1,
      floating_ips: -1,
      security_groups: -1,
      security_group_rules: -1,
    });
    const other = await logIn(account.emulator, 'alt_demo');
    expect((await account.send('get', `/os-quota-sets/${other.tenant}`)).status).toBe(403);
    const admin = await logIn(account.emulator, 'admin');
    const asked = await request(account.emulator.app)
      .get(`/rackspace/servers/v2/${admin.tenant}/os-quota-sets/${other.tenant}`)
      .set('X-Auth-Token', admin.token);
    expect(asked.body.quota_set.id).toBe(other.tenant);
  });
});

test('the log-in of the identity service is also offered here', async () => {
  const answer = await request(account.emulator.app)
    .post('/rackspace/servers/v2.0/tokens')
    .send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } });
  expect(answer.status).toBe(200);
  const { token } = answer.body.access;
  const list = await request(account.emulator.app)
    .get(`/rackspace/servers/v2/${token.tenant.id}/images`)
    .set('X-Auth-Token', token.id);
  expect(list.status).toBe(200);
});
