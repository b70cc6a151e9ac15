import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';

let emulator: StartedEmulator;
let token: string;
let image: string;
const DATA = Buffer.alloc(300 * 1024, 'x');

beforeEach(async () => {
  emulator = await startEmulator();
  token = await login(emulator.app);
  const body = { name: 'n', disk_format: 'raw', container_format: 'bare' };
  image = ((await (await send('POST', '/v2/images', {}, JSON.stringify(body))).json()) as { id: string }).id;
});

afterEach(() => emulator.close());

const send = (method: string, path: string, headers: object = {}, body?: string | Buffer): Promise<Response> =>
  fetch(`${emulator.url}/image${path}`, {
    method,
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });

const admin = async (method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${emulator.url}/__admin${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
};

const create = async (instructions: object, options = {}): Promise<{ id: string; completed: boolean }> =>
  (await admin('POST', '/retry_test', { instructions, transport: 'HTTP', ...options })).body as never;

const completed = async (id: string): Promise<boolean> =>
  ((await admin('GET', `/retry_test/${id}`)).body as { completed: boolean }).completed;

const upload = (id: string): Promise<Response> =>
  send('PUT', `/v2/images/${image}/file`, { 'x-retry-test-id': id, 'Content-Type': 'application/octet-stream' }, DATA);

const download = async (id: string): Promise<string> => {
  const response = await send('GET', `/v2/images/${image}/file`, { 'x-retry-test-id': id });
  return createHash('md5')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
};

const statusOf = async (request: Promise<Response>): Promise<number> => (await request).status;

describe('A retry test', () => {
  test('carries out one instruction for each request with its id, and is then completed', async () => {
    const { id, completed: first } = await create({ 'image-v2.listImages': ['return-503', 'return-reset-connection'] });
    expect(first).toBe(false);
    const list = (header = id) => send('GET', '/v2/images', { 'x-retry-test-id': header });
    expect(await statusOf(list('another'))).toBe(200);
    expect(await statusOf(list())).toBe(503);
    expect(await completed(id)).toBe(false);
    await expect(list()).rejects.toThrow();
    expect(await completed(id)).toBe(true);
    expect(await statusOf(list())).toBe(200);
  });

  test('can apply to requests without the header', async () => {
    const { id } = await create({ 'image-v2.listImages': ['return-429'] }, { header: false });
    expect(await statusOf(send('GET', '/v2/images'))).toBe(429);
    expect(await completed(id)).toBe(true);
  });

  test('breaks uploads after a number of bytes', async () => {
    const { id } = await create({
      'image-v2.uploadImageData': ['return-503-after-256K', 'return-broken-stream-after-128K'],
    });
    expect(await statusOf(upload(id))).toBe(503);
    await expect(upload(id)).rejects.toThrow();
    expect(await statusOf(upload(id))).toBe(204);
    expect(await completed(id)).toBe(true);
  });

  test('breaks and corrupts downloads', async () => {
    const instructions = [
      'return-broken-stream',
      'return-broken-stream-after-128K',
      'return-broken-stream-final-chunk-after-1024B',
      'return-corrupted-data',
      'stall-for-1s-after-128K',
    ];
    const { id } = await create({ 'image-v2.downloadImageData': instructions });
    expect(await statusOf(upload('none'))).toBe(204);
    for (let at = 0; at < 3; at += 1) await expect(download(id)).rejects.toThrow();
    const md5 = createHash('md5').update(DATA).digest('hex');
    expect(await download(id)).not.toBe(md5);
    const before = performance.now();
    expect(await download(id)).toBe(md5);
    expect(performance.now() - before).toBeGreaterThan(900);
    expect(await completed(id)).toBe(true);
  });

  test('is listed, and its instructions are disarmed when it is deleted', async () => {
    const { id } = await create({ 'image-v2.listImages': ['return-503'] });
    expect((await admin('GET', '/retry_test')).body).toMatchObject({ retry_test: [{ id, completed: false }] });
    expect((await admin('DELETE', `/retry_test/${id}`)).status).toBe(204);
    expect(await statusOf(send('GET', '/v2/images', { 'x-retry-test-id': id }))).toBe(200);
    expect((await admin('GET', `/retry_test/${id}`)).status).toBe(404);
  });

  test('ends with a reset of its world', async () => {
    const { id } = await create({ 'image-v2.listImages': ['return-503'] });
    await fetch(`${emulator.url}/__admin/reset`, { method: 'POST' });
    expect((await admin('GET', `/retry_test/${id}`)).status).toBe(404);
  });

  test.each([
    [{ 'image-v2.listImage': ['return-503'] }, '/instructions/image-v2.listImage', /listImages/],
    [{ 'image-v2.listImages': ['return-x'] }, '/instructions/image-v2.listImages/0', /is unknown/],
    [{ 'image-v2.listImages': ['return-503', 'return-503-after-1K'] }, '/instructions/image-v2.listImages/1', /fit/],
    [{ 'image-v2.uploadImageData': ['return-corrupted-data'] }, '/instructions/image-v2.uploadImageData/0', /fit/],
    [{}, '/instructions', /./],
  ])('is rejected for %j, and nothing is armed', async (instructions, pointer, message) => {
    const given = { 'image-v2.showImage': ['return-503'], ...instructions };
    const sent = Object.keys(instructions).length === 0 ? {} : given;
    const { status, body } = await admin('POST', '/retry_test', { instructions: sent });
    const { error } = body as unknown as { error: { pointer: string; issues: { message: string }[] } };
    expect([status, error.pointer]).toEqual([400, pointer]);
    expect(error.issues[0]?.message).toMatch(message);
    expect((await admin('GET', '/faults')).body).toEqual({ faults: [] });
  });
});
