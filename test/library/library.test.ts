import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  AdminError,
  InputError,
  type OperationName,
  PortError,
  type Sideglance,
  type SideglanceOptions,
  startSideglance,
} from '../../src/index.ts';
import type { ImageFixture } from '../../src/input/types/fixtures.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const started: Sideglance[] = [];
const start = async (options?: SideglanceOptions): Promise<Sideglance> => {
  const cloud = await startSideglance(options);
  started.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((cloud) => cloud.close()));
});

const RULE = { match: { operation: 'image-v2.listImages' }, fault: { answer: 401 } } as const;
const list = async (cloud: Sideglance, token: string, world = ''): Promise<number> =>
  (await fetch(`${cloud.url}${world}/image/v2/images`, { headers: { 'X-Auth-Token': token } })).status;

describe('startSideglance', () => {
  test('starts on a free port and stops when it is closed', async () => {
    const cloud = await startSideglance();
    expect(cloud.url).toBe(`http://127.0.0.1:${cloud.port}`);
    expect(await list(cloud, await login(cloud.url))).toBe(200);
    await cloud.close();
    await expect(fetch(cloud.url)).rejects.toThrow();
  });

  test('closes while connections are open, and can be closed twice', async () => {
    const cloud = await startSideglance();
    expect((await fetch(`${cloud.url}/__admin/health`)).status).toBe(200);
    await cloud.close();
    await cloud.close();
    await expect(fetch(`${cloud.url}/__admin/health`)).rejects.toThrow('fetch failed');
  });

  test('starts several independent servers in one process', async () => {
    const [one, other] = [await start(), await start()];
    one.images.place({ name: 'mine', visibility: 'public' });
    expect(await list(other, await login(one.url))).toBe(401);
    expect(other.requests.list().recorded).toBe(1);
  });

  test('accepts fixtures as a value, a file and several files', async () => {
    const path = filesOf({ 'a.yaml': 'images: [{ name: a }]\n', 'b.yaml': 'images: [{ name: b }]\n' });
    const count = async (fixtures: NonNullable<SideglanceOptions['fixtures']>): Promise<number> => {
      const cloud = await start({ fixtures });
      const headers = { 'X-Auth-Token': await login(cloud.url) };
      const body = await (await fetch(`${cloud.url}/image/v2/images`, { headers })).json();
      return (body as { images: unknown[] }).images.length;
    };
    expect(await count({ images: [{ name: 'x' }] })).toBe(1);
    expect(await count(path('a.yaml'))).toBe(1);
    expect(await count([path('a.yaml'), path('b.yaml')])).toBe(2);
  });

  test.each([
    ['invalid fixtures', { fixtures: { images: [{ status: 'odd' }] } }],
    ['missing scenarios', { scenarios: 'none.yaml' }],
    ['an invalid clock', { clock: 'noon' }],
    ['an unknown API', { listen: { glance: 0 } }],
  ])('rejects %s', async (_title, options) => {
    await expect(start(options as SideglanceOptions)).rejects.toBeInstanceOf(InputError);
  });

  test('rejects with a PortError that names the port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const error = await start({ port }).catch((reason: unknown) => reason);
    other.close();
    expect(error).toBeInstanceOf(PortError);
    expect(error).toMatchObject({ port, message: `port ${port} on 127.0.0.1 is in use` });
  });

  test('generates the same ids for the same seed', async () => {
    const place = async (seed: string) => (await start({ seed })).images.place({ name: 'a' }).id;
    expect(await place('one')).toBe(await place('one'));
    expect(await place('one')).not.toBe(await place('two'));
  });
});

describe('a running Sideglance', () => {
  test('controls faults, scenarios, the journal and coverage', async () => {
    const cloud = await start();
    const token = await login(cloud.url);
    cloud.faults.arm(RULE);
    expect([await list(cloud, token), await list(cloud, token)]).toEqual([401, 200]);
    expect(cloud.faults.list()).toEqual([expect.objectContaining({ fired: 1, expired: true })]);
    expect(cloud.requests.list({ source: 'injected' }).requests).toHaveLength(1);
    expect(cloud.coverage().totals).toMatchObject({ receivedInjected: 1, receivedNatural: 2 });

    cloud.scenarios.put('denied', { description: 'Nobody lists.', rules: [RULE] });
    cloud.scenarios.enable('denied', { calls: 1 });
    expect([await list(cloud, token), await list(cloud, token)]).toEqual([401, 200]);
    expect(cloud.scenarios.get('denied')).toMatchObject({ enabled: false, hits: 1 });
    cloud.scenarios.remove('denied');
    expect(() => cloud.scenarios.enable('denied')).toThrow(AdminError);

    cloud.requests.clear();
    expect(cloud.requests.list().recorded).toBe(0);
    cloud.faults.arm(RULE);
    cloud.faults.clear();
    expect(await list(cloud, token)).toBe(200);
  });

  test('creates worlds that unmodified clients use through their addresses', async () => {
    const cloud = await start();
    const world = cloud.worlds.create({ name: 't1' });
    expect(world.settings().openstack['OS_AUTH_URL']).toBe(`${cloud.url}/w/t1/identity/v3`);
    world.faults.arm(RULE);
    const token = await login(cloud.url, { world: 't1' });
    expect(await list(cloud, token, '/w/t1')).toBe(401);
    expect(await list(cloud, await login(cloud.url))).toBe(200);
    expect(cloud.worlds.list().map(({ name }) => name)).toEqual(['default', 't1']);
    expect(cloud.worlds.drop('t1')).toBe(true);
    expect(cloud.worlds.get('t1')).toBeUndefined();
  });

  test('controls the clock and the images of a world, and resets it', async () => {
    const cloud = await start({ clock: '2026-11-21T12:00:00Z' });
    expect(cloud.clock.advance('1h')).toEqual({ now: '2026-11-21T13:00:00.000Z', frozen: true });
    const image = cloud.images.place({ name: 'a', status: 'queued' });
    expect(image.createdAt).toBe('2026-11-21T13:00:00Z');
    expect(cloud.images.change(image.id, { status: 'active' }).size).toBeGreaterThan(0);
    expect(() => cloud.images.place({ sttus: 'active' } as ImageFixture)).toThrow('unknown member "sttus"');
    expect(() => cloud.clock.change({ advance: 'a while' })).toThrow(InputError);
    expect(() => cloud.requests.list({ operation: 'image-v2.shwImage' as OperationName })).toThrow(InputError);
    cloud.reset();
    expect(cloud.clock.read().now).toBe('2026-11-21T12:00:00.000Z');
    expect(() => cloud.images.remove(image.id)).toThrow(AdminError);
  });
});

describe('checks of options at run time', () => {
  test.each<[string, unknown, string]>([
    ['an unknown option', { prot: 1 }, '/prot: unknown option "prot"; did you mean "port"?'],
    ['a port as text', { port: 'x' }, '/port: is not valid; found "x"; allowed: 0 to 65535'],
    ['a port above 65535', { port: 65_536 }, '/port: is not valid'],
    [
      'a negative journal size',
      { journalSize: -1 },
      '/journalSize: is not valid; found -1; allowed: a whole number, 0 or more',
    ],
    [
      'coverage that is not a switch',
      { coverage: 'off' },
      '/coverage: is not valid; found "off"; allowed: true, false',
    ],
    ['an invalid address', { externalUrl: 'cloud' }, '/externalUrl: is not valid'],
    ['hosts that are not a list', { importHosts: 'cloud' }, '/importHosts: is not valid'],
    ['an empty token', { admin: { token: '' } }, '/admin/token: is not valid'],
    ['an unknown option of the admin API', { admin: { prt: 1 } }, '/admin/prt: unknown option "prt"'],
    ['scenarios that are not paths', { scenarios: { scenario: 'x' } }, '/scenarios: is not valid'],
  ])('reject %s', async (_title, options, message) => {
    const starting = startSideglance(options as SideglanceOptions);
    await expect(starting).rejects.toThrow(InputError);
    await expect(starting).rejects.toThrow(message);
  });

  test('treat undefined options as omitted', async () => {
    const options = { port: undefined, seed: undefined, admin: { token: undefined } } as unknown as SideglanceOptions;
    expect((await start(options)).adminToken).toBeUndefined();
  });

  test('reject invalid queries', async () => {
    const cloud = await start();
    expect(() => cloud.scenarios.explain({} as { operation: OperationName })).toThrow('/operation: is required');
    expect(() => cloud.scenarios.explain({ opration: 'x' } as unknown as { operation: OperationName })).toThrow(
      '/opration',
    );
    expect(() => cloud.tasks.list({ status: 'over' } as object)).toThrow('/status');
    expect(() => cloud.tasks.list({ limit: -1 })).toThrow('/limit');
    expect(cloud.tasks.list({ status: 'pending', limit: 1 })).toEqual([]);
  });
});
