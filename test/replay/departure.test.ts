import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Departure,
  type Replay,
  type ReplayOptions,
  type Sideglance,
  startReplay,
  startSideglance,
} from '../../src/index.ts';
import { filesOf } from '../support/files.ts';
import { signed } from '../support/sign.ts';

const IMAGES = '/image/v2/images';
const JSON_TYPE = { 'Content-Type': 'application/json' };

let cloud: Sideglance;
let replay: Replay | undefined;
beforeEach(async () => {
  cloud = await startSideglance({ port: 0 });
});
afterEach(async () => {
  await replay?.close();
  replay = undefined;
  await cloud.close();
});

/** What a client knows of the server. */
interface Address {
  readonly url: string;
  readonly client?: string;
}

/** Sends a request as a program with a name of its own, so that its order is watched. */
const send = (path: string, { url, client = 'one', ...init }: Address & RequestInit): Promise<Response> =>
  fetch(url + path, { ...init, headers: { 'User-Agent': client, ...init.headers } });

async function logIn(address: Address): Promise<Record<string, string>> {
  const domain = { id: 'default' };
  const user = { name: 'demo', domain, password: 'secret' };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: 'demo', domain } },
  };
  const response = await send('/identity/v3/auth/tokens', {
    ...address,
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ auth }),
  });
  await response.text();
  return { 'X-Auth-Token': response.headers.get('x-subject-token') ?? '', 'Content-Type': 'application/json' };
}

async function create(name: string, address: Address, headers: Record<string, string>): Promise<string> {
  const response = await send(IMAGES, {
    ...address,
    method: 'POST',
    headers,
    body: JSON.stringify({ name, min_disk: 1 }),
  });
  return ((await response.json()) as { readonly id: string }).id;
}

/** Creates an image and deletes it. */
async function session(address: Address): Promise<void> {
  const headers = await logIn(address);
  const id = await create('mine', address, headers);
  await send(`${IMAGES}/${id}`, { ...address, method: 'DELETE', headers });
}

/** Replays what the world received so far. */
async function replayed(options: ReplayOptions = {}): Promise<Replay> {
  const file = filesOf({})('recording.json');
  cloud.world().writeRecording(file);
  replay = await startReplay(file, options);
  return replay;
}

describe('a client that departs', () => {
  test('with another member in a body is told request, field, expected and found value', async () => {
    await session(cloud);
    const seen: Departure[] = [];
    const { cloud: played, result } = await replayed({ onDeparture: (departure) => void seen.push(departure) });
    const headers = await logIn(played);
    await create('yours', played, headers);
    const departure = {
      reason: 'different',
      number: 2,
      request: { method: 'POST', url: IMAGES },
      expected: { id: 2, method: 'POST', url: IMAGES },
      differences: [{ field: 'body /name', expected: '"mine"', found: '"yours"' }],
    };
    expect(seen).toEqual([departure]);
    expect(result()).toMatchObject({ result: 'departed', departure, requests: 3, played: 1 });
  });

  test('gets the responses of the world from then on, in the state of that moment', async () => {
    await session(cloud);
    const { cloud: played, world } = await replayed();
    const headers = await logIn(played);
    const id = await create('mine', played, headers);
    const response = await send(`${IMAGES}/${id}`, { ...played, headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id, name: 'mine', status: 'queued' });
    expect(world.requests.list().recorded).toBe(3);
  });

  test('is refused when the replay is strict', async () => {
    await session(cloud);
    const { cloud: played, result } = await replayed({ strict: true });
    const headers = await logIn(played);
    await expect(create('yours', played, headers)).rejects.toThrow('fetch failed');
    await expect(send(IMAGES, played)).rejects.toThrow('fetch failed');
    expect(result().result).toBe('departed');
  });

  test('by leaving out a request is told which one', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const list = (url: string, limit: number): Promise<unknown> =>
      new Promise((resolve) => {
        get(`${url}${IMAGES}?limit=${limit}`, { agent }, (response) => response.resume().on('end', resolve));
      });
    for (const limit of [1, 2, 3]) await list(cloud.url, limit);
    const { cloud: played, result } = await replayed();
    await list(played.url, 1);
    await list(played.url, 3);
    agent.destroy();
    expect(result().departure).toMatchObject({
      reason: 'order',
      number: 2,
      request: { url: `${IMAGES}?limit=3` },
      expected: { id: 2, url: `${IMAGES}?limit=2` },
    });
  });

  test('by sending more than before is told so', async () => {
    await session(cloud);
    const { cloud: played, result } = await replayed();
    await session(played);
    expect(result().result).toBe('same');
    await send(IMAGES, played);
    expect(result()).toMatchObject({ result: 'departed', departure: { reason: 'more', number: 4, differences: [] } });
  });

  test('by sending less is told what is missing', async () => {
    await session(cloud);
    const { cloud: played, result } = await replayed();
    await logIn(played);
    expect(result()).toMatchObject({ result: 'missing', played: 1, missing: [{ id: 2, method: 'POST' }, { id: 3 }] });
  });

  test('with another token, query or header is told so', async () => {
    const headers = await logIn(cloud);
    await send(`${IMAGES}?limit=1&sort=name`, { ...cloud, headers });
    const { cloud: played, result } = await replayed();
    await logIn(played);
    await send(`${IMAGES}?sort=name&limit=2`, { ...played, headers: { 'X-Auth-Token': 'other', Range: 'bytes=0-1' } });
    expect(result().departure?.differences).toMatchObject([
      { field: 'query limit', expected: '1', found: '2' },
      { field: 'header content-type', expected: 'application/json' },
      { field: 'header x-auth-token', found: expect.stringMatching(/^sha256:/) },
      { field: 'header range', found: 'bytes=0-1' },
    ]);
  });

  test('with other data in an upload is told sizes and digests', async () => {
    const upload = async (address: Address, data: string): Promise<Response> => {
      const headers = await logIn(address);
      const formats = { disk_format: 'raw', container_format: 'bare' };
      const body = JSON.stringify({ name: 'data', ...formats });
      const created = await send(IMAGES, { ...address, method: 'POST', headers, body });
      const { id } = (await created.json()) as { readonly id: string };
      const octets = { ...headers, 'Content-Type': 'application/octet-stream' };
      return send(`${IMAGES}/${id}/file`, { ...address, method: 'PUT', headers: octets, body: data });
    };
    await upload(cloud, 'before');
    const { cloud: played, result } = await replayed();
    expect((await upload(played, 'afterwards')).status).toBe(204);
    expect(result().departure).toMatchObject({
      number: 3,
      expected: { id: 3 },
      differences: [
        { field: 'body', expected: expect.stringMatching(/^6 bytes, MD5/), found: expect.stringMatching(/^10 bytes/) },
      ],
    });
  });
});

describe('a client that does not depart', () => {
  test('may write JSON and the query in another order, and send other volatile headers', async () => {
    const headers = await logIn(cloud);
    await send(IMAGES, { ...cloud, method: 'POST', headers, body: '{"name": "mine", "min_disk": 1}' });
    await send(`${IMAGES}?limit=1&sort=name`, { ...cloud, headers });
    const { cloud: played, result } = await replayed();
    const own = { ...(await logIn(played)), 'X-Openstack-Request-Id': 'req-1' };
    await send(IMAGES, { ...played, method: 'POST', headers: own, body: '{"min_disk":1,"name":"mine"}' });
    await send(`${IMAGES}?sort=name&limit=1`, { ...played, headers: own });
    expect(result()).toMatchObject({ result: 'same', played: 3 });
  });

  test('may differ in fields that are ignored', async () => {
    await session(cloud);
    const { cloud: played, result } = await replayed({ ignore: ['body /name', 'header Content-Type'] });
    const headers = { ...(await logIn(played)), 'Content-Type': 'text/json' };
    const id = await create('yours', played, headers);
    await send(`${IMAGES}/${id}`, { ...played, method: 'DELETE', headers });
    expect(result().result).toBe('same');
  });

  test('may have another name, and so other tokens', async () => {
    await session({ ...cloud, client: 'version/1' });
    const { cloud: played, result } = await replayed();
    await session({ ...played, client: 'version/2' });
    expect(result()).toMatchObject({ result: 'same', notes: [] });
  });

  test('gets addresses of this server in place of those of the recorded one', async () => {
    await logIn(cloud);
    const { cloud: played } = await replayed();
    const response = await send('/identity/v3/auth/tokens', {
      ...played,
      method: 'POST',
      headers: JSON_TYPE,
      body: cloud.requests.show(1).request.body?.text?.replace('[redacted]', 'secret') as string,
    });
    const text = await response.text();
    expect(text).toContain(`${played.url}/image`);
    expect(text).not.toContain(cloud.url);
    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(text));
  });

  test('may send requests in parallel, in another order than before', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `image-${at}`);
    const parallel = async (address: Address, order: readonly string[]): Promise<Record<string, string>> => {
      const headers = await logIn(address);
      const ids = await Promise.all(order.map(async (name) => [name, await create(name, address, headers)] as const));
      await Promise.all(ids.map(([, id]) => send(`${IMAGES}/${id}`, { ...address, headers })));
      return Object.fromEntries(ids);
    };
    const first = await parallel(cloud, names);
    const { cloud: played, result } = await replayed({ fast: true });
    expect(await parallel(played, [...names].reverse())).toEqual(first);
    expect(result()).toMatchObject({ result: 'same', played: 41 });
  });

  test('gets the faults of the same attempts', async () => {
    const rule = { match: { operation: 'image-v2.createImage' }, undocumented: true } as const;
    cloud.faults.arm({ ...rule, fault: { answer: 503 } });
    cloud.faults.arm({ ...rule, fault: { answer: 502 } });
    const attempts = async (address: Address): Promise<readonly number[]> => {
      const headers = await logIn(address);
      const statuses: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const body = JSON.stringify({ name: 'mine' });
        statuses.push((await send(IMAGES, { ...address, method: 'POST', headers, body })).status);
      }
      return statuses;
    };
    expect(await attempts(cloud)).toEqual([503, 502, 201]);
    const { cloud: played } = await replayed();
    expect(await attempts(played)).toEqual([503, 502, 201]);
  });
});

describe('a recording', () => {
  test('of a named world is played at the address of that world', async () => {
    const world = cloud.worlds.create({ name: 't17', clock: '2026-11-21T12:00:00Z' });
    await session({ url: world.url });
    const file = filesOf({})('recording.json');
    world.writeRecording(file);
    replay = await startReplay(file);
    expect(replay.world.url).toBe(`${replay.cloud.url}/w/t17`);
    await session({ url: replay.world.url });
    expect(replay.result().result).toBe('same');
    expect(replay.world.clock.read()).toMatchObject({ now: '2026-11-21T12:00:00.000Z' });
  });

  test('of signed requests is played to a client that signs with its own time', async () => {
    const past = await startSideglance({ port: 0, clock: { set: '2026-11-21T12:00:00Z' } });
    const list = (url: string, time: number): Promise<Response> => {
      const address = `${url}/ims/v2/cloudimages`;
      const key = { access: 'demo-ak', secret: 'demo-sk' };
      return fetch(address, { headers: signed({ method: 'GET', url: address, ...key, time }) });
    };
    const first = await list(past.url, Date.UTC(2026, 10, 21, 12));
    expect(first.status).toBe(200);
    const listed = (await first.text()).replaceAll(past.url, 'HERE');
    const file = filesOf({})('recording.json');
    past.world().writeRecording(file);
    await past.close();
    replay = await startReplay(file);
    const second = await list(replay.cloud.url, Date.now());
    expect((await second.text()).replaceAll(replay.cloud.url, 'HERE')).toBe(listed);
    expect(replay.result()).toMatchObject({ result: 'same', notes: [] });
    expect(replay.world.requests.show(1).user).toBe('demo');
  });

  test('whose first requests were dropped is played after them', async () => {
    const small = await startSideglance({ port: 0, journalSize: 2 });
    await session(small);
    const file = filesOf({})('recording.json');
    small.world().writeRecording(file);
    replay = await startReplay(file);
    await session(replay.cloud);
    expect(replay.result()).toMatchObject({ result: 'same', requests: 2, played: 2 });
    await small.close();
  });

  test('contains what the admin API did between requests', async () => {
    const change = (address: Sideglance): void => {
      address.images.place({ name: 'placed', disk_format: 'raw' });
      address.clock.freeze('2026-11-21T12:00:00Z');
    };
    const list = async (address: Address): Promise<string> => {
      const headers = await logIn(address);
      return (await send(`${IMAGES}?name=placed`, { ...address, headers })).text();
    };
    await list(cloud);
    change(cloud);
    const after = await list(cloud);
    expect(after).toContain('placed');
    const { cloud: played, world } = await replayed();
    await list(played);
    expect(await list(played)).toBe(after);
    expect(world.clock.read()).toMatchObject({ now: '2026-11-21T12:00:00.000Z' });
  });

  test('gives a client its variables and files again', async () => {
    const file = filesOf({})('recording.json');
    cloud.world().writeRecording(file, {
      environment: { SIDEGLANCE_TASK: 'upload-image', SIDEGLANCE_URL: 'elsewhere', SIDEGLANCE_FILE: '/gone/data' },
      folder: '/gone',
      files: { data: Buffer.from('image data').toString('base64') },
    });
    replay = await startReplay(file);
    const environment = replay.environment();
    expect(readFileSync(environment['SIDEGLANCE_FILE'] as string, 'utf8')).toBe('image data');
    expect(environment).toMatchObject({
      SIDEGLANCE_TASK: 'upload-image',
      SIDEGLANCE_URL: replay.cloud.url,
      OS_AUTH_URL: `${replay.cloud.url}/identity/v3`,
    });
  });

  test.each([
    [{ ignore: ['nonsense'] }, /\/ignore: is no field of a request; found "nonsense"; allowed: path, query NAME/],
    [{ port: -1 }, /port/],
  ])('is not played with the options %j', async (options, message) => {
    await expect(replayed(options)).rejects.toThrow(message);
  });
});
