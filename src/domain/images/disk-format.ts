import type { BlobStore, Received } from '../data/image-data.ts';
import type { Image } from '../image.ts';

/** Why the service rejects a disk: its kind is missing, its size field is malformed, or its size is too large to store. */
export type DiskFault = 'undescribed' | 'malformed' | 'out-of-range';

/** Disk size in a file header; `undefined` for a file of another format. */
type DiskSize = bigint | DiskFault | undefined;

/** Reads bytes from an offset; fewer at the end of the data. */
export type Read = (at: number, length: number) => Promise<Buffer>;

/** Returns a function that reads parts of data. */
export const readerOf =
  (blobs: Pick<BlobStore, 'open'>, data: Received['data']): Read =>
  async (at, length) => {
    const pieces: Buffer[] = [];
    for await (const piece of blobs.open(data, at, at + length - 1)) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  };

const SECTOR = 512;

/** Largest size that the image table of the service can store. */
const MAX_BYTES = 2n ** 63n - 1n;

/**
 * Measures the disk inside the data of an image, if the service does so. Raw data is the disk itself.
 * @returns bytes; `null` if the size is unknown or there is no disk; a fault for data that the service rejects.
 */
export async function measureDisk(
  blobs: BlobStore,
  { diskFormat, containerFormat }: Pick<Image, 'diskFormat' | 'containerFormat'>,
  { data, sizeBytes }: Pick<Received, 'data' | 'sizeBytes'>,
): Promise<number | DiskFault | null> {
  if (containerFormat !== 'bare' || sizeBytes === 0) return null;
  if (diskFormat === 'raw') return sizeBytes;
  const inspect = Object.hasOwn(INSPECTORS, diskFormat ?? '') ? INSPECTORS[diskFormat as string] : undefined;
  const size = await inspect?.(readerOf(blobs, data));
  if (size === undefined || size === 0n) return null;
  if (typeof size === 'string') return size;
  return size > MAX_BYTES ? 'out-of-range' : Number(size);
}

const INSPECTORS: Readonly<Record<string, (read: Read) => Promise<DiskSize>>> = {
  async qcow2(read) {
    const head = await read(0, SECTOR);
    return head.length === SECTOR && startsWith(head, 'QFI\xfb') ? head.readBigUInt64BE(24) : undefined;
  },

  async vdi(read) {
    const head = await read(0, SECTOR);
    return head.length === SECTOR && head.readUInt32LE(64) === 0xbeda107f ? head.readBigUInt64LE(0x170) : undefined;
  },

  async vhd(read) {
    const head = await read(0, SECTOR);
    return head.length === SECTOR && startsWith(head, 'conectix') ? head.readBigUInt64BE(40) : undefined;
  },

  vmdk: inspectVmdk,
  vhdx: inspectVhdx,
};

const startsWith = (bytes: Buffer, magic: string): boolean => bytes.toString('latin1', 0, magic.length) === magic;

/** Maximum number of bytes of a description that are read. */
const MAX_DESCRIPTION = 2 ** 20;

/** Offset that marks a grain directory at the end of the file. */
const AT_THE_END = 2n ** 64n - 1n;

/** The header of a sparse disk contains its size in sectors; a description after it contains its kind. */
async function inspectVmdk(read: Read): Promise<DiskSize> {
  const head = await read(0, SECTOR);
  if (head.length < SECTOR || !startsWith(head, 'KDMV')) return undefined;
  const version = head.readUInt32LE(4);
  if (version < 1 || version > 3) return undefined;
  // The service reads a description only right after the header.
  if (head.readBigUInt64LE(28) !== 1n || head.readBigUInt64LE(56) === AT_THE_END) return undefined;
  const length = Math.min(Number(head.readBigUInt64LE(36)) * SECTOR, MAX_DESCRIPTION);
  const description = await read(SECTOR, length);
  if (description.length < length) return undefined;
  const [, kind] = /createType="([^\n]*)/.exec(description.toString('latin1')) ?? [];
  if (kind === undefined) return 'undescribed';
  return /^(?:monolithicSparse|streamOptimized)"/.test(kind) ? head.readBigUInt64LE(12) * BigInt(SECTOR) : undefined;
}

const REGIONS_AT = 192 * 1024;
const REGION_OF_METADATA = '06a27c8b90479a4bb8fe575f050f886e';
const ITEM_OF_SIZE = '2442a52f1bcd7648b2115dbed83bf4b8';
const ENTRY = 32;
const MAX_ENTRIES = 2047;

/** The region table locates the metadata, whose table locates the size. */
export async function inspectVhdx(read: Read): Promise<DiskSize> {
  if (!startsWith(await read(0, 8), 'vhdxfile')) return undefined;
  const regions = await readTable(read, REGIONS_AT, {
    magic: 'regi',
    headBytes: 16,
    count: (head) => head.readUInt32LE(8),
  });
  const metadataAt = Number(regions.get(REGION_OF_METADATA)?.readBigUInt64LE(16) ?? 0);
  if (metadataAt < REGIONS_AT) return undefined;
  const items = await readTable(read, metadataAt, {
    magic: 'metadata',
    headBytes: ENTRY,
    count: (head) => head.readUInt16LE(10),
  });
  const item = items.get(ITEM_OF_SIZE);
  if (item === undefined) return undefined;
  if (item.readUInt32LE(20) !== 8) return 'malformed';
  const size = await read(metadataAt + item.readUInt32LE(16), 8);
  return size.length === 8 ? size.readBigUInt64LE() : undefined;
}

/** Layout of a table: the text it begins with, the size of its header, and where that holds the number of entries. */
interface TableLayout {
  readonly magic: string;
  readonly headBytes: number;
  readonly count: (head: Buffer) => number;
}

/** Reads the entries of a table by the id that each begins with, the first of each; none if there is no such table. */
async function readTable(
  read: Read,
  at: number,
  { magic, headBytes, count }: TableLayout,
): Promise<ReadonlyMap<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const head = await read(at, headBytes);
  if (head.length < headBytes || !startsWith(head, magic) || count(head) > MAX_ENTRIES) return entries;
  const rest = await read(at + headBytes, count(head) * ENTRY);
  for (let from = 0; from + ENTRY <= rest.length; from += ENTRY) {
    const entry = rest.subarray(from, from + ENTRY);
    const id = entry.toString('hex', 0, 16);
    if (!entries.has(id)) entries.set(id, entry);
  }
  return entries;
}
