import { expect, test } from '@jest/globals';
import { createBlobStore } from '../../../src/domain/data/blob-store.ts';
import { measureDisk } from '../../../src/domain/images/disk-format.ts';
import { DISKS, fileWith, little, SIZE_OF_DISKS, vhdx, vmdk } from '../../support/disks.ts';

const blobs = createBlobStore();
const sizeOf = (diskFormat: string | null, bytes: Buffer, containerFormat = 'bare') =>
  measureDisk(blobs, { diskFormat, containerFormat }, blobs.keep(bytes));

const FORMATS = Object.keys(DISKS) as readonly (keyof typeof DISKS)[];

test.each(FORMATS)('reads the disk size of a %s file', async (format) => {
  expect(await sizeOf(format, DISKS[format](SIZE_OF_DISKS))).toBe(Number(SIZE_OF_DISKS));
});

test('returns the length of raw data as disk size, and none for empty data', async () => {
  expect(await sizeOf('raw', Buffer.alloc(1000))).toBe(1000);
  expect(await sizeOf('raw', Buffer.alloc(0))).toBeNull();
});

test.each(FORMATS)('returns no size for data that is not a complete %s file', async (format) => {
  expect(await sizeOf(format, Buffer.alloc(65_536, 'x'))).toBeNull();
  expect(await sizeOf(format, DISKS[format](SIZE_OF_DISKS).subarray(0, 511))).toBeNull();
  expect(await sizeOf(format, Buffer.alloc(0))).toBeNull();
});

test.each(FORMATS)('returns no size for a %s file of size 0, and out-of-range past 63 bits', async (format) => {
  expect(await sizeOf(format, DISKS[format](0n))).toBeNull();
  expect(await sizeOf(format, DISKS[format](2n ** 63n))).toBe('out-of-range');
});

test('returns no size for other formats and containers, or data of another format', async () => {
  const qcow2 = DISKS.qcow2(SIZE_OF_DISKS);
  expect(await sizeOf('iso', qcow2)).toBeNull();
  expect(await sizeOf('vmdk', qcow2)).toBeNull();
  expect(await sizeOf('vhdx', qcow2)).toBeNull();
  expect(await sizeOf('toString', qcow2)).toBeNull();
  expect(await sizeOf('qcow2', qcow2, 'ovf')).toBeNull();
  expect(await sizeOf(null, qcow2)).toBeNull();
  expect(await sizeOf('raw', qcow2)).toBe(qcow2.length);
});

test.each([
  ['monolithicSparse', 1024],
  ['streamOptimized', 1024],
  ['monolithicFlat', null],
  ['MONOLITHICSPARSE', null],
  ['monolithicSparseX', null],
])('a vmdk file of type %s has a disk size of %p', async (type, size) => {
  expect(await sizeOf('vmdk', vmdk(1024n, `createType="${type}"\n`))).toBe(size);
});

test.each([
  ['has no createType', 'version=1\n'],
  ['has a createType without quotes', 'createType=monolithicSparse\n'],
  ['has its createType after the description', `${'#'.repeat(1100)}\ncreateType="monolithicSparse"\n`],
])('a vmdk file that %s is undescribed', async (_, description) => {
  expect(await sizeOf('vmdk', vmdk(1024n, description))).toBe('undescribed');
});

test.each([
  ['of another version', [4, little(4n, 4)]],
  ['with a description at another offset', [28, little(2n)]],
  ['with a description past its end', [36, little(4000n)]],
  ['with its grain directory at the end', [56, little(2n ** 64n - 1n)]],
] as const)('returns no size for a vmdk file %s', async (_, part) => {
  const file = vmdk(1024n, 'createType="monolithicSparse"\n');
  expect(await sizeOf('vmdk', fileWith(file, part))).toBeNull();
});

const REGIONS = 192 * 1024;
const METADATA = 512 * 1024;

test.each([
  ['without a region table', [REGIONS, 'none']],
  ['with too many regions', [REGIONS + 8, little(2048n, 4)]],
  ['without a metadata region', [REGIONS + 16, little(0n)]],
  ['with metadata before the region table', [REGIONS + 32, little(8192n)]],
  ['without a metadata table', [METADATA, 'none']],
  ['with metadata past its end', [REGIONS + 32, little(2n ** 60n)]],
  ['with too many metadata items', [METADATA + 10, little(2048n, 2)]],
  ['without a size item', [METADATA + 32, little(0n)]],
  ['with a size item past its end', [METADATA + 48, little(2n ** 31n, 4)]],
] as const)('returns no size for a vhdx file %s', async (_, part) => {
  expect(await sizeOf('vhdx', fileWith(vhdx(1024n), part))).toBeNull();
});

test('reports a vhdx file whose size field is not 8 bytes as malformed', async () => {
  expect(await sizeOf('vhdx', fileWith(vhdx(1024n), [METADATA + 52, little(4n, 4)]))).toBe('malformed');
});
