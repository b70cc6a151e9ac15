import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import {
  digestVirtual,
  digestVirtualNow,
  streamVirtual,
  type VirtualData,
  virtualChunks,
} from '../../src/domain/virtual-data.ts';

const data = (sizeBytes: number, seed = 7): VirtualData => ({ kind: 'virtual', sizeBytes, seed });
const TEBIBYTE = 1024 ** 4;

test('virtual data has the size it says, the same bytes each time, and others for another seed', async () => {
  const bytes = await buffer(streamVirtual(data(1_000_003)));
  expect(bytes).toHaveLength(1_000_003);
  expect(await buffer(streamVirtual(data(1_000_003)))).toEqual(bytes);
  expect((await buffer(streamVirtual(data(1_000_003, 8)))).equals(bytes)).toBe(false);
  expect(await buffer(streamVirtual(data(100)))).toEqual(bytes.subarray(0, 100));
  expect(await buffer(streamVirtual(data(0)))).toHaveLength(0);
});

test('virtual data stays the same from release to release', async () => {
  expect((await buffer(streamVirtual(data(16, 7)))).toString('hex')).toBe('f809e0c6622851c6088fc30522c70ad7');
});

test('any range of virtual data is that part of the whole', async () => {
  const whole = await buffer(streamVirtual(data(700_000)));
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
    expect((await buffer(streamVirtual(data(700_000), start, end))).equals(whole.subarray(start, end + 1))).toBe(true);
  }
  expect(await buffer(streamVirtual(data(700_000), 700_000))).toHaveLength(0);
});

test('the end of two tebibytes is as near as the beginning, and comes chunk by chunk', async () => {
  const end = await buffer(streamVirtual(data(2 * TEBIBYTE), 2 * TEBIBYTE - 10));
  expect(end).toHaveLength(10);
  const more = await buffer(streamVirtual(data(2 * TEBIBYTE), 2 * TEBIBYTE - 100));
  expect(more.subarray(90)).toEqual(end);
  const chunks = virtualChunks(data(2 * TEBIBYTE));
  for (let nth = 0; nth < 3; nth += 1) expect((chunks.next().value as Buffer).length).toBeLessThanOrEqual(262_144);
});

test('digests of virtual data are those of its bytes', async () => {
  const some = data(9_000_001, 3);
  const bytes = await buffer(streamVirtual(some));
  const right = {
    md5: createHash('md5').update(bytes).digest('hex'),
    sha512: createHash('sha512').update(bytes).digest('hex'),
  };
  expect(digestVirtualNow(some)).toEqual(right);
  expect(await digestVirtual(some)).toEqual(right);
});

test('digests of very much virtual data can be called off', async () => {
  const reason = new Error('enough');
  await expect(digestVirtual(data(TEBIBYTE), AbortSignal.abort(reason))).rejects.toBe(reason);
});
