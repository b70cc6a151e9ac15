import { expect, test } from '@jest/globals';
import { createBlobStore } from '../../src/domain/blob-store.ts';
import { measureDisk } from '../../src/domain/disk-format.ts';

/** Zeroes with some bytes put in. */
function fileWith(length: number, ...parts: readonly (readonly [at: number, bytes: Buffer | string])[]): Buffer {
  const file = Buffer.alloc(length);
  for (const [at, bytes] of parts)
    file.write(typeof bytes === 'string' ? bytes : bytes.toString('latin1'), at, 'latin1');
  return file;
}

const big = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const little = (value: bigint): Buffer => big(value).reverse();

const FILES = {
  qcow2: fileWith(65_536, [0, 'QFI\xfb'], [24, big(10n * 2n ** 30n)]),
  vdi: fileWith(4096, [64, little(0xbeda107fn).subarray(0, 4)], [0x170, little(7_340_032n)]),
  vhd: fileWith(1024, [0, 'conectix'], [40, big(9_437_184n)]),
  vmdk: fileWith(65_536, [0, 'KDMV'], [12, little(20_480n)], [512, 'createType="monolithicSparse"']),
};

const blobs = createBlobStore();
const sizeOf = (diskFormat: string | null, bytes: Buffer, containerFormat = 'bare') =>
  measureDisk(blobs, { diskFormat, containerFormat }, blobs.keep(bytes));

test.each([
  ['qcow2', 10 * 2 ** 30],
  ['vdi', 7_340_032],
  ['vhd', 9_437_184],
  ['vmdk', 10_485_760],
] as const)('the head of a %s file tells the size of its disk', async (format, size) => {
  expect(await sizeOf(format, FILES[format])).toBe(size);
});

test('raw data is its own disk, and no data is none', async () => {
  expect(await sizeOf('raw', Buffer.alloc(1000))).toBe(1000);
  expect(await sizeOf('raw', Buffer.alloc(0))).toBeNull();
});

test.each(['qcow2', 'vdi', 'vhd', 'vmdk'] as const)(
  'what is no %s file, or not enough of one, tells nothing',
  async (format) => {
    expect(await sizeOf(format, Buffer.alloc(65_536, 'x'))).toBeNull();
    expect(await sizeOf(format, FILES[format].subarray(0, 40))).toBeNull();
    expect(await sizeOf(format, Buffer.alloc(0))).toBeNull();
  },
);

test('nothing is looked for in other formats, in other containers, or by what is not said', async () => {
  expect(await sizeOf('iso', FILES.qcow2)).toBeNull();
  expect(await sizeOf('vmdk', FILES.qcow2)).toBeNull();
  expect(await sizeOf('qcow2', FILES.qcow2, 'ovf')).toBeNull();
  expect(await sizeOf(null, FILES.qcow2)).toBeNull();
  expect(await sizeOf('raw', FILES.qcow2)).toBe(65_536);
});
