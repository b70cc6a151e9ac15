import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BlobStoreOptions, createBlobStore, type FileBlobStore } from '../../../src/domain/data/blob-store.ts';
import {
  type Digests,
  HASH_ALGORITHMS,
  type HashAlgorithm,
  type ImageData,
} from '../../../src/domain/data/image-data.ts';
import { streamVirtual } from '../../../src/domain/data/virtual-data.ts';

const stores: FileBlobStore[] = [];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'blobs-test-'));
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(directory, { recursive: true, force: true });
});

function createStore(options: BlobStoreOptions = {}): FileBlobStore {
  const store = createBlobStore({ memoryLimitBytes: 1000, ...options });
  stores.push(store);
  return store;
}

const inChunks = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, nth) => bytes.subarray(nth * size, (nth + 1) * size)),
  );

const digests = (bytes: Buffer, algorithm: HashAlgorithm = 'sha512'): Digests => ({
  md5: createHash('md5').update(bytes).digest('hex'),
  hash: { algorithm, value: createHash(algorithm).update(bytes).digest('hex') },
});

const pathOf = (data: ImageData): string => {
  if (data.kind !== 'file') throw new Error(`data of kind ${data.kind} has no path`);
  return data.path;
};

test.each([
  [0, 'bytes'],
  [1, 'bytes'],
  [1000, 'bytes'],
  [1001, 'file'],
  [300_000, 'file'],
])('stores %i bytes as %s, hashes them and reads them back unchanged', async (size, kind) => {
  const bytes = randomBytes(size);
  const store = createStore();
  for (const received of [await store.receive(inChunks(bytes, 77)), store.keep(bytes)]) {
    expect(received).toEqual({ data: expect.objectContaining({ kind }), sizeBytes: size, ...digests(bytes) });
    expect((await buffer(store.open(received.data))).equals(bytes)).toBe(true);
  }
});

test.each([500, 5000])('reads a range of %i bytes inclusively, and stops at the end of the data', async (size) => {
  const bytes = randomBytes(size);
  const store = createStore();
  const { data } = await store.receive(inChunks(bytes, 100));
  const read = (start?: number, end?: number): Promise<Buffer> => buffer(store.open(data, start, end));
  expect(await read(10, 10)).toEqual(bytes.subarray(10, 11));
  expect(await read(3, 400)).toEqual(bytes.subarray(3, 401));
  expect(await read(450)).toEqual(bytes.subarray(450));
  expect(await read(450, 999_999)).toEqual(bytes.subarray(450));
  expect(await read(size)).toHaveLength(0);
});

test.each(HASH_ALGORITHMS)('computes a second digest with %s', async (algorithm) => {
  const bytes = randomBytes(2000);
  const store = createStore();
  expect(await store.receive(inChunks(bytes, 77), undefined, algorithm)).toMatchObject(digests(bytes, algorithm));
  expect(store.keep(bytes, algorithm)).toMatchObject(digests(bytes, algorithm));
});

describe('the bytes of a virtual stream', () => {
  const virtualBytes = (): Promise<Buffer> => buffer(streamVirtual({ kind: 'virtual', sizeBytes: 300_000, seed: 7 }));

  test.each([1, 77, 65_536, 300_000])('are stored without a file when they arrive in chunks of %i', async (size) => {
    const bytes = await virtualBytes();
    const store = createStore({ directory });
    const received = await store.receive(inChunks(bytes, size));
    expect(received).toEqual({
      data: { kind: 'virtual', sizeBytes: 300_000, seed: 7 },
      sizeBytes: 300_000,
      ...digests(bytes),
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['end differently', 299_999],
    ['continue differently', 150_000],
    ['continue differently from the start', 1100],
    ['start differently', 3],
  ])('that %s are stored in a file', async (_title, at) => {
    const bytes = await virtualBytes();
    bytes[at] = (bytes[at] as number) ^ 1;
    const store = createStore({ directory });
    const received = await store.receive(inChunks(bytes, 1000));
    expect(received).toEqual({
      data: expect.objectContaining({ kind: 'file' }),
      sizeBytes: 300_000,
      ...digests(bytes),
    });
    expect((await buffer(store.open(received.data))).equals(bytes)).toBe(true);
  });

  test('stay in memory below the limit', async () => {
    const bytes = (await virtualBytes()).subarray(0, 1000);
    expect((await createStore().receive(inChunks(bytes, 100))).data.kind).toBe('bytes');
  });
});

test('opens virtual data like stored data', async () => {
  const store = createStore();
  const data: ImageData = { kind: 'virtual', sizeBytes: 2 * 1024 ** 4, seed: 1 };
  expect(await buffer(store.open(data, 1024 ** 4, 1024 ** 4 + 9))).toHaveLength(10);
});

test('creates the temporary directory when needed, and deletes it with the store', async () => {
  const store = createStore();
  await store.receive(inChunks(randomBytes(1000), 1000));
  const path = pathOf((await store.receive(inChunks(randomBytes(2000), 1000))).data);
  expect(readdirSync(dirname(path))).toHaveLength(1);
  store.close();
  expect(existsSync(dirname(path))).toBe(false);
});

test('creates a given directory when needed and keeps it', async () => {
  const store = createStore({ directory: join(directory, 'data') });
  expect(existsSync(join(directory, 'data'))).toBe(false);
  const bytes = randomBytes(2000);
  const path = pathOf((await store.receive(inChunks(bytes, 1000))).data);
  store.close();
  expect(dirname(path)).toBe(join(directory, 'data'));
  expect(readFileSync(path)).toEqual(bytes);
});

test('leaves no file behind when a stream fails', async () => {
  const store = createStore({ directory });
  const failing = Readable.from(
    (async function* () {
      yield randomBytes(5000);
      await sleep(1);
      throw new Error('connection lost');
    })(),
  );
  await expect(store.receive(failing)).rejects.toThrow('connection lost');
  expect(readdirSync(directory)).toEqual([]);
});

test('leaves no file behind and the stream open when the caller stops', async () => {
  const store = createStore({ directory });
  const stream = inChunks(randomBytes(50_000), 500);
  const totals: number[] = [];
  const stopOver5000 = (total: number): void => {
    totals.push(total);
    if (total > 5000) throw new Error('too large');
  };
  await expect(store.receive(stream, stopOver5000)).rejects.toThrow('too large');
  expect(totals).toEqual(Array.from({ length: 11 }, (_, nth) => (nth + 1) * 500));
  expect(stream.destroyed).toBe(false);
  expect(readdirSync(directory)).toEqual([]);
  stream.destroy();
});

test('applies backpressure until the disk has written', async () => {
  const store = createStore();
  let sent = 0;
  let received = 0;
  let maxAhead = 0;
  const sender = new Readable({
    highWaterMark: 64 * 1024,
    read(): void {
      sent += 64 * 1024;
      maxAhead = Math.max(maxAhead, sent - received);
      this.push(sent > 20 * 1024 * 1024 ? null : Buffer.alloc(64 * 1024));
    },
  });
  await store.receive(sender, (total) => {
    received = total;
  });
  expect(maxAhead).toBeLessThanOrEqual(4 * 64 * 1024);
});

test('deletes a file once its data is garbage, and not before', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const store = createStore({ directory });
  const referenced = (await store.receive(inChunks(randomBytes(2000), 500))).data;
  const storeUnreferenced = async (): Promise<string> =>
    pathOf((await store.receive(inChunks(randomBytes(2000), 500))).data);
  const path = await storeUnreferenced();
  expect(readdirSync(directory)).toHaveLength(2);
  for (let turn = 0; turn < 200 && existsSync(path); turn += 1) {
    collectGarbage();
    await sleep(10);
  }
  expect(readdirSync(directory).map((name) => join(directory, name))).toEqual([pathOf(referenced)]);
});

test('sweeps only unreferenced files of the store', async () => {
  const before = createStore({ directory });
  const referenced = (await before.receive(inChunks(randomBytes(2000), 500))).data;
  const unreferenced = (await before.receive(inChunks(randomBytes(2000), 500))).data;
  writeFileSync(join(directory, 'mine.txt'), 'mine');
  const store = createStore({ directory });
  store.adopt(referenced);
  store.sweep([referenced, { kind: 'bytes', bytes: Buffer.alloc(1) }]);
  expect(existsSync(pathOf(unreferenced))).toBe(false);
  expect((await buffer(store.open(referenced))).length).toBe(2000);
  expect(readFileSync(join(directory, 'mine.txt'), 'utf8')).toBe('mine');
});
