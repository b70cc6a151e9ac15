import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance, type WorldControl } from '../../src/index.ts';
import { NOON } from '../support/emulator.ts';
import { WireClient, type WireResponse } from '../support/traffic.ts';

const NOON_TEXT = new Date(NOON).toISOString();
const LIST = { operation: 'image-v2.listImages' } as const;

let cloud: Sideglance;
let world: WorldControl;
let client: WireClient;

beforeEach(async () => {
  cloud = await startSideglance();
  world = cloud.worlds.create({ name: 't17', clock: NOON_TEXT });
  client = new WireClient({ port: cloud.port, prefix: '/w/t17' });
});
afterEach(() => cloud.close());

async function logIn(): Promise<{ readonly token: string; readonly response: WireResponse }> {
  const domain = { id: 'default' };
  const response = await client.send('POST', '/identity/v3/auth/tokens', {
    body: {
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
        scope: { project: { name: 'demo', domain } },
      },
    },
  });
  return { response, token: response.header('x-subject-token') ?? '' };
}

const list = (token: string): Promise<WireResponse> => client.send('GET', '/image/v2/images', { token });

/** Waits until the faults of the world have seen a number of requests. */
async function untilSeen(count: number): Promise<void> {
  while (world.faults.list().reduce((sum, { seen }) => sum + seen, 0) < count)
    await new Promise((resolve) => setImmediate(resolve));
}

describe('the clock of a world', () => {
  test('controls tokens, timestamps of images, the Date header and the journal', async () => {
    const { token, response } = await logIn();
    const { expires_at: end, issued_at: issued } = response.json<{
      token: { expires_at: string; issued_at: string };
    }>().token;
    expect([response.header('date'), issued]).toEqual(['Sat, 21 Nov 2026 12:00:00 GMT', '2026-11-21T12:00:00.000000Z']);
    world.clock.advance('30m');
    const created = await client.send('POST', '/image/v2/images', { token, body: { name: 'new' } });
    expect(created.json()).toMatchObject({ created_at: '2026-11-21T12:30:00Z' });
    expect(created.header('date')).toBe('Sat, 21 Nov 2026 12:30:00 GMT');
    world.clock.set(new Date(Date.parse(end) - 1).toISOString());
    expect((await list(token)).status).toBe(200);
    world.clock.advance(0.001);
    expect((await list(token)).status).toBe(401);
    const { requests } = world.requests.list();
    expect(requests.map(({ time }) => time)).toEqual([NOON, NOON + 1_800_000, Date.parse(end) - 1, Date.parse(end)]);
    const ofDefaultWorld = await new WireClient({ port: cloud.port }).send('GET', '/image/versions');
    expect(Math.abs(Date.parse(ofDefaultWorld.header('date') ?? '') - Date.now())).toBeLessThan(3_600_000);
  });

  test('controls rate limits and tasks', async () => {
    world.configuration.change({
      limits: { callsPerMinute: 1 },
      progress: { import: { by: 'clock', seconds: 60 } },
    });
    const access = await client.send('POST', '/rackspace/identity/v2.0/tokens', {
      body: { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } },
    });
    const { token } = access.json<{ access: { token: { id: string; tenant: { id: string } } } }>().access;
    const listStatus = async (): Promise<number> =>
      (await client.send('GET', `/rackspace/servers/v2/${token.tenant.id}/images`, { token: token.id })).status;
    expect([await listStatus(), await listStatus()]).toEqual([200, 413]);
    world.clock.advance(60);
    expect(await listStatus()).toBe(200);

    world.configuration.change({ limits: { callsPerMinute: null } });
    const started = await client.send('POST', `/rackspace/images/v2/${token.tenant.id}/tasks`, {
      token: token.id,
      body: { type: 'import', input: { import_from: 'exports/my-image.vhd', image_properties: { name: 'x' } } },
    });
    const { id } = started.json<{ id: string }>();
    const status = (): string | undefined => world.tasks.list().find((task) => task.id === id)?.status;
    world.clock.advance(59);
    expect(status()).toBe('processing');
    world.clock.advance(1);
    expect(status()).toBe('success');
  });

  test('holds each delayed request until the clock has advanced by its delay', async () => {
    const { token } = await logIn();
    world.faults.arm({ match: LIST, calls: { to: 2 }, fault: { delay: { clock: '5s' } } });
    const order: string[] = [];
    const first = list(token).then(({ status }) => order.push(`first ${status}`));
    await untilSeen(1);
    world.clock.advance(3);
    const second = list(token).then(({ status }) => order.push(`second ${status}`));
    await untilSeen(2);
    expect((await client.send('GET', '/image/v2/schemas/image', { token })).status).toBe(200);
    expect(order).toEqual([]);
    world.clock.advance(2);
    await first;
    expect(order).toEqual(['first 200']);
    world.clock.set('2026-11-21T12:00:08Z');
    await second;
    expect(order).toEqual(['first 200', 'second 200']);
  });

  test('releases delayed requests when it is resumed, and when the world is reset or dropped', async () => {
    for (const end of [
      () => world.clock.resume(),
      () => world.reset(),
      () => world.snapshots.restore('start'),
      () => cloud.worlds.drop('t17'),
    ]) {
      world.reset();
      if (world.snapshots.list().length === 0) world.snapshots.take('start');
      const { token } = await logIn();
      world.faults.arm({ match: LIST, fault: { answer: 401, delay: { clock: 10 } } });
      const pending = list(token);
      await untilSeen(1);
      end();
      expect((await pending).status).toBe(401);
    }
  });
});
