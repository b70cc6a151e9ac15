import type { Image } from './image.ts';
import type { BlobStore, Received } from './image-data.ts';

/** How much of the data tells the size of the disk inside. */
const HEAD_BYTES = 4096;

/** Size of the disk that the head of its file tells, by format; `undefined` where it is no such file. */
const READERS: Readonly<Record<string, (head: Buffer) => bigint | undefined>> = {
  qcow2: (head) =>
    head.toString('latin1', 0, 4) === 'QFI\xfb' && head.length >= 72 ? head.readBigUInt64BE(24) : undefined,
  vdi: (head) =>
    head.length >= 0x178 && head.readUInt32LE(64) === 0xbeda107f ? head.readBigUInt64LE(0x170) : undefined,
  vhd: (head) =>
    head.toString('latin1', 0, 8) === 'conectix' && head.length >= 512 ? head.readBigUInt64BE(40) : undefined,
  vmdk: (head) => {
    if (head.toString('latin1', 0, 4) !== 'KDMV' || head.length < 1024) return undefined;
    return /createType="(monolithicSparse|streamOptimized)"/.test(head.toString('latin1', 512))
      ? head.readBigUInt64LE(12) * 512n
      : undefined;
  },
};

/** Size of the disk inside an image's data, where the service finds it out: raw data is its own disk. */
export async function measureDisk(
  blobs: BlobStore,
  { diskFormat, containerFormat }: Pick<Image, 'diskFormat' | 'containerFormat'>,
  { data, sizeBytes }: Received,
): Promise<number | null> {
  if (containerFormat !== 'bare' || sizeBytes === 0) return null;
  if (diskFormat === 'raw') return sizeBytes;
  const read = READERS[diskFormat ?? ''];
  if (read === undefined) return null;
  const pieces: Buffer[] = [];
  for await (const piece of blobs.open(data, 0, HEAD_BYTES - 1)) pieces.push(piece as Buffer);
  const size = read(Buffer.concat(pieces));
  return size === undefined ? null : Number(size);
}
