import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { sendRaw } from '../support/raw-socket.ts';

let emulator: StartedEmulator;
let token: string;
let imageId: string;
beforeAll(async () => {
  emulator = await startEmulator();
  token = await login(emulator.url);
  const created = await request(emulator.url)
    .post('/image/v2/images')
    .set('X-Auth-Token', token)
    .send({ disk_format: 'raw', container_format: 'bare' });
  imageId = created.body.id;
});
afterAll(() => emulator.close());

const OCTETS = 'application/octet-stream';
const JSON_TYPE = 'application/json';

interface Upload {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly token?: string;
  readonly body: string;
}

/** Sends the head of a request, and its body only after `100 Continue`. Returns the status lines that are received. */
function sendExpecting({ method, path, type, token: given, body }: Upload): Promise<readonly string[]> {
  const { port } = new URL(emulator.url);
  const headers = {
    Host: `127.0.0.1:${port}`,
    Expect: '100-continue',
    'Content-Type': type,
    'Content-Length': String(body.length),
    ...(given !== undefined && { 'X-Auth-Token': given }),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    let isSent = false;
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!isSent && text.startsWith('HTTP/1.1 100')) {
        isSent = true;
        socket.write(body);
      }
      if (/^HTTP\/1\.1 [2-5]/m.test(text)) socket.end();
    });
    socket.on('close', () => resolve(text.match(/^HTTP\/1\.1 \d{3}/gm)?.map((line) => line.slice(-3)) ?? []));
    socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`);
  });
}

const upload = (changes: Partial<Upload> = {}): Upload => ({
  method: 'PUT',
  path: `/image/v2/images/${imageId}/file`,
  type: OCTETS,
  token,
  body: 'data',
  ...changes,
});

test('an upload is asked for when it is read', async () => {
  expect(await sendExpecting(upload())).toEqual(['100', '204']);
});

test('a JSON body is asked for when it is read', async () => {
  const create = { method: 'POST', path: '/image/v2/images', type: JSON_TYPE, body: '{}' };
  expect(await sendExpecting(upload(create))).toEqual(['100', '201']);
});

test('an upload that is rejected before it is read gets the final status at once', async () => {
  const { token: _token, ...anonymous } = upload();
  expect(await sendExpecting(anonymous)).toEqual(['401']);
  expect(await sendExpecting(upload({ type: 'text/plain' }))).toEqual(['415']);
  expect(await sendExpecting(upload({ path: '/image/v2/images/none/file' }))).toEqual(['404']);
});

test('a JSON body of a request without a valid token is not asked for', async () => {
  const create = { method: 'POST', path: '/image/v2/images', type: JSON_TYPE, body: '{}', token: 'none' };
  expect(await sendExpecting(upload(create))).toEqual(['401']);
  const metadata = { method: 'POST', path: `/compute/v2.1/images/${imageId}/metadata`, type: JSON_TYPE, token: 'none' };
  expect(await sendExpecting(upload(metadata))).toEqual(['401']);
});

test('a body for no operation is asked for only if the service reads it', async () => {
  expect(await sendExpecting(upload({ path: '/image/v2/nothing' }))).toEqual(['404']);
  expect(await sendExpecting(upload({ path: '/image/v2/images', body: '{}' }))).toEqual(['100', '405']);
});

test('the identity service reads the body before it checks the token', async () => {
  const create = { method: 'POST', path: '/identity/v3/projects', type: JSON_TYPE, body: '{}', token: 'none' };
  expect(await sendExpecting(upload(create))).toEqual(['100', '401']);
});

test('a body that is too long is rejected when it would be read', async () => {
  const body = 'x'.repeat(120_000);
  const metadata = { method: 'POST', path: `/compute/v2.1/images/${imageId}/metadata`, type: JSON_TYPE, body };
  expect(await sendExpecting(upload(metadata))).toEqual(['413']);
});

test('the connection is closed after a body that was not asked for', async () => {
  const { port } = new URL(emulator.url);
  const { head } = await sendRaw(Number(port), {
    method: 'PUT',
    path: '/image/v2/images/none/file',
    headers: { Connection: 'keep-alive', Expect: '100-continue', 'Content-Length': 4 },
  });
  expect(head).toContain('Connection: close');
});

test('an expectation that nobody knows is ignored', async () => {
  const { port } = new URL(emulator.url);
  const headers = { 'X-Auth-Token': token, Expect: 'magic' };
  const { head } = await sendRaw(Number(port), { method: 'GET', path: '/image/v2/images', headers });
  expect(head).toContain('HTTP/1.1 200');
});
