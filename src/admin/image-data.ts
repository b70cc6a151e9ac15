import { readerOf } from '../domain/images/disk-format.ts';
import { detectDisk } from '../domain/imports/detect-disk.ts';
import type { World } from '../world/world.ts';
import { existingImage } from './images.ts';
import { AdminError } from './problems.ts';

/** Selects the bytes to read. */
export interface DataRange {
  /** Offset of the first byte; 0 when omitted. */
  readonly start?: number | undefined;
  /** Number of bytes; 512 when omitted. */
  readonly length?: number | undefined;
}

/** A part of the data of an image. */
export interface ImageDataView {
  /** Image id. */
  readonly image: string;
  /** Bytes of all data. */
  readonly size: number;
  readonly start: number;
  readonly base64: string;
  /** The format of the disk in the data, as qemu-img names it; `raw` for data of no known format. */
  readonly format: string;
  /** Bytes of that disk. */
  readonly virtualSize: number;
}

/** Number of bytes that one request may read. */
export const MAX_DATA = 65_536;

const DEFAULT_LENGTH = 512;

/**
 * Returns a part of the data of an image, and the format that is detected in it.
 * @throws AdminError 404 for an unknown image; 409 for an image without data.
 */
export async function readImageData(
  world: World,
  imageId: string,
  { start = 0, length = DEFAULT_LENGTH }: DataRange,
): Promise<ImageDataView> {
  const { data, sizeBytes } = existingImage(world, imageId);
  if (data === null) throw new AdminError(409, `Image ${imageId} has no data.`);
  const size = sizeBytes ?? 0;
  const end = Math.min(start + length, size);
  const bytes = start < end ? await readerOf(world.blobs, data)(start, end - start) : Buffer.alloc(0);
  const { format, virtualSizeBytes } = await detectDisk(world.blobs, { data, sizeBytes: size });
  return { image: imageId, size, start, base64: bytes.toString('base64'), format, virtualSize: virtualSizeBytes };
}
