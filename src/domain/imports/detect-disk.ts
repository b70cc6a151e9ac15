import type { BlobStore } from '../data/image-data.ts';
import type { StagedData } from '../image.ts';
import { inspectVhdx, type Read, readerOf } from '../images/disk-format.ts';

const SECTOR = 512;

/** The disk that an import task finds in data. */
export interface DetectedDisk {
  /** Name of the format, as qemu-img names it. */
  readonly format: string;
  readonly virtualSizeBytes: number;
}

/** How a format is recognized in the first sector, and where the size of its disk is, in bytes. */
interface DiskKind {
  readonly format: string;
  readonly matches: (head: Buffer) => boolean;
  readonly size: (head: Buffer, data: { readonly read: Read; readonly sizeBytes: number }) => unknown;
}

const beginsWith =
  (magic: string) =>
  (head: Buffer): boolean =>
    head.toString('latin1', 0, magic.length) === magic;

const isQcow = beginsWith('QFI\xfb');

const KINDS: readonly DiskKind[] = [
  {
    format: 'qcow2',
    matches: (head) => isQcow(head) && head.readUInt32BE(4) > 1,
    size: (head) => head.readBigUInt64BE(24),
  },
  {
    format: 'qcow',
    matches: (head) => isQcow(head) && head.readUInt32BE(4) === 1,
    size: (head) => head.readBigUInt64BE(24),
  },
  { format: 'vmdk', matches: beginsWith('KDMV'), size: (head) => head.readBigUInt64LE(12) * BigInt(SECTOR) },
  {
    format: 'vdi',
    matches: (head) => head.readUInt32LE(64) === 0xbeda107f,
    size: (head) => head.readBigUInt64LE(0x170),
  },
  { format: 'vpc', matches: beginsWith('conectix'), size: vpcSize },
  { format: 'vhdx', matches: beginsWith('vhdxfile'), size: (_head, { read }) => inspectVhdx(read) },
  { format: 'qed', matches: beginsWith('QED\0'), size: (head) => head.readBigUInt64LE(48) },
  {
    format: 'luks',
    matches: (head) => beginsWith('LUKS\xba\xbe')(head) && head.readUInt16BE(6) === 1,
    size: (head, { sizeBytes }) => sizeBytes - head.readUInt32BE(104) * SECTOR,
  },
];

/**
 * Finds the disk in the data of an import task. The format is that of the data, whatever the image declares; data of no
 * known format is a raw disk. The size is in whole sectors.
 */
export async function detectDisk(
  blobs: Pick<BlobStore, 'open'>,
  { data, sizeBytes }: Pick<StagedData, 'data' | 'sizeBytes'>,
): Promise<DetectedDisk> {
  const read = readerOf(blobs, data);
  const found = await read(0, SECTOR);
  const head = Buffer.concat([found, Buffer.alloc(SECTOR - found.length)]);
  const kind = KINDS.find(({ matches }) => matches(head));
  const size = await kind?.size(head, { read, sizeBytes });
  const isKnown = typeof size === 'bigint' || typeof size === 'number';
  return { format: isKnown ? (kind?.format ?? 'raw') : 'raw', virtualSizeBytes: inSectors(isKnown ? size : sizeBytes) };
}

const inSectors = (bytes: bigint | number): number => Math.ceil(Number(bytes) / SECTOR) * SECTOR;

/** Programs whose disks have the size that their header names, not that of its geometry. */
const EXACT_CREATORS: readonly string[] = ['win ', 'qem2', 'd2v ', 'tap\0', 'CTXS'];

/** Largest geometry; disks beyond it have the size that their header names. */
const MAX_SECTORS = 65_535 * 16 * 255;

function vpcSize(head: Buffer): bigint | number {
  const sectors = head.readUInt16BE(56) * head.readUInt8(58) * head.readUInt8(59);
  const isExact = EXACT_CREATORS.includes(head.toString('latin1', 28, 32)) || sectors === MAX_SECTORS;
  return isExact ? head.readBigUInt64BE(48) : sectors * SECTOR;
}
