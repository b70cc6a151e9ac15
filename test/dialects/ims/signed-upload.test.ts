import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { login, type StartedEmulator, startEmulator } from '../../support/emulator.ts';
import { signed } from '../../support/sign.ts';

let emulator: StartedEmulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const DATA = 'hello';
const MAX_BYTES = 12 * 1024 * 1024;

/** Creates an image without data and returns the address of its data. */
async function newFile(): Promise<string> {
  const headers = { 'X-Auth-Token': await login(emulator.app), 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'signed' });
  const response = await fetch(`${emulator.url}/ims/v2/images`, { method: 'POST', headers, body });
  return `${emulator.url}/ims/v2/images/${((await response.json()) as { readonly id: string }).id}/file`;
}

/** Uploads `sent` with the signature of `body`. */
async function upload(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  sent: string | ReadableStream = body,
) {
  const signature = signed({
    method: 'PUT',
    url,
    access: 'demo-ak',
    secret: 'demo-sk',
    body,
    headers: { 'Content-Type': 'application/octet-stream', ...headers },
  });
  const { Host: _, ...rest } = signature;
  return fetch(url, { method: 'PUT', headers: rest, body: sent, ...(typeof sent !== 'string' && { duplex: 'half' }) });
}

const statusOf = async (url: string): Promise<unknown> => {
  const response = await fetch(url.replace(/\/file$/, ''), { headers: { 'X-Auth-Token': await login(emulator.app) } });
  const { status, size, checksum } = (await response.json()) as Record<string, unknown>;
  return { status, size, checksum };
};

test('an upload that is signed with the hash of its data is received', async () => {
  const url = await newFile();
  expect((await upload(url, DATA)).status).toBe(204);
  expect(await statusOf(url)).toEqual({
    status: 'active',
    size: 5,
    checksum: createHash('md5').update(DATA).digest('hex'),
  });
});

test('an upload may declare the hash of its data, which must be right', async () => {
  const declared = (text: string) => ({ 'X-Sdk-Content-Sha256': createHash('sha256').update(text).digest('hex') });
  expect((await upload(await newFile(), DATA, declared(DATA))).status).toBe(204);
  expect((await upload(await newFile(), DATA, declared('other'))).status).toBe(401);
});

test('an upload of other data than was signed returns 401 and leaves the image queued', async () => {
  const url = await newFile();
  const response = await upload(url, DATA, {}, 'other');
  expect([response.status, ((await response.json()) as Record<string, unknown>)['error_code']]).toEqual([
    401,
    'APIGW.0301',
  ]);
  expect(await statusOf(url)).toMatchObject({ status: 'queued' });
});

test('a signed upload whose length is not announced returns 413 over 12 MB', async () => {
  const data = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.alloc(MAX_BYTES + 1));
      controller.close();
    },
  });
  const response = await upload(await newFile(), DATA, {}, data);
  expect([response.status, ((await response.json()) as Record<string, unknown>)['error_code']]).toEqual([
    413,
    'APIGW.0201',
  ]);
});
