import type { HashAlgorithm } from '../data/image-data.ts';
import type { Image, StagedData } from '../image.ts';
import type { NewImage } from '../images/image-changes.ts';

/**
 * The image to create as a copy: private, unprotected, with the formats and requirements of the original.
 * @param keepsProperty - whether the copy inherits a property of this name.
 */
export const copyOf = (
  { containerFormat, diskFormat, minDisk, minRam, tags, properties }: Image,
  keepsProperty: (name: string) => boolean,
): NewImage => ({
  visibility: 'private',
  containerFormat,
  diskFormat,
  minDisk,
  minRam,
  tags,
  properties: Object.fromEntries(Object.entries(properties).filter(([name]) => keepsProperty(name))),
});

/** The digest that an image shows beside its MD5. */
export const hashOf = ({ hashAlgorithm, hashValue }: Pick<Image, 'hashAlgorithm' | 'hashValue'>): StagedData['hash'] =>
  hashAlgorithm === null || hashValue === null ? null : { algorithm: hashAlgorithm as HashAlgorithm, value: hashValue };

/** The content of an image, to be copied to another image; `undefined` for an image without data. */
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
