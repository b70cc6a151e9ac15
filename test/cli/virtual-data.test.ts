import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { parse } from 'yaml';
import { streamVirtual, type VirtualData, virtualChunks } from '../../src/domain/data/virtual-data.ts';
import { run, serveProcess } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const MEBIBYTE = 1024 ** 2;
/** Large enough to show memory that grows with an upload. */
const UPLOAD_SIZE = 256 * MEBIBYTE;
const data: VirtualData = { kind: 'virtual', sizeBytes: 2_000_000, seed: 7 };
const hex = (algorithm: string, bytes: Buffer): string => createHash(algorithm).update(bytes).digest('hex');

test('digest prints the members of a fixture, or all digests as JSON', async () => {
  const bytes = await buffer(streamVirtual(data));
  const { code, stdout } = await run(['digest', '--size', '2MB', '--seed', '7', '--algorithm', 'sha256']);
  expect(code).toBe(0);
  const image = {
    data: { virtual: { size: 2_000_000, seed: 7 } },
    checksum: hex('md5', bytes),
    hashAlgorithm: 'sha256',
    hashValue: hex('sha256', bytes),
  };
  expect(parse(stdout)).toEqual(image);
  const path = filesOf({ 'images.json': JSON.stringify({ images: [image] }) });
  expect((await run(['validate', '--fixtures', path('images.json')])).code).toBe(0);
  const json = await run(['digest', '--size', '2000000', '--seed', '7', '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    size: 2_000_000,
    seed: 7,
    md5: hex('md5', bytes),
    sha256: hex('sha256', bytes),
    sha512: hex('sha512', bytes),
  });
});

test('the example of docs/virtual-data.md is valid and declares the right digests', async () => {
  const page = readFileSync(new URL('../../docs/virtual-data.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const path = filesOf({ 'large.yaml': example })('large.yaml');
  expect((await run(['validate', '--fixtures', 'default', path])).code).toBe(0);
  const [, declared] = parse(example).images;
  // test/domain/data/virtual-data.test.ts computes these digests.
  expect(declared).toMatchObject({
    data: { virtual: { size: 1024 * MEBIBYTE, seed: 7 } },
    checksum: '8ed8c67e9e65862fd2337f068ddcd4a0',
    hashAlgorithm: 'sha256',
    hashValue: '167c0af4960352063f270a29ef217e0b45182557567d3eabda2ed2c105b455d9',
  });
});

test('bytes writes all data or a range', async () => {
  const path = filesOf({});
  await run(['bytes', '--size', '2MB', '--seed', '7', '--output', path('whole')]);
  expect(readFileSync(path('whole')).equals(await buffer(streamVirtual(data)))).toBe(true);
  const start = 2 * 1024 ** 4 - 100;
  await run(['bytes', '--size', '2TiB', '--seed', '7', '--from', String(start), '--output', path('end')]);
  const huge: VirtualData = { ...data, sizeBytes: 2 * 1024 ** 4 };
  expect(readFileSync(path('end')).equals(await buffer(streamVirtual(huge, start)))).toBe(true);
});

test.each([
  [['digest'], '--size'],
  [['digest', '--size', 'much'], '512MiB, 2TiB'],
  [['digest', '--size', '1', '--algorithm', 'crc'], 'md5, sha1, sha256, sha384, sha512'],
  [['bytes', '--size', '1', '--from', '-1'], '0 or more'],
  [['bytes', '--size', '10', '--from', '10'], '0 to 9'],
  [['bytes', '--size', '10', '--from', '5', '--to', '4'], '0 to 9'],
  [['bytes', '--size', '10', '--to', '10'], '0 to 9'],
  [['digest', '--size', '1', '--seed', '4294967296'], '0 to 4294967295'],
])('%j exits with 2 and lists the allowed values', async (args, allowed) => {
  const { code, stderr } = await run(args);
  expect(code).toBe(2);
  expect(stderr).toContain(allowed);
});

/** Returns the current (`VmRSS`) or peak (`VmHWM`) memory of a process in MiB; 0 on systems without /proc. */
function memory(pid: number | undefined, field: 'VmRSS' | 'VmHWM'): number {
  if (!existsSync(`/proc/${pid}/status`)) return 0;
  const [, kibibytes] = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

test('an upload of 256 MiB is hashed and stored with constant memory, with or without Content-Length', async () => {
  const server = await serveProcess(['--fixtures', 'default']);
  const { url } = server;
  const token = await login(url);
  const whole: VirtualData = { kind: 'virtual', sizeBytes: UPLOAD_SIZE, seed: 7 };
  const send = async (path: string, body: Iterable<Buffer> | Readable, headers: object): Promise<IncomingMessage> => {
    const upload: ClientRequest = httpRequest(`${url}/image${path}`, {
      method: 'PUT',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/octet-stream', ...headers },
    });
    const [[response]] = await Promise.all([once(upload, 'response'), pipeline(body, upload)]);
    return (response as IncomingMessage).resume();
  };
  const createImage = async (): Promise<string> => {
    const body = { disk_format: 'raw', container_format: 'bare' };
    return (await request(url).post('/image/v2/images').set('X-Auth-Token', token).send(body)).body.id;
  };
  const show = async (id: string) => (await request(url).get(`/image/v2/images/${id}`).set('X-Auth-Token', token)).body;

  const before = memory(server.child.pid, 'VmRSS');
  const virtual = await createImage();
  expect(
    (await send(`/v2/images/${virtual}/file`, streamVirtual(whole), { 'Content-Length': UPLOAD_SIZE })).statusCode,
  ).toBe(204);
  const digests = {
    checksum: 'd9fafe1d95dcd6f1dacd0f9a5711549d',
    os_hash_value:
      '15c7715e108ee0008c8eae36effc73c7e2eb37b471a969d0ba26920bfd408d309adf7c9934874aa121a9c2df742cc1264e687b6e2ae9a9c7c47e0fbdb69e863c',
  };
  expect(await show(virtual)).toMatchObject({ status: 'active', size: UPLOAD_SIZE, ...digests });
  // Data that is not virtual is written to disk.
  const other = await createImage();
  const flipped = function* (): Generator<Buffer> {
    let isFirst = true;
    for (const chunk of virtualChunks(whole)) {
      if (isFirst) chunk[0] = (chunk[0] as number) ^ 1;
      isFirst = false;
      yield chunk;
    }
  };
  expect((await send(`/v2/images/${other}/file`, flipped(), {})).statusCode).toBe(204);
  expect(await show(other)).toMatchObject({
    status: 'active',
    size: UPLOAD_SIZE,
    checksum: '3ef0e901b27a1b99c4685b5da1ad32c5',
  });
  expect(memory(server.child.pid, 'VmHWM') - before).toBeLessThan(160);
  const tail = await request(url)
    .get(`/image/v2/images/${other}/file`)
    .set({ 'X-Auth-Token': token, Range: `bytes=-${MEBIBYTE}` });
  expect(tail.body.equals(await buffer(streamVirtual(whole, UPLOAD_SIZE - MEBIBYTE)))).toBe(true);
});
