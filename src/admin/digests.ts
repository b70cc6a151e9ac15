import { createHash } from 'node:crypto';
import { HASH_ALGORITHM, HASH_ALGORITHMS, type HashAlgorithm } from '../domain/data/image-data.ts';
import { digestVirtual } from '../domain/data/virtual-data.ts';
import type { Image } from '../domain/image.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { AdminError } from './problems.ts';

/** Which digests of an image's data are asked for. */
export interface DigestRequest {
  /** `md5`, `sha256` and `sha512` when left out. */
  readonly algorithms?: readonly HashAlgorithm[];
  /** Whether the image shows them from then on. */
  readonly set?: boolean;
}

/** Digests of an image's data. */
export interface DigestView {
  readonly image: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal, by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
}

const USUAL: readonly HashAlgorithm[] = ['md5', 'sha256', 'sha512'];

/** Bytes of data that is digested while somebody waits for the answer: some minutes of it. */
const MAX_BYTES = 64 * 1024 ** 3;

/**
 * Takes digests of an image's data, however long that takes; others have their turns meanwhile.
 * @throws AdminError 404 for an image that is not there, 409 for one without data, or with other data by then.
 * @throws InputError for more data than anybody would wait for.
 */
export async function digestImage(
  world: World,
  imageId: string,
  { algorithms = USUAL, set = false }: DigestRequest,
): Promise<DigestView> {
  const image = existing(world, imageId);
  const { data } = image;
  if (data === null) throw new AdminError(409, `The image ${imageId} has no data.`);
  const size = image.sizeBytes ?? 0;
  if (size > MAX_BYTES) {
    throw new InputError('image', [
      {
        pointer: '/image_id',
        message: 'has more data than an answer can wait for; `sideglance digest` works it out, for fixtures to declare',
        found: size,
        allowed: `at most ${MAX_BYTES} bytes`,
      },
    ]);
  }
  const shown = knownOr(image, world.hashing);
  const wanted = [...new Set<HashAlgorithm>(set ? [...algorithms, 'md5', shown] : algorithms)];
  const digests = data.kind === 'virtual' ? await digestVirtual(data, wanted) : await digestStream(world, data, wanted);
  if (set) {
    const current = existing(world, imageId);
    if (current.data !== data) throw new AdminError(409, `The data of the image ${imageId} has changed meanwhile.`);
    const hashValue = digests[shown] as string;
    world.images.place({ ...current, checksum: digests['md5'] as string, hashAlgorithm: shown, hashValue });
  }
  return { image: imageId, size, digests };
}

/** The algorithm that an image names, or else the one of its world. */
const knownOr = ({ hashAlgorithm }: Image, usual: HashAlgorithm = HASH_ALGORITHM): HashAlgorithm =>
  HASH_ALGORITHMS.find((algorithm) => algorithm === hashAlgorithm) ?? usual;

async function digestStream(
  { blobs }: World,
  data: NonNullable<Image['data']>,
  algorithms: readonly HashAlgorithm[],
): Promise<Readonly<Record<string, string>>> {
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const);
  for await (const chunk of blobs.open(data)) for (const [, hash] of hashes) hash.update(chunk as Buffer);
  return Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]));
}

function existing(world: World, imageId: string): Image {
  const image = world.images.peek(imageId);
  if (image === undefined) throw new AdminError(404, `There is no image ${imageId} in this world.`);
  return image;
}
