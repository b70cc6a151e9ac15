import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Account, logIn, openAccount } from './support.ts';

const DAY = 86_400_000;

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});

const world = () => account.emulator.worlds.default;
const createImage = (server: string, body: object = { createImage: { name: 'snapshot' } }) =>
  account.send('post', `/servers/${account.server(server).id}/action`).send(body);
const pathOf = (location: string): string => location.slice(location.indexOf('/images/'));

describe('an image of a server', () => {
  test("is returned as a Location, and has the properties of the server's image", async () => {
    const response = await createImage('web-1', { createImage: { name: 'nightly', metadata: { Stage: 'test' } } });
    expect([response.status, response.text]).toEqual([202, '']);
    const location = response.headers['location'] as string;
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

  test('is SAVING for the configured time, while the server is busy', async () => {
    world().setProgress({ snapshot: { pace: { by: 'clock', seconds: 30 } } });
    const imagePath = pathOf((await createImage('web-1')).headers['location'] as string);
    expect((await account.send('get', imagePath)).body.image).toMatchObject({ status: 'SAVING', progress: 50 });
    expect((await account.send('delete', imagePath)).status).toBe(409);
    const second = await createImage('web-1');
    expect([second.status, Object.keys(second.body)]).toEqual([409, ['backupOrResizeInProgress']]);
    world().setClock({ frozenAt: world().clock.now() + 30_000, offset: 0 });
    expect((await account.send('get', imagePath)).body.image).toMatchObject({ status: 'ACTIVE', progress: 100 });
    expect((await createImage('web-1')).status).toBe(202);
  });

  test('is in status ERROR when its creation fails', async () => {
    world().setProgress({ snapshot: { pace: { by: 'once' }, failure: { code: null, message: null } } });
    const imagePath = pathOf((await createImage('web-1')).headers['location'] as string);
    expect((await account.send('get', imagePath)).body.image).toMatchObject({ status: 'ERROR', progress: 0 });
    expect(account.server('web-1').taskState).toBeNull();
    expect((await account.send('delete', imagePath)).status).toBe(204);
  });

  test.each([
    ['building-1', 'buildInProgress'],
    ['busy-1', 'backupOrResizeInProgress'],
    ['locked-1', 'conflictingRequest'],
  ])('returns 409 for %s as %s', async (server, fault) => {
    const response = await createImage(server);
    expect([response.status, Object.keys(response.body)]).toEqual([409, [fault]]);
  });

  test('is rejected for an unknown server and for one of another tenant', async () => {
    const action = (id: string, token = account.token, tenant = account.tenant) =>
      request(account.emulator.app)
        .post(`/rackspace/servers/v2/${tenant}/servers/${id}/action`)
        .set('X-Auth-Token', token)
        .send({ createImage: { name: 'snapshot' } });
    expect((await action('5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77')).status).toBe(404);
    const other = await logIn(account.emulator, 'alt_demo');
    const response = await action(account.server('web-1').id, other.token, other.tenant);
    expect([response.status, Object.keys(response.body)]).toEqual([404, ['itemNotFound']]);
  });

  test.each([
    ['without a name', { createImage: {} }],
    ['with a name of only spaces', { createImage: { name: ' ' } }],
    ['with a name of 256 characters', { createImage: { name: 'x'.repeat(256) } }],
    ['with metadata that is not a string', { createImage: { name: 'x', metadata: { a: 1 } } }],
    ['with a name of null', { createImage: { name: null } }],
    ['with a name that is a number', { createImage: { name: 1 } }],
    ['with metadata of null', { createImage: { name: 'x', metadata: null } }],
    ['with metadata that is a list', { createImage: { name: 'x', metadata: ['a'] } }],
    ['with an empty body', {}],
    ['with null', { createImage: null }],
    ['as another action', { reboot: { type: 'HARD' } }],
  ])('is rejected %s', async (_title, body) => {
    const response = await createImage('web-1', body);
    expect([response.status, Object.keys(response.body)]).toEqual([400, ['badRequest']]);
  });
});

test.each([
  [40, 202],
  [41, 413],
])('an image of a server with %i items of metadata returns %i', async (count, status) => {
  const metadata = Object.fromEntries(Array.from({ length: count }, (_, index) => [`item-${index}`, 'x']));
  const response = await createImage('web-1', { createImage: { name: 'snapshot', metadata } });
  expect(response.status).toBe(status);
  if (status === 413) expect(response.body.overLimit).toEqual({ code: 413, message: expect.any(String) });
});

describe('scheduled images', () => {
  const schedule = () => `/servers/${account.server('web-1').id}/rax-si-image-schedule`;
  const scheduledImages = async (): Promise<readonly string[]> => {
    // The token expires after some days.
    const { token } = await logIn(account.emulator);
    const { images } = (await account.send('get', '/images?type=SNAPSHOT').set('X-Auth-Token', token)).body;
    return images
      .map(({ name }: { name: string }) => name)
      .filter((name: string) => /^(daily|weekly)-/.test(name))
      .sort();
  };
  const setTime = (time: number): void => world().setClock({ frozenAt: time, offset: 0 });

  test('are created each midnight, and the oldest over the retention are deleted', async () => {
    const requested = { image_schedule: { retention: 2 } };
    expect((await account.send('post', schedule()).send(requested)).body).toEqual(requested);
    expect((await account.send('get', schedule())).body).toEqual(requested);
    expect(await scheduledImages()).toEqual([]);
    const midnight = Date.UTC(2026, 10, 22);
    setTime(midnight);
    expect(await scheduledImages()).toEqual([`daily-web-1-${midnight / 1000}`]);
    for (const days of [1, 2]) {
      setTime(midnight + days * DAY);
      await scheduledImages();
    }
    expect(await scheduledImages()).toEqual([
      `daily-web-1-${(midnight + DAY) / 1000}`,
      `daily-web-1-${(midnight + 2 * DAY) / 1000}`,
    ]);
    setTime(midnight + 30 * DAY);
    expect(await scheduledImages()).toEqual([
      `daily-web-1-${(midnight + 29 * DAY) / 1000}`,
      `daily-web-1-${(midnight + 30 * DAY) / 1000}`,
    ]);
  });

  test('are created weekly if the schedule names a day', async () => {
    const requested = { image_schedule: { retention: 1, day_of_week: 'WEDNESDAY' } };
    expect((await account.send('post', schedule()).send(requested)).body).toEqual(requested);
    setTime(Date.UTC(2026, 10, 24, 23));
    expect(await scheduledImages()).toEqual([]);
    setTime(Date.UTC(2026, 10, 25));
    expect(await scheduledImages()).toEqual([`weekly-web-1-${Date.UTC(2026, 10, 25) / 1000}`]);
  });

  test('end when the schedule is deleted, which then returns 404', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 2 } });
    const deleted = await account.send('delete', schedule());
    expect([deleted.status, deleted.text]).toEqual([202, '']);
    expect((await account.send('get', schedule())).status).toBe(404);
    expect((await account.send('delete', schedule())).status).toBe(404);
    setTime(Date.UTC(2026, 10, 23));
    expect(await scheduledImages()).toEqual([]);
  });

  test('are kept over the retention when their created-by metadata is deleted', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 1 } });
    const midnight = Date.UTC(2026, 10, 22);
    setTime(midnight);
    const { token } = await logIn(account.emulator);
    const send = (method: 'get' | 'delete', path: string) => account.send(method, path).set('X-Auth-Token', token);
    const [image] = (await send('get', `/images?name=daily-web-1-${midnight / 1000}`)).body.images;
    const item = `/images/${image.id}/metadata/org.openstack__1__created-by`;
    expect((await send('get', item)).body.meta).toEqual({ 'org.openstack__1__created-by': 'scheduled-images-service' });
    expect((await send('delete', item)).status).toBe(204);
    for (const days of [1, 2]) {
      setTime(midnight + days * DAY);
      await scheduledImages();
    }
    expect(await scheduledImages()).toEqual([
      `daily-web-1-${midnight / 1000}`,
      `daily-web-1-${(midnight + 2 * DAY) / 1000}`,
    ]);
  });

  test('are copied to a fork and removed by a reset', async () => {
    await account.send('post', schedule()).send({ image_schedule: { retention: 2 } });
    const fork = account.emulator.worlds.fork('other', world());
    fork.setClock({ frozenAt: Date.UTC(2026, 10, 22), offset: 0 });
    fork.applyDueChanges();
    const scheduled = { properties: { 'org.openstack__1__created-by': ['scheduled-images-service'] } } as const;
    const audience = { kind: 'everyone' } as const;
    expect(fork.images.list({ audience, ...scheduled, limit: 9 }).images).toHaveLength(1);
    expect(world().images.list({ audience, ...scheduled, limit: 9 }).images).toHaveLength(0);
    world().reset();
    expect(account.server('web-1').imageSchedule).toBeUndefined();
  });

  test.each([
    ['no retention', { image_schedule: {} }],
    ['a retention of 0', { image_schedule: { retention: 0 } }],
    ['a retention over the maximum', { image_schedule: { retention: 65_536 } }],
    ['a retention that is a string', { image_schedule: { retention: '3' } }],
    ['a retention that is not an integer', { image_schedule: { retention: 1.5 } }],
    ['an unknown day', { image_schedule: { retention: 1, day_of_week: 'Someday' } }],
    ['a day in lower case', { image_schedule: { retention: 1, day_of_week: 'sunday' } }],
    ['a day of null', { image_schedule: { retention: 1, day_of_week: null } }],
    ['a schedule of null', { image_schedule: null }],
    ['a schedule that is a list', { image_schedule: [1] }],
    ['no schedule', {}],
  ])('are rejected with %s', async (_title, body) => {
    expect((await account.send('post', schedule()).send(body)).status).toBe(400);
  });
});

describe('limits', () => {
  test('return the remaining requests and the usage by servers', async () => {
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
    const post = () => account.send('post', '/servers/none/action').send({ createImage: { name: 'snapshot' } });
    for (let call = 1; call <= 100; call += 1) expect((await post()).status).toBe(404);
    const rejected = await post();
    expect(rejected.status).toBe(413);
    expect(rejected.headers['retry-after']).toBe('Sat, 21 Nov 2026 12:01:00 GMT');
    expect(rejected.body).toEqual({
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
    const rejected = await account.send('get', '/images');
    expect(rejected.headers['retry-after']).toBe('60');
    expect(rejected.body).toEqual({
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
    const post = () => account.send('post', '/servers/none/action').send({ createImage: { name: 'snapshot' } });
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
    const adminResponse = await request(account.emulator.app)
      .get(`/rackspace/servers/v2/${admin.tenant}/os-quota-sets/${other.tenant}`)
      .set('X-Auth-Token', admin.token);
    expect(adminResponse.body.quota_set.id).toBe(other.tenant);
  });
});

test('the login of the identity service is also offered here', async () => {
  const response = await request(account.emulator.app)
    .post('/rackspace/servers/v2.0/tokens')
    .send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } });
  expect(response.status).toBe(200);
  const { token } = response.body.access;
  const list = await request(account.emulator.app)
    .get(`/rackspace/servers/v2/${token.tenant.id}/images`)
    .set('X-Auth-Token', token.id);
  expect(list.status).toBe(200);
});
