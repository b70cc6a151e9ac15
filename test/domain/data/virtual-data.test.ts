import { createCipheriv, createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { HASH_ALGORITHMS } from '../../../src/domain/data/image-data.ts';
import {
  digestVirtual,
  digestVirtualNow,
  streamVirtual,
  type VirtualData,
  VirtualFollower,
  virtualChunks,
} from '../../../src/domain/data/virtual-data.ts';

const data = (sizeBytes: number, seed = 7): VirtualData => ({ kind: 'virtual', sizeBytes, seed });
const TEBIBYTE = 1024 ** 4;

test('generates the same bytes of the given size for a seed, and others for another seed', async () => {
  const bytes = await buffer(streamVirtual(data(1_000_003)));
  expect(bytes).toHaveLength(1_000_003);
  expect((await buffer(streamVirtual(data(1_000_003)))).equals(bytes)).toBe(true);
  expect((await buffer(streamVirtual(data(1_000_003, 8)))).equals(bytes)).toBe(false);
  expect(await buffer(streamVirtual(data(100)))).toEqual(bytes.subarray(0, 100));
  expect(await buffer(streamVirtual(data(0)))).toHaveLength(0);
});

describe('virtual data is the same in every release', () => {
  test('at its beginning', async () => {
    expect((await buffer(streamVirtual(data(16, 7)))).toString('hex')).toBe('f809e0c6622851c6088fc30522c70ad7');
  });

  test.each([
    [
      1024 ** 2,
      'a866425fb98017b164e5833417452b2f',
      '34938c632c7c1afa515778cb08e1f24b57e92fe0de8028f03ed1d1a7896db45a',
      '76b15e4b16bda88f4ce127236cc2a0687d2d478e71abe414afe1d3c558166585e533b06a498596d55216b0970e361abac2b7a4217f1bdc32626b5170746753bc',
    ],
    [
      1024 ** 3,
      '8ed8c67e9e65862fd2337f068ddcd4a0',
      '167c0af4960352063f270a29ef217e0b45182557567d3eabda2ed2c105b455d9',
      '200a10045ca9011600038e72d1e9a62dc8fbebabdb05893f4374a316230b53ec4072e45e920a0d67688a0ac33e5bb359e3726243fdbfd992590bd269f5199a9e',
    ],
  ])(
    'with the same digests of %i bytes, computed without blocking the event loop',
    async (size, md5, sha256, sha512) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 0);
      const totals: number[] = [];
      const digests = await digestVirtual(data(size, 7), ['md5', 'sha256', 'sha512'], {
        onBytes: (bytes) => totals.push(bytes),
      });
      clearInterval(timer);
      expect(digests).toEqual({ md5, sha256, sha512 });
      expect(totals.at(-1)).toBe(size);
      expect(ticks).toBeGreaterThan(0);
    },
  );

  test.each([0, 1, 15, 16, 17, 2 ** 32 * 16 - 8, 2 * TEBIBYTE - 40])('at offset %i', async (start) => {
    const counter = Buffer.alloc(16);
    counter.writeBigUInt64BE(BigInt(Math.floor(start / 16)), 8);
    const key = createHash('md5').update('virtual data 7').digest();
    const bytes = createCipheriv('aes-128-ctr', key, counter)
      .update(Buffer.alloc(64))
      .subarray(start % 16);
    const streamed = await buffer(streamVirtual(data(2 * TEBIBYTE), start, start + 39));
    expect(streamed).toEqual(bytes.subarray(0, Math.min(40, 2 * TEBIBYTE - start)));
  });
});

describe('arriving bytes', () => {
  test('are recognized while they equal the bytes of a seed', () => {
    const chunks = virtualChunks(data(1_000_000));
    const first = chunks.next().value as Buffer;
    const follower = VirtualFollower.of(first);
    expect(follower?.seed).toBe(7);
    for (const chunk of [first, ...chunks]) expect(follower?.follows(chunk)).toBe(true);
    expect(follower?.data).toEqual(data(1_000_000));
    expect(follower?.follows(Buffer.from('something else'))).toBe(false);
    expect(follower?.data).toEqual(data(1_000_000));
  });

  test('are recognized for a large seed that was streamed before', () => {
    const seed = 4_000_000_000 - Math.floor(Math.random() * 1_000_000);
    const bytes = virtualChunks(data(100, seed)).next().value as Buffer;
    expect(VirtualFollower.of(bytes)).toBeUndefined();
    streamVirtual(data(5, seed)).destroy();
    expect(VirtualFollower.of(bytes)?.seed).toBe(seed);
  });

  test('are not recognized if they start differently or are too few', () => {
    for (const bytes of [Buffer.alloc(100), Buffer.alloc(0), Buffer.from('f809e0', 'hex')]) {
      expect(VirtualFollower.of(bytes)).toBeUndefined();
    }
  });
});

test('generates any range equal to that part of the complete data', async () => {
  const complete = await buffer(streamVirtual(data(700_000)));
  const ranges = [
    [0, 0],
    [1, 16],
    [15, 17],
    [262_143, 262_145],
    [33, 600_000],
    [699_999, 699_999],
    [699_990, 9_999_999],
  ] as const;
  for (const [start, end] of ranges) {
    expect((await buffer(streamVirtual(data(700_000), start, end))).equals(complete.subarray(start, end + 1))).toBe(
      true,
    );
  }
  expect(await buffer(streamVirtual(data(700_000), 700_000))).toHaveLength(0);
});

test('streams the end of 2 TiB without generating the rest, in chunks', async () => {
  const end = await buffer(streamVirtual(data(2 * TEBIBYTE), 2 * TEBIBYTE - 10));
  expect(end).toHaveLength(10);
  const longerEnd = await buffer(streamVirtual(data(2 * TEBIBYTE), 2 * TEBIBYTE - 100));
  expect(longerEnd.subarray(90)).toEqual(end);
  const chunks = virtualChunks(data(2 * TEBIBYTE));
  for (let nth = 0; nth < 3; nth += 1) expect((chunks.next().value as Buffer).length).toBeLessThanOrEqual(262_144);
});

test('computes the digests of the generated bytes', async () => {
  const sample = data(9_000_001, 3);
  const bytes = await buffer(streamVirtual(sample));
  const expected = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  for (const algorithm of HASH_ALGORITHMS) {
    expect(digestVirtualNow(sample, algorithm)).toEqual({
      md5: expected('md5'),
      hash: { algorithm, value: expected(algorithm) },
    });
    expect(await digestVirtual(sample, [algorithm])).toEqual({ [algorithm]: expected(algorithm) });
  }
});

test('aborts the computation of digests by a signal', async () => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  await expect(digestVirtual(data(TEBIBYTE), ['md5'], { signal })).rejects.toBe(reason);
});
