import type { BlobStore, Received } from '../data/image-data.ts';
import type { Image } from '../image.ts';
import { inspectVhdx, type Read, readerOf } from './disk-format.ts';

/** How content is compared with the disk format of its image: its kind alone, or also tables of partitions. */
export type Inspection = 'kind' | 'partitions';

/** Why the service rejects content. */
export type ContentFault =
  | { readonly reason: 'mismatch'; readonly found: string }
  | { readonly reason: 'unsafe' }
  | { readonly reason: 'incomplete' };

/** Disk formats whose content is inspected. */
const INSPECTED: ReadonlySet<string> = new Set(['raw', 'qcow2', 'vmdk', 'vdi', 'vhd', 'vhdx', 'iso']);

/** How much of the start of the content its kind is read from. */
const HEAD = 65_536;

/** Compares content with the disk format of its image. Returns why it is rejected; `undefined` for content that is accepted. */
export async function contentFault(
  blobs: Pick<BlobStore, 'open'>,
  { diskFormat, containerFormat }: Pick<Image, 'diskFormat' | 'containerFormat'>,
  { data, sizeBytes }: Pick<Received, 'data' | 'sizeBytes'>,
  inspection: Inspection,
): Promise<ContentFault | undefined> {
  if (containerFormat !== 'bare' || !INSPECTED.has(diskFormat ?? '')) return undefined;
  const read = readerOf(blobs, data);
  const head = sizeBytes === 0 ? Buffer.alloc(0) : await read(0, HEAD);
  const found = kindOf(head);
  if (found === 'vhdx' && (await inspectVhdx(read)) === undefined) return { reason: 'incomplete' };
  if (diskFormat === 'raw') {
    return inspection === 'partitions' && hasUnsafePartitions(head) ? { reason: 'unsafe' } : undefined;
  }
  if (found !== diskFormat) return { reason: 'mismatch', found };
  return (await isUnsafe(found, head, read)) ? { reason: 'unsafe' } : undefined;
}

/** The texts that kinds of content have at an offset. */
const MARKS: readonly (readonly [kind: string, offset: number, mark: string])[] = [
  ['qcow2', 0, 'QFI\xfb'],
  ['vmdk', 0, 'KDMV'],
  ['vmdk', 0, '# Disk DescriptorFile'],
  ['vhdx', 0, 'vhdxfile'],
  ['vhd', 0, 'conectix'],
  ['vdi', 64, '\x7f\x10\xda\xbe'],
  ['luks', 0, 'LUKS\xba\xbe'],
  ['iso', 32_769, 'CD001'],
];

const kindOf = (head: Buffer): string =>
  MARKS.find(([, offset, mark]) => head.toString('latin1', offset, offset + mark.length) === mark)?.[0] ??
  (hasPartitions(head) ? 'gpt' : 'raw');

const isUnsafe = async (kind: string, head: Buffer, read: Read): Promise<boolean> => {
  if (kind === 'qcow2') return refersElsewhere(head);
  return kind === 'vmdk' && !(await isWholeVmdk(head, read));
};

/** Bit of a qcow2 header for data in another file. */
const DATA_FILE = 4n;

/** Whether a qcow2 disk has a backing file, or its data in another file. */
const refersElsewhere = (head: Buffer): boolean =>
  head.length < 80 || head.readBigUInt64BE(8) !== 0n || (head.readBigUInt64BE(72) & DATA_FILE) !== 0n;

/** Whether the description of a VMDK disk is of a kind that has all of its data in the file. */
async function isWholeVmdk(head: Buffer, read: Read): Promise<boolean> {
  const isSparse = head.toString('latin1', 0, 4) === 'KDMV' && head.length >= 44;
  const description = isSparse ? await read(Number(head.readBigUInt64LE(28)) * 512, HEAD) : head;
  const [, kind = ''] = /createType="([^"\n]*)/.exec(description.toString('latin1')) ?? [];
  return isSparse && (kind === 'monolithicSparse' || kind === 'streamOptimized');
}

const PARTITIONS_AT = 446;
const PARTITION_BYTES = 16;
const BOOT = 0x80;
/** Type of the partition that keeps other tools from the rest of a disk with a GPT. */
const PROTECTIVE = 0xee;

const hasPartitions = (head: Buffer): boolean => head.length >= 512 && head.readUInt16BE(510) === 0x55aa;

/** Whether a table of partitions contradicts itself: a protective partition that is bootable, or that is not alone. */
function hasUnsafePartitions(head: Buffer): boolean {
  if (!hasPartitions(head)) return false;
  const partitions = [0, 1, 2, 3]
    .map((index) => head.subarray(PARTITIONS_AT + index * PARTITION_BYTES))
    .map((entry) => ({ flag: entry[0], type: entry[4] }))
    .filter(({ type }) => type !== 0);
  const first = partitions.find(({ type }) => type === PROTECTIVE);
  return first !== undefined && (partitions.length > 1 || first.flag === BOOT);
}
