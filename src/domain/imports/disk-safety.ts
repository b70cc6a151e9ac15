import type { BlobStore } from '../data/image-data.ts';
import type { StagedData } from '../image.ts';
import { type Read, readerOf } from '../images/disk-format.ts';
import { isQcow2Rejected } from './qcow2-header.ts';

const SECTOR = 512;

/** Maximum number of bytes of a VMDK descriptor that are read. */
const MAX_DESCRIPTOR = 20 * SECTOR;

/**
 * Whether an import task refuses data because of the disk in it: one that cannot be opened, or that refers to other files.
 * The format is that of the data, whatever the image declares. Data that is no disk passes.
 */
export async function isDiskRejected(
  blobs: Pick<BlobStore, 'open'>,
  { data, sizeBytes }: Pick<StagedData, 'data' | 'sizeBytes'>,
): Promise<boolean> {
  const read = readerOf(blobs, data);
  const head = await read(0, SECTOR);
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'QFI\xfb') return isQcow2Rejected(Buffer.concat([head, Buffer.alloc(SECTOR - head.length)]));
  if (magic === 'KDMV') return isSparseVmdkCut(head, sizeBytes);
  return isDescriptor(read, head);
}

/** Whether a sparse VMDK ends before the first byte of the disk. */
function isSparseVmdkCut(head: Buffer, sizeBytes: number): boolean {
  if (head.length < 72) return true;
  return BigInt(sizeBytes) < head.readBigUInt64LE(64) * BigInt(SECTOR);
}

/** Whether the data is a VMDK descriptor, which only names the files that hold the disk. */
async function isDescriptor(read: Read, head: Buffer): Promise<boolean> {
  if (!head.toString('latin1').startsWith('# Disk DescriptorFile')) return false;
  return /^version=[123]\s*$/m.test((await read(0, MAX_DESCRIPTOR)).toString('latin1'));
}
