import type { Image } from '../image.ts';
import type { Usage } from './shared-base.ts';

/** The usage of a project without images. */
export const NO_USAGE: Usage = { images: 0, bytes: 0, stagedBytes: 0, uploading: 0 };

/** Statuses of images whose data is arriving. */
const RECEIVING: ReadonlySet<string> = new Set(['saving', 'uploading', 'importing']);

/** Statuses in which staged data waits for its import. In other statuses it is being transferred, or was left over. */
const AWAITS_IMPORT: ReadonlySet<string> = new Set(['uploading', 'importing']);

/** Returns a usage with one more image, or with one less. */
export const withImage = ({ images, bytes, stagedBytes, uploading }: Usage, image: Image, sign: 1 | -1): Usage => ({
  images: images + sign,
  bytes: bytes + sign * heldBytes(image),
  stagedBytes: stagedBytes + sign * (AWAITS_IMPORT.has(image.status) ? (image.staged?.sizeBytes ?? 0) : 0),
  uploading: uploading + (RECEIVING.has(image.status) ? sign : 0),
});

/** Bytes that an image uses: each store has a copy, and data that waits for its import does not count. */
const heldBytes = ({ status, sizeBytes, stores }: Image): number =>
  AWAITS_IMPORT.has(status) ? 0 : (sizeBytes ?? 0) * Math.max(stores?.length ?? 1, 1);
