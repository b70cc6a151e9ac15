import type { BlobStore } from '../data/image-data.ts';
import type { StagedData } from '../image.ts';
import { readerOf } from '../images/disk-format.ts';

const BLOCK = 512;

/** Files of an archive that are looked at. */
const MAX_FILES = 1000;

/** Whether data is a tar archive with an OVF description, which an import task needs in an image with the container `ova`. */
export async function isOva(
  blobs: Pick<BlobStore, 'open'>,
  { data, sizeBytes }: Pick<StagedData, 'data' | 'sizeBytes'>,
): Promise<boolean> {
  const read = readerOf(blobs, data);
  let at = 0;
  for (let files = 0; files < MAX_FILES && at + BLOCK <= sizeBytes; files += 1) {
    const head = await read(at, BLOCK);
    if (head.toString('latin1', 257, 262) !== 'ustar') return false;
    const [name = ''] = head.toString('utf8', 0, 100).split('\0');
    if (name.endsWith('.ovf')) return true;
    const length = Number.parseInt(head.toString('latin1', 124, 136), 8) || 0;
    at += BLOCK + Math.ceil(length / BLOCK) * BLOCK;
  }
  return false;
}
