/** Copies a buffer, or creates one of this size, and writes bytes at offsets. */
export function fileWith(file: Buffer | number, ...parts: readonly (readonly [at: number, bytes: Buffer | string])[]) {
  const copy = typeof file === 'number' ? Buffer.alloc(file) : Buffer.from(file);
  for (const [at, bytes] of parts) copy.set(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, at);
  return copy;
}

/** Encodes a little-endian number. */
export function little(value: bigint, length = 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.subarray(0, length);
}

const big = (value: bigint): Buffer => Buffer.from(little(value)).reverse();

/** Builds a sparse vmdk file with a description of two sectors. */
export const vmdk = (sizeBytes: bigint, description: string): Buffer =>
  fileWith(
    4096,
    [0, 'KDMV'],
    [4, little(1n, 4)],
    [12, little(sizeBytes / 512n)],
    [28, little(1n)],
    [36, little(2n)],
    [512, description],
  );

const REGIONS = 192 * 1024;
const METADATA = 512 * 1024;

/** Builds a vhdx file whose only region is metadata with the disk size. */
export const vhdx = (sizeBytes: bigint): Buffer =>
  fileWith(
    600 * 1024,
    [0, 'vhdxfile'],
    [REGIONS, 'regi'],
    [REGIONS + 8, little(1n, 4)],
    [REGIONS + 16, Buffer.from('06a27c8b90479a4bb8fe575f050f886e', 'hex')],
    [REGIONS + 32, little(BigInt(METADATA))],
    [METADATA, 'metadata'],
    [METADATA + 10, little(1n, 2)],
    [METADATA + 32, Buffer.from('2442a52f1bcd7648b2115dbed83bf4b8', 'hex')],
    [METADATA + 48, little(65_536n, 4)],
    [METADATA + 52, little(8n, 4)],
    [METADATA + 65_536, little(sizeBytes)],
  );

/** Builds a file of each format for a disk size in bytes. */
export const DISKS = {
  qcow2: (sizeBytes: bigint): Buffer => fileWith(4096, [0, 'QFI\xfb'], [24, big(sizeBytes)]),
  vdi: (sizeBytes: bigint): Buffer => fileWith(1024, [64, little(0xbeda107fn, 4)], [0x170, little(sizeBytes)]),
  vhd: (sizeBytes: bigint): Buffer => fileWith(1024, [0, 'conectix'], [40, big(sizeBytes)]),
  vmdk: (sizeBytes: bigint): Buffer => vmdk(sizeBytes, 'createType="monolithicSparse"\n'),
  vhdx,
} as const;

/** The disk size of test files, in bytes. */
export const SIZE_OF_DISKS = 10n * 2n ** 20n;
