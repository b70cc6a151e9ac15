import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type CliProcess, run, type Served, serveProcess } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

/** A server whose files cannot grow beyond a size, as on a full disk, and what it has acknowledged. */
interface FullServer {
  readonly server: Served<CliProcess>;
  readonly state: string;
  readonly token: string;
  /** Names of the images whose creation was acknowledged. */
  readonly created: readonly string[];
}

const request = (url: string, method: string, path: string, token = '', body?: object) =>
  fetch(`${url}${path}`, {
    method,
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Starts a server and creates images until one is rejected. */
async function fullServer(): Promise<FullServer> {
  const state = filesOf({})('state.json');
  const server = await serveProcess(['--state', state, '--admin-origin', 'http://localhost'], {
    maxFileKibibytes: 1024,
  });
  const token = await login(server.url);
  const created: string[] = [];
  const properties = Object.fromEntries(Array.from({ length: 20 }, (_, nth) => [`p${nth}`, 'x'.repeat(250)]));
  for (let nth = 0; nth < 1000; nth += 1) {
    const name = `image-${nth}`;
    const response = await request(server.url, 'POST', '/image/v2/images', token, { name, ...properties });
    await response.arrayBuffer();
    if (response.status !== 201) break;
    created.push(name);
  }
  return { server, state, token, created };
}

const namesAt = async (url: string, token: string): Promise<readonly string[]> => {
  const names: string[] = [];
  for (let path: string | undefined = '/image/v2/images?limit=1000&sort=created_at:asc'; path !== undefined; ) {
    const page = (await (await request(url, 'GET', path, token)).json()) as {
      images: { name: string }[];
      next?: string;
    };
    names.push(...page.images.map(({ name }) => name));
    path = page.next === undefined ? undefined : `/image${page.next}`;
  }
  return names.filter((name) => name.startsWith('image-'));
};

describe('a server whose disk is full', () => {
  test('rejects changes as the services do, is not ready, and answers reads', async () => {
    const { server, token, created } = await fullServer();
    expect(created.length).toBeGreaterThan(20);
    const { url } = server;
    const statusOf = async (method: string, path: string, body?: object): Promise<number> =>
      (await request(url, method, path, token, body)).status;
    expect(await statusOf('POST', '/image/v2/images', { name: 'late' })).toBe(500);
    expect(await statusOf('DELETE', '/compute/v2.1/images/00000000-0000-4000-8000-000000000001')).toBe(500);
    expect(await statusOf('POST', '/identity/v3/auth/tokens', {})).toBe(500);
    expect(await statusOf('DELETE', '/rackspace/images/v2/images/00000000-0000-4000-8000-000000000001')).toBe(503);
    expect(await statusOf('DELETE', '/ims/v2/images/00000000-0000-4000-8000-000000000001')).toBe(503);
    const ready = await request(url, 'GET', '/__admin/ready');
    expect([ready.status, await ready.text()]).toEqual([
      503,
      expect.stringContaining('state.json.log cannot be written'),
    ]);
    expect(await statusOf('GET', '/image/v2/images')).toBe(200);
    expect((await namesAt(url, token)).toSorted()).toEqual([...created].toSorted());
  });

  test('leaves a scenario as it was that cannot be enabled', async () => {
    const { server, token } = await fullServer();
    const enabled = await request(server.url, 'POST', '/__admin/scenarios/image-v2.listImages.403/enable', '', {});
    expect([enabled.status, await enabled.text()]).toEqual([503, expect.stringContaining('cannot be written')]);
    expect((await request(server.url, 'GET', '/image/v2/images', token)).status).toBe(200);
    const shown = await request(server.url, 'GET', '/__admin/scenarios/image-v2.listImages.403');
    expect(await shown.json()).toMatchObject({ enabled: false });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('loses no acknowledged image by %s', async (signal) => {
    const { server, state, token, created } = await fullServer();
    server.child.kill(signal);
    const { code, stderr } = await server.finished;
    expect([code, stderr.includes('    at ')]).toEqual([signal === 'SIGTERM' ? 0 : null, false]);
    const again = await serveProcess(['--state', state]);
    expect((await namesAt(again.url, token)).toSorted()).toEqual([...created].toSorted());
    expect((await request(again.url, 'POST', '/image/v2/images', token, { name: 'later' })).status).toBe(201);
  });
});

describe('a server whose log is removed', () => {
  test('loses nothing when it stops', async () => {
    const state = filesOf({})('state.json');
    const server = await serveProcess(['--state', state]);
    const token = await login(server.url);
    expect((await request(server.url, 'POST', '/image/v2/images', token, { name: 'image-1' })).status).toBe(201);
    rmSync(`${state}.log`);
    server.stop();
    expect(await server.finished).toMatchObject({ code: 0 });
    expect(readFileSync(state, 'utf8')).toContain('"image-1"');
    expect((await run(['state', 'check', state])).code).toBe(0);
  });
});

test('a server deletes the data of deleted images, once no world needs it', async () => {
  const state = filesOf({})('state.json');
  const { url } = await serveProcess(['--state', state]);
  const token = await login(url);
  const dataFiles = (): readonly string[] => (existsSync(`${state}.data`) ? readdirSync(`${state}.data`) : []);
  const before = dataFiles().length;
  const upload = async (bytes: number): Promise<string> => {
    const body = { disk_format: 'raw', container_format: 'bare' };
    const { id } = (await (await request(url, 'POST', '/image/v2/images', token, body)).json()) as { id: string };
    const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream' };
    const sent = await fetch(`${url}/image/v2/images/${id}/file`, {
      method: 'PUT',
      headers,
      body: Buffer.alloc(bytes, id),
    });
    expect(sent.status).toBe(204);
    return id;
  };
  const ids = [await upload(2000), await upload(3000), await upload(6_000_000), await upload(4000)];
  expect(dataFiles()).toHaveLength(before + 4);
  await request(url, 'POST', '/__admin/worlds', '', { name: 'fork', fork: 'default' });
  for (const id of ids) expect((await request(url, 'DELETE', `/image/v2/images/${id}`, token)).status).toBe(204);
  const kept = await fetch(`${url}/w/fork/image/v2/images/${ids[2]}/file`, { headers: { 'X-Auth-Token': token } });
  expect((await kept.arrayBuffer()).byteLength).toBe(6_000_000);
  await request(url, 'DELETE', '/__admin/worlds/fork');
  for (let waited = 0; dataFiles().length > before && waited < 10_000; waited += 50) await wait(50);
  expect(dataFiles()).toHaveLength(before);
});
