import type { HashAlgorithm } from '../data/image-data.ts';
import type { Image, StagedData } from '../image.ts';
import type { NewImage } from '../images/image-changes.ts';

/** Properties that tell of one image and not of what it holds: a copy is registered and shared anew. */
const OF_THE_ORIGINAL =
  /^(?:os_glance.*|stores|img_signature.*|__imagetype|__isregistered|__image_size|__sequence_num)$/;

/** What a copy of an image is: its owner's alone, unprotected, of the same formats and needs. */
export const copyOf = ({ containerFormat, diskFormat, minDisk, minRam, tags, properties }: Image): NewImage => ({
  visibility: 'private',
  containerFormat,
  diskFormat,
  minDisk,
  minRam,
  tags,
  properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !OF_THE_ORIGINAL.test(name))),
});

/** The digest that an image shows beside its MD5. */
export const hashOf = ({ hashAlgorithm, hashValue }: Pick<Image, 'hashAlgorithm' | 'hashValue'>): StagedData['hash'] =>
  hashAlgorithm === null || hashValue === null ? null : { algorithm: hashAlgorithm as HashAlgorithm, value: hashValue };

/** What an image holds, for another one that is to hold the same; `undefined` for one that holds nothing. */
export function contentOfImage(image: Image): StagedData | undefined {
  if (image.data === null) return undefined;
  return {
    data: image.data,
    sizeBytes: image.sizeBytes ?? 0,
    md5: image.checksum,
    hash: hashOf(image),
    virtualSizeBytes: image.virtualSizeBytes,
  };
}
