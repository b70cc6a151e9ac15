import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type CliProcess, run, type Served, serve, serveProcess } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';
import { rewriteRecords } from '../support/state-files.ts';

const kill = async ({ child }: CliProcess): Promise<void> => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Sends a request. A string or buffer is sent as image data, other values as JSON. */
const send = async (url: string, method: string, path: string, token: string, body?: unknown) => {
  const isBytes = typeof body === 'string' || Buffer.isBuffer(body);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      'X-Auth-Token': token,
      'Content-Type': isBytes ? 'application/octet-stream' : 'application/json',
    },
    ...(body !== undefined && { body: isBytes ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as Record<string, unknown> };
};

const admin = async (url: string, method: string, path: string, body?: unknown) =>
  send(url, method, `/__admin${path}`, '', body);

describe('serve --state', () => {
  test('restores every acknowledged write after the process is killed', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      const { status, json } = await send(first.url, 'POST', '/image/v2/images', token, { name: `kept-${index}` });
      expect(status).toBe(201);
      ids.push(json()['id'] as string);
    }
    expect((await send(first.url, 'DELETE', `/image/v2/images/${ids[3]}`, token)).status).toBe(204);
    await kill(first);

    const second = await serve(['--state', state]);
    const statuses = await Promise.all(
      ids.map(async (id) => (await send(second.url, 'GET', `/image/v2/images/${id}`, token)).status),
    );
    expect(statuses).toEqual(ids.map((_, index) => (index === 3 ? 404 : 200)));
    // The id generator continues: no id is used twice.
    const next = await send(second.url, 'POST', '/image/v2/images', token, { name: 'kept-0' });
    expect(next.status).toBe(201);
    expect(ids).not.toContain(next.json()['id']);
  });

  test('restores staged data, tasks in progress and the configuration', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    await admin(first.url, 'PUT', '/configuration', {
      progress: { import: { by: 'hand' } },
      profiles: { 'image-v2': { unseen: 'forbidden' } },
      quotas: { images: 50 },
    });
    const { json } = await send(first.url, 'POST', '/image/v2/images', token, {
      disk_format: 'raw',
      container_format: 'bare',
    });
    const id = json()['id'] as string;
    const data = 'staged '.repeat(1000);
    expect((await send(first.url, 'PUT', `/image/v2/images/${id}/stage`, token, data)).status).toBe(204);
    const imported = await send(first.url, 'POST', `/image/v2/images/${id}/import`, token, {
      method: { name: 'glance-direct' },
    });
    expect(imported.status).toBe(202);
    await kill(first);

    const second = await serve(['--state', state]);
    expect((await admin(second.url, 'GET', '/configuration')).json()).toMatchObject({
      progress: { import: { by: 'hand' } },
      profiles: { 'image-v2': { unseen: 'forbidden' } },
      quotas: { images: 50 },
    });
    const { tasks } = (await admin(second.url, 'GET', `/tasks?image=${id}`)).json() as { tasks: { id: string }[] };
    expect(tasks).toMatchObject([{ status: 'pending', type: 'api_image_import' }]);
    expect((await admin(second.url, 'POST', `/tasks/${tasks[0]?.id}/finish`)).json()).toMatchObject({
      status: 'success',
    });
    const shown = await send(second.url, 'GET', `/image/v2/images/${id}`, token);
    expect(shown.json()).toMatchObject({ status: 'active', size: data.length });
    expect((await send(second.url, 'GET', `/image/v2/images/${id}/file`, token)).text).toBe(data);
  });

  test.each(['file', 'stage'])('queues an image again whose upload to %s ended with the process', async (to) => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const body = { disk_format: 'raw', container_format: 'bare' };
    const id = (await send(first.url, 'POST', '/image/v2/images', token, body)).json()['id'] as string;
    const upload = request(`${first.url}/image/v2/images/${id}/${to}`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream', 'Content-Length': 1000 },
    });
    upload.on('error', () => undefined).write('half of the data');
    const statusAt = async (url: string) =>
      (await send(url, 'GET', `/image/v2/images/${id}`, token)).json()['status'] as string;
    while ((await statusAt(first.url)) === 'queued') await turn();
    await kill(first);

    const second = await serveProcess(['--state', state]);
    expect(await statusAt(second.url)).toBe('queued');
    expect((await send(second.url, 'PUT', `/image/v2/images/${id}/file`, token, 'all')).status).toBe(204);
    expect(await statusAt(second.url)).toBe('active');
    await kill(second);
  });

  test('restores small and large image data', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const upload = async (name: string, data: string): Promise<string> => {
      const body = { name, disk_format: 'raw', container_format: 'bare' };
      const id = (await send(first.url, 'POST', '/image/v2/images', token, body)).json()['id'] as string;
      expect((await send(first.url, 'PUT', `/image/v2/images/${id}/file`, token, data)).status).toBe(204);
      return id;
    };
    const large = 'large '.repeat(1024 * 1024);
    const [smallId, largeId] = [await upload('small', 'small'), await upload('large', large)];
    await kill(first);

    const second = await serve(['--state', state]);
    expect((await send(second.url, 'GET', `/image/v2/images/${smallId}/file`, token)).text).toBe('small');
    expect((await send(second.url, 'GET', `/image/v2/images/${largeId}/file`, token)).text === large).toBe(true);
  });

  test('restores worlds, forks, clocks and scenarios, and the origin of a reset', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const { id } = (await admin(first.url, 'POST', '/images', { name: 'before' })).json();
    await admin(first.url, 'POST', '/worlds', { name: 'child', fork: 'default', clock: '2020-01-01T00:00:00Z' });
    await admin(first.url, 'POST', '/worlds', { name: 'gone' });
    await admin(first.url, 'DELETE', '/worlds/gone');
    const after = (await send(first.url, 'POST', '/w/child/__admin/images', '', { name: 'after' })).json()['id'];
    await send(first.url, 'PUT', '/w/child/__admin/clock', '', { advance: '1h' });
    const rules = [{ match: { operation: 'image-v2.listImages' }, fault: { answer: 401 } }];
    await send(first.url, 'PUT', '/w/child/__admin/scenarios/mine', '', { description: 'Mine.', enabled: true, rules });
    await kill(first);

    const second = await serve(['--state', state]);
    const worlds = (await admin(second.url, 'GET', '/worlds')).json()['worlds'] as { name: string }[];
    expect(worlds.map(({ name }) => name)).toEqual(['default', 'child']);
    const readClock = async () => (await send(second.url, 'GET', '/w/child/__admin/clock', '')).json();
    expect(await readClock()).toEqual({ now: '2020-01-01T01:00:00.000Z', frozen: true });
    expect((await send(second.url, 'GET', '/w/child/__admin/scenarios/mine', '')).json()).toMatchObject({
      enabled: true,
      rules,
    });
    const rename = (image: unknown) =>
      send(second.url, 'PATCH', `/w/child/__admin/images/${String(image)}`, '', { name: 'changed' });
    expect([(await rename(id)).status, (await rename(after)).status]).toEqual([200, 200]);

    await send(second.url, 'POST', '/w/child/__admin/reset', '');
    expect(await readClock()).toEqual({ now: '2020-01-01T00:00:00.000Z', frozen: true });
    expect([(await rename(id)).status, (await rename(after)).status]).toEqual([200, 404]);
    expect((await send(second.url, 'GET', '/w/child/__admin/scenarios/mine', '')).status).toBe(404);
  });

  test('does not enable expired scenarios again', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const list = async ({ url }: Served) => (await send(url, 'GET', '/image/v2/images', token)).status;
    await admin(first.url, 'POST', '/scenarios/image-v2.listImages.400/enable', { calls: 1 });
    expect([await list(first), await list(first)]).toEqual([400, 200]);
    await kill(first);
    const second = await serve(['--state', state]);
    expect(await list(second)).toBe(200);
  });

  test('restores the same state after a clean exit as after a kill', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const { id } = (await admin(first.url, 'POST', '/images', { name: 'kept' })).json();
    first.child.kill('SIGTERM');
    expect(await first.finished).toMatchObject({ code: 0, stderr: '' });
    const second = await serve(['--state', state]);
    expect((await admin(second.url, 'PATCH', `/images/${String(id)}`, { name: 'still' })).status).toBe(200);
  });

  test('exits with 2 when another process uses the file or it is not a state file', async () => {
    const path = filesOf({ 'odd.json': '{"odd": true}' });
    const first = await serveProcess(['--state', path('state.json')]);
    const second = await run(['serve', '--port', '0', '--state', path('state.json')]);
    expect([second.code, second.stdout]).toEqual([2, '']);
    expect(second.stderr).toContain(path('state.json'));
    expect((await admin(first.url, 'GET', '/health')).status).toBe(200);
    const odd = await run(['serve', '--port', '0', '--state', path('odd.json')]);
    expect(odd.code).toBe(2);
    expect(odd.stderr).toContain(path('odd.json'));
  });

  test('releases the file when it fails to start', async () => {
    const path = filesOf({});
    writeFileSync(path('bad.yaml'), 'images: [{ nme: a }]\n');
    expect((await run(['serve', '--state', path('state.json'), '--fixtures', path('bad.yaml')])).code).toBe(2);
    const { url } = await serve(['--state', path('state.json')]);
    expect((await admin(url, 'GET', '/health')).status).toBe(200);
  });

  test('refuses a file with profiles that have become scenarios, and names the scenarios', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    await admin(first.url, 'PUT', '/configuration', { profiles: { ims: { 'version-status': 'huaweicloud' } } });
    first.stop();
    await first.finished;
    rewriteRecords(state, (text) => text.replaceAll('"version-status":"huaweicloud"', '"region":"unserved"'));
    expect(readFileSync(state, 'utf8')).toContain('"region":"unserved"');
    const { code, stderr } = await run(['serve', '--port', '0', '--state', state]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        '/worlds/default/present/profiles/ims/region: is not a profile any more: remove it, and enable the scenario ' +
          '"region-unserved" for the other choice; found "unserved"',
      ),
    ]);
  });
});
