import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { HASH_ALGORITHMS } from '../../../src/domain/data/image-data.ts';
import { streamVirtual, type VirtualData } from '../../../src/domain/data/virtual-data.ts';
import { type Body, type Cloud, createCloud } from './support.ts';

const MEBIBYTE = 1024 ** 2;
const HUGE: VirtualData = { kind: 'virtual', sizeBytes: 2 * 1024 ** 4, seed: 7 };

let cloud: Cloud;
beforeEach(() => {
  cloud = createCloud();
});

const admin = (method: 'get' | 'post' | 'put' | 'patch', path: string, body?: object): request.Test =>
  request(cloud.emulator.app)[method](`/__admin${path}`).send(body);

async function placeImage(image: object): Promise<Body> {
  const response = await admin('post', '/images', { owner: 'demo', ...image });
  if (response.status !== 201) throw new Error(`placing returned ${response.status}: ${response.text}`);
  return response.body;
}

const hex = (algorithm: string, bytes: Buffer | string): string => createHash(algorithm).update(bytes).digest('hex');

describe('An image of 2 TiB', () => {
  let id: string;
  beforeEach(async () => {
    ({ id } = await placeImage({ name: 'huge', data: { virtual: { size: '2TiB', seed: 7 } } }));
  });
  const read = (range: string) => cloud.send('GET', `/v2/images/${id}/file`, { headers: { Range: range } });
  const last = HUGE.sizeBytes - 1;

  test.each([
    ['the first byte', 'bytes=0-0', 0, 0],
    ['an unaligned range', 'bytes=1000003-1234567', 1_000_003, 1_234_567],
    ['a MiB in the middle', `bytes=${2 ** 40}-${2 ** 40 + MEBIBYTE - 1}`, 2 ** 40, 2 ** 40 + MEBIBYTE - 1],
    ['a range across 64 GiB', `bytes=${2 ** 36 - 9}-${2 ** 36 + 9}`, 2 ** 36 - 9, 2 ** 36 + 9],
    ['the last byte', `bytes=${last}-${last}`, last, last],
    ['the last kilobyte', 'bytes=-1000', last - 999, last],
    ['an open range', `bytes=${last - 99}-`, last - 99, last],
    ['a range that ends after the data', `bytes=${last - 5}-${last + 5}`, last - 5, last],
  ])('returns %s', async (_title, range, start, end) => {
    const response = await read(range);
    expect([response.status, response.headers['content-range']]).toEqual([
      206,
      `bytes ${start}-${end}/${HUGE.sizeBytes}`,
    ]);
    expect(response.headers['content-length']).toBe(String(end - start + 1));
    expect(response.body.equals(await buffer(streamVirtual(HUGE, start, end)))).toBe(true);
  });

  test('returns 416 for a range after the end', async () => {
    expect((await read(`bytes=${HUGE.sizeBytes}-`)).status).toBe(416);
  });

  test('can be copied to another store and has the same data there', async () => {
    await cloud.send('POST', `/v2/images/${id}/import`, {
      user: 'admin',
      body: { method: { name: 'copy-image' }, stores: ['store2'] },
    });
    expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({
      stores: 'store1,store2',
      size: HUGE.sizeBytes,
    });
    expect((await read('bytes=5-9')).body.equals(await buffer(streamVirtual(HUGE, 5, 9)))).toBe(true);
  });
});

describe('The second digest', () => {
  test.each(HASH_ALGORITHMS)('is %s for uploads and imports when the world is configured so', async (algorithm) => {
    await admin('put', '/configuration', { profiles: { 'image-v2': { hashing: algorithm } } });
    const expected = { os_hash_algo: algorithm, os_hash_value: hex(algorithm, 'data'), checksum: hex('md5', 'data') };
    const uploaded = await cloud.createActive({}, 'data');
    expect((await cloud.send('GET', `/v2/images/${uploaded.id}`)).body).toMatchObject(expected);
    const staged = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
    await cloud.send('PUT', `/v2/images/${staged.id}/stage`, {
      headers: { 'Content-Type': 'application/octet-stream' },
      body: 'data',
    });
    await cloud.send('POST', `/v2/images/${staged.id}/import`, { body: { method: { name: 'glance-direct' } } });
    expect((await cloud.send('GET', `/v2/images/${staged.id}`)).body).toMatchObject({ status: 'active', ...expected });
  });

  test.each(HASH_ALGORITHMS)('is %s when an image is placed with that algorithm', async (hashAlgorithm) => {
    const { id } = await placeImage({ hashAlgorithm, data: 'data' });
    expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({
      os_hash_algo: hashAlgorithm,
      os_hash_value: hex(hashAlgorithm, 'data'),
    });
  });

  test('can be declared for placed images, also with an unknown algorithm', async () => {
    const { id } = await placeImage({
      size: '1TiB',
      checksum: '0'.repeat(32),
      hashAlgorithm: 'blake3',
      hashValue: 'abc123',
    });
    expect((await cloud.send('GET', `/v2/images/${id}`)).body).toMatchObject({
      checksum: '0'.repeat(32),
      os_hash_algo: 'blake3',
      os_hash_value: 'abc123',
    });
  });

  test.each([
    [{ hashAlgorithm: 'sha3', data: 'data' }, '/hashAlgorithm', [...HASH_ALGORITHMS]],
    [{ hashAlgorithm: 'md5', hashValue: '0'.repeat(32), data: 'data' }, '/hashValue', hex('md5', 'data')],
    [{ hashValue: '00', data: { virtual: { size: 10 } } }, '/hashValue', expect.stringMatching(/^[0-9a-f]{128}$/)],
    [{ checksum: '0'.repeat(32), data: 'data' }, '/checksum', hex('md5', 'data')],
  ])('is rejected for a placed image of %j', async (image, pointer, allowed) => {
    const response = await admin('post', '/images', { owner: 'demo', ...image });
    expect(response.status).toBe(400);
    expect(response.body.error.issues).toEqual([expect.objectContaining({ pointer, allowed })]);
  });
});

describe('Digests of large data', () => {
  const SIZE = 9 * MEBIBYTE + 5;
  const data: VirtualData = { kind: 'virtual', sizeBytes: SIZE, seed: 3 };

  test('are computed on request and stored in the image if requested', async () => {
    const bytes = await buffer(streamVirtual(data));
    const { id } = await placeImage({ data: { virtual: { size: SIZE, seed: 3 } } });
    const shown = async (): Promise<Body> => (await cloud.send('GET', `/v2/images/${id}`)).body;
    expect(await shown()).toMatchObject({ checksum: null, os_hash_algo: null, os_hash_value: null });
    const digests = { md5: hex('md5', bytes), sha256: hex('sha256', bytes), sha512: hex('sha512', bytes) };
    const computed = await admin('post', `/images/${id}/digest`);
    expect([computed.status, computed.body]).toEqual([200, { image: id, size: SIZE, digests: digests }]);
    expect(await shown()).toMatchObject({ checksum: null });
    await admin('put', '/configuration', { profiles: { 'image-v2': { hashing: 'sha256' } } });
    const { sha256 } = digests;
    const stored = await admin('post', `/images/${id}/digest`, { algorithms: ['sha256'], set: true });
    expect(stored.body.digests).toEqual({ sha256, md5: digests.md5 });
    expect(await shown()).toMatchObject({ checksum: digests.md5, os_hash_algo: 'sha256', os_hash_value: sha256 });
  });

  test('can be computed for uploads', async () => {
    const { id } = await cloud.createActive({}, 'data');
    const { body } = await admin('post', `/images/${id}/digest`, { algorithms: ['sha1'] });
    expect(body.digests).toEqual({ sha1: hex('sha1', 'data') });
  });

  test('are rejected for an image without data, an image over 64 GiB, an unknown image and an unknown algorithm', async () => {
    const { id: empty } = await placeImage({ status: 'queued' });
    expect((await admin('post', `/images/${empty}/digest`)).status).toBe(409);
    const { id: huge } = await placeImage({ size: '65GiB' });
    const response = await admin('post', `/images/${huge}/digest`);
    expect([response.status, response.body.error.message]).toEqual([400, expect.stringContaining('sideglance digest')]);
    expect((await admin('post', '/images/5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77/digest')).status).toBe(404);
    const wrong = await admin('post', `/images/${empty}/digest`, { algorithms: ['crc32'] });
    expect(wrong.body.error.issues[0]).toMatchObject({ pointer: '/algorithms/0', allowed: [...HASH_ALGORITHMS] });
  });
});
