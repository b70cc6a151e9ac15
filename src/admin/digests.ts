import { createHash } from 'node:crypto';
import { HASH_ALGORITHM, HASH_ALGORITHMS, type HashAlgorithm } from '../domain/data/image-data.ts';
import { digestVirtual } from '../domain/data/virtual-data.ts';
import type { Image } from '../domain/image.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { existingImage } from './images.ts';
import { AdminError } from './problems.ts';

/** Selects the digests to compute. */
export interface DigestRequest {
  /** `md5`, `sha256` and `sha512` when omitted. */
  readonly algorithms?: readonly HashAlgorithm[];
  /** Whether to store the MD5 and the other digest in the image. */
  readonly set?: boolean;
}

/** Digests of the data of an image. */
export interface DigestView {
  /** Image id. */
  readonly image: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal, by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
}

const DEFAULT_ALGORITHMS: readonly HashAlgorithm[] = ['md5', 'sha256', 'sha512'];

/** Maximum size in bytes: digests of more data take longer than a client waits for a response. */
const MAX_BYTES = 64 * 1024 ** 3;

/**
 * Computes digests of the data of an image, without blocking other requests.
 * @throws AdminError 404 for an unknown image; 409 for an image without data, and when the data changed meanwhile.
 * @throws InputError for more than 64 GiB of data.
 */
export async function digestImage(
  world: World,
  imageId: string,
  { algorithms = DEFAULT_ALGORITHMS, set = false }: DigestRequest,
): Promise<DigestView> {
  const image = existingImage(world, imageId);
  const { data } = image;
  if (data === null) throw new AdminError(409, `Image ${imageId} has no data.`);
  const size = image.sizeBytes ?? 0;
  assertSmallEnough(size);
  const hashAlgorithm = algorithmOf(image, world.hashing);
  const computed = [...new Set<HashAlgorithm>(set ? [...algorithms, 'md5', hashAlgorithm] : algorithms)];
  const digests =
    data.kind === 'virtual' ? await digestVirtual(data, computed) : await digestStream(world, data, computed);
  if (set) {
    const current = existingImage(world, imageId);
    if (current.data !== data)
      throw new AdminError(409, `The data of image ${imageId} changed while its digests were computed.`);
    const hashValue = digests[hashAlgorithm] as string;
    world.images.place({ ...current, checksum: digests['md5'] as string, hashAlgorithm, hashValue });
  }
  return { image: imageId, size, digests };
}

/** @throws InputError for more data than `MAX_BYTES`. */
function assertSmallEnough(size: number): void {
  if (size > MAX_BYTES) {
    throw new InputError('image', [
      {
        pointer: '/image_id',
        message: 'has too much data; compute the digests with `sideglance digest` and declare them in fixtures',
        found: size,
        allowed: `at most ${MAX_BYTES} bytes`,
      },
    ]);
  }
}

/** Returns the algorithm of an image, or else the default one. */
const algorithmOf = ({ hashAlgorithm }: Image, otherwise: HashAlgorithm = HASH_ALGORITHM): HashAlgorithm =>
  HASH_ALGORITHMS.find((algorithm) => algorithm === hashAlgorithm) ?? otherwise;

async function digestStream(
  { blobs }: World,
  data: NonNullable<Image['data']>,
  algorithms: readonly HashAlgorithm[],
): Promise<Readonly<Record<string, string>>> {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  for await (const chunk of blobs.open(data)) for (const [, hash] of hashes) hash.update(chunk as Buffer);
  return Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]));
}
