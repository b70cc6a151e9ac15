import { isObject, type Json } from '../../../base/json.ts';
import type { HashAlgorithm } from '../../../domain/data/image-data.ts';
import type { Image } from '../../../domain/image.ts';
import type { NewLocations } from '../../../domain/images/image-changes.ts';
import { GlanceError } from '../../glance/errors.ts';

type Digests = NonNullable<NewLocations['digests']>;

/** Members of `validation_data`, with the attributes of an image that they set. */
const ATTRIBUTES = {
  checksum: 'checksum',
  os_hash_algo: 'hashAlgorithm',
  os_hash_value: 'hashValue',
} as const satisfies Readonly<Record<string, keyof Digests>>;

/** Bytes of a digest. */
const DIGEST_BYTES: Readonly<Record<HashAlgorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** What digests are compared with. */
export interface DigestTarget {
  readonly image: Pick<Image, keyof Digests>;
  /** Whether the image has no data yet, so that a client can say which digests the data has. */
  readonly isQueued: boolean;
  /** Algorithm of the service. */
  readonly hashing: HashAlgorithm;
}

/**
 * Returns the digests of an image after a client has given `validation_data` for a location.
 * @returns `undefined` if the location has none.
 * @throws GlanceError 409 for digests that differ from those of the image, cannot be set any more, or have another form.
 */
export function checkDigests(location: Json, { image, isQueued, hashing }: DigestTarget): Digests | undefined {
  const given = location['validation_data'];
  if (!isObject(given)) return undefined;
  const names = Object.keys(given) as (keyof typeof ATTRIBUTES)[];
  const isNew = (name: keyof typeof ATTRIBUTES): boolean => image[ATTRIBUTES[name]] === null;
  const different = names.find((name) => !isNew(name) && image[ATTRIBUTES[name]] !== given[name]);
  if (different !== undefined) throw conflict(`${different} is already set with a different value`);
  const added = names.filter(isNew);
  if (added.length > 0 && !isQueued) {
    throw conflict(`New value(s) for ${added.join(', ')} may only be provided when image status is 'queued'`);
  }
  if (added.length > 0) checkForm(given, hashing);
  const { checksum, hashAlgorithm, hashValue } = image;
  const set = Object.fromEntries(added.map((name) => [ATTRIBUTES[name], String(given[name])]));
  return { checksum, hashAlgorithm, hashValue, ...set };
}

function checkForm(given: Json, hashing: HashAlgorithm): void {
  const { checksum, os_hash_algo: algorithm, os_hash_value: value } = given;
  if (checksum !== undefined) checkHexadecimal('checksum', String(checksum));
  if (algorithm !== hashing) throw conflict(`os_hash_algo must be ${hashing}, not ${algorithm}`);
  const bytes = checkHexadecimal('os_hash_value', String(value));
  if (bytes !== DIGEST_BYTES[hashing]) {
    const expected = DIGEST_BYTES[hashing];
    throw conflict(`os_hash_value (${value}) is not the correct size for ${hashing} (should be ${expected} bytes)`);
  }
}

/** Returns the number of bytes of a hexadecimal value. */
function checkHexadecimal(name: string, value: string): number {
  if (!/^(?:[0-9a-f]{2})*$/i.test(value)) throw conflict(`${name} (${value}) is not a valid hexadecimal value`);
  return value.length / 2;
}

const conflict = (message: string): GlanceError => new GlanceError(409, message);
