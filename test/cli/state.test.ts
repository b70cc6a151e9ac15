import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type CliProcess, run, type Served, serve, serveProcess } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const kill = async ({ child }: CliProcess): Promise<void> => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

const call = async (url: string, method: string, path: string, token: string, body?: unknown) => {
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
  call(url, method, `/__admin${path}`, '', body);

describe('serve --state', () => {
  test('restores every acknowledged write after the process is killed', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const ids: string[] = [];
    for (let made = 0; made < 20; made += 1) {
      const { status, json } = await call(first.url, 'POST', '/image/v2/images', token, { name: `kept-${made}` });
      expect(status).toBe(201);
      ids.push(json()['id'] as string);
    }
    expect((await call(first.url, 'DELETE', `/image/v2/images/${ids[3]}`, token)).status).toBe(204);
    await kill(first);

    const second = await serve(['--state', state]);
    // The token is good still, and what it made is there.
    const statuses = await Promise.all(
      ids.map(async (id) => (await call(second.url, 'GET', `/image/v2/images/${id}`, token)).status),
    );
    expect(statuses).toEqual(ids.map((_, index) => (index === 3 ? 404 : 200)));
    // Ids go on from where they were.
    const next = await call(second.url, 'POST', '/image/v2/images', token, { name: 'kept-0' });
    expect(next.status).toBe(201);
    expect(ids).not.toContain(next.json()['id']);
  });

  test('keeps what is staged, what is on its way, and how the world is set', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    await admin(first.url, 'PUT', '/configuration', {
      progress: { import: { by: 'hand' } },
      profiles: { 'image-v2': { unseen: 'forbidden' } },
      quotas: { images: 50 },
    });
    const { json } = await call(first.url, 'POST', '/image/v2/images', token, {
      disk_format: 'raw',
      container_format: 'bare',
    });
    const id = json()['id'] as string;
    const data = 'staged '.repeat(1000);
    expect((await call(first.url, 'PUT', `/image/v2/images/${id}/stage`, token, data)).status).toBe(204);
    const begun = await call(first.url, 'POST', `/image/v2/images/${id}/import`, token, {
      method: { name: 'glance-direct' },
    });
    expect(begun.status).toBe(202);
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
    const shown = await call(second.url, 'GET', `/image/v2/images/${id}`, token);
    expect(shown.json()).toMatchObject({ status: 'active', size: data.length });
    expect((await call(second.url, 'GET', `/image/v2/images/${id}/file`, token)).text).toBe(data);
  });

  test('restores small and large image data', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const upload = async (name: string, data: string): Promise<string> => {
      const body = { name, disk_format: 'raw', container_format: 'bare' };
      const id = (await call(first.url, 'POST', '/image/v2/images', token, body)).json()['id'] as string;
      expect((await call(first.url, 'PUT', `/image/v2/images/${id}/file`, token, data)).status).toBe(204);
      return id;
    };
    const large = 'large '.repeat(1024 * 1024);
    const [smallId, largeId] = [await upload('small', 'small'), await upload('large', large)];
    await kill(first);

    const second = await serve(['--state', state]);
    expect((await call(second.url, 'GET', `/image/v2/images/${smallId}/file`, token)).text).toBe('small');
    expect((await call(second.url, 'GET', `/image/v2/images/${largeId}/file`, token)).text === large).toBe(true);
  });

  test('keeps worlds, forks, clocks and scenarios, and knows what a reset goes back to', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const { id } = (await admin(first.url, 'POST', '/images', { name: 'before' })).json();
    await admin(first.url, 'POST', '/worlds', { name: 'child', fork: 'default', clock: '2020-01-01T00:00:00Z' });
    await admin(first.url, 'POST', '/worlds', { name: 'gone' });
    await admin(first.url, 'DELETE', '/worlds/gone');
    const after = (await call(first.url, 'POST', '/w/child/__admin/images', '', { name: 'after' })).json()['id'];
    await call(first.url, 'PUT', '/w/child/__admin/clock', '', { advance: '1h' });
    const rules = [{ match: { operation: 'image-v2.listImages' }, fault: { answer: 401 } }];
    await call(first.url, 'PUT', '/w/child/__admin/scenarios/mine', '', { description: 'Mine.', enabled: true, rules });
    await kill(first);

    const second = await serve(['--state', state]);
    const worlds = (await admin(second.url, 'GET', '/worlds')).json()['worlds'] as { name: string }[];
    expect(worlds.map(({ name }) => name)).toEqual(['default', 'child']);
    const clock = async () => (await call(second.url, 'GET', '/w/child/__admin/clock', '')).json();
    expect(await clock()).toEqual({ now: '2020-01-01T01:00:00.000Z', frozen: true });
    expect((await call(second.url, 'GET', '/w/child/__admin/scenarios/mine', '')).json()).toMatchObject({
      enabled: true,
      rules,
    });
    const change = (image: unknown) =>
      call(second.url, 'PATCH', `/w/child/__admin/images/${String(image)}`, '', { name: 'changed' });
    expect([(await change(id)).status, (await change(after)).status]).toEqual([200, 200]);

    await call(second.url, 'POST', '/w/child/__admin/reset', '');
    expect(await clock()).toEqual({ now: '2020-01-01T00:00:00.000Z', frozen: true });
    expect([(await change(id)).status, (await change(after)).status]).toEqual([200, 404]);
    expect((await call(second.url, 'GET', '/w/child/__admin/scenarios/mine', '')).status).toBe(404);
  });

  test('leaves off what went off by itself', async () => {
    const state = filesOf({})('state.json');
    const first = await serveProcess(['--state', state]);
    const token = await login(first.url);
    const list = async ({ url }: Served) => (await call(url, 'GET', '/image/v2/images', token)).status;
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

  test('exits with 2 if another process has the file open or it is not a state file', async () => {
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

  test('gives the file back where it could not start', async () => {
    const path = filesOf({});
    writeFileSync(path('bad.yaml'), 'images: [{ nme: a }]\n');
    expect((await run(['serve', '--state', path('state.json'), '--fixtures', path('bad.yaml')])).code).toBe(2);
    const { url } = await serve(['--state', path('state.json')]);
    expect((await admin(url, 'GET', '/health')).status).toBe(200);
  });
});
