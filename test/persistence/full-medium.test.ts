import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CLI } from '../support/build.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

/** The error and its message as a running Glance 25 sends them when its medium is full. */
const FULL = {
  status: 413,
  type: 'text/plain; charset=UTF-8',
  text: '413 Request Entity Too Large\n\nImage storage media is full: There is not enough disk space on the image storage media.\n\n   ',
};
const DATA = Buffer.alloc(6 * 1024 * 1024, 'data');
const FORMATS = { disk_format: 'raw', container_format: 'bare' };

describe.each(['with', 'without'])('a medium that takes files of 1 MiB, %s a state file', (state) => {
  let server: ChildProcess;
  let web: Server;
  let url: string;
  let token: string;
  const directory = filesOf({})();

  beforeAll(async () => {
    web = createServer((_request, response) => response.end(DATA)).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const args = state === 'with' ? ['--state', join(directory, 'state')] : [];
    // Blocks of 512 bytes: a file that would be larger is refused, as on a full disk.
    const script = 'ulimit -f 2048; exec "$@"';
    const words = [script, 'sh', process.execPath, CLI, 'serve', '--port', '0', '--log', 'off', ...args];
    server = spawn('sh', ['-c', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    url = `http://127.0.0.1:${/\(port (\d+)\)/.exec(line.toString())?.[1]}`;
    token = await login(url, { user: 'admin' });
  });
  afterAll(async () => {
    web.close();
    server.kill('SIGKILL');
    await once(server, 'exit');
  });

  const send = (method: string, path: string, body: object): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { 'x-auth-token': token, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  async function createImage(): Promise<string> {
    const created = await send('POST', '/image/v2/images', { name: 'one', ...FORMATS });
    return ((await created.json()) as { readonly id: string }).id;
  }

  const upload = (id: string, path: string, body: Buffer | AsyncIterable<Buffer>): Promise<Response> =>
    fetch(`${url}/image/v2/images/${id}/${path}`, {
      method: 'PUT',
      headers: { 'x-auth-token': token, 'content-type': 'application/octet-stream', accept: 'text/plain' },
      body,
      ...(!Buffer.isBuffer(body) && { duplex: 'half' }),
    } as RequestInit);

  async function show(id: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/image/v2/images/${id}`, { headers: { 'x-auth-token': token } });
    return (await response.json()) as Record<string, unknown>;
  }

  async function* pieces(): AsyncIterable<Buffer> {
    for (let at = 0; at < DATA.length; at += 65_536) yield DATA.subarray(at, at + 65_536);
  }

  test.each(['file', 'stage'])('rejects uploads to /%s as Glance does, and the image is queued again', async (path) => {
    for (const body of [DATA, pieces()]) {
      const id = await createImage();
      const response = await upload(id, path, body);
      expect(response.status).toBe(FULL.status);
      expect(response.headers.get('content-type')).toBe(FULL.type);
      expect(await response.text()).toBe(FULL.text);
      expect(await show(id)).toMatchObject({ status: 'queued', size: null, checksum: null });
      expect((await upload(id, path, Buffer.alloc(100_000))).status).toBe(204);
    }
  });

  test('rejects uploads of IMS in the same way', async () => {
    const id = await createImage();
    const response = await fetch(`${url}/ims/v2/images/${id}/file`, {
      method: 'PUT',
      headers: { 'x-auth-token': token, 'content-type': 'application/octet-stream', accept: 'text/plain' },
      body: DATA,
    });
    expect([response.status, await response.text()]).toEqual([FULL.status, FULL.text]);
  });

  test('fails an import as Glance does', async () => {
    const id = await createImage();
    const uri = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
    const started = await send('POST', `/image/v2/images/${id}/import`, { method: { name: 'web-download', uri } });
    expect(started.status).toBe(202);
    expect(await show(id)).toMatchObject({ status: 'queued', size: null });
    const tasks = await fetch(`${url}/image/v2/images/${id}/tasks`, { headers: { 'x-auth-token': token } });
    const listed = (await tasks.json()) as { readonly tasks: readonly object[] };
    expect(listed.tasks[0]).toMatchObject({ status: 'failure', message: 'Task failed due to Internal Error' });
  });

  test('leaves no file of what was rejected', () => {
    const kept = state === 'with' ? readdirSync(join(directory, 'state.data')) : [];
    expect(kept.filter((name) => !name.endsWith('.blob'))).toEqual([]);
    expect(kept.length).toBeLessThanOrEqual(5);
  });
});
