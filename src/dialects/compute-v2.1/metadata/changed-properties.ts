import { DomainError } from '../../../domain/problem.ts';
import { assertValue, isReserved, type Properties, READ_ONLY, withoutEmptyIds } from './glance-attributes.ts';

const READ_ONLY_NAMES: ReadonlySet<string> = new Set(READ_ONLY);

/** Attributes that Nova overwrites with those of the image when it changes metadata. */
const OVERWRITTEN: ReadonlySet<string> = new Set([
  'name',
  'visibility',
  'owner',
  'id',
  'min_disk',
  'min_ram',
  'disk_format',
  'container_format',
  'checksum',
  'os_hidden',
  'os_hash_algo',
  'os_hash_value',
  'stores',
]);

/**
 * The properties of an image after a change of its metadata.
 * @param status - the status of the image, which metadata may repeat.
 * @throws ServerError if Nova fails; DomainError `image-not-owned` if Glance rejects the change.
 */
export function changedProperties(metadata: Properties, imageId: string, status: string): Properties {
  for (const [name, value] of Object.entries(metadata)) assertValue(name, value);
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (READ_ONLY_NAMES.has(name) || isReserved(name) || (name === 'status' && value !== status)) {
      throw new DomainError({ kind: 'image-not-owned', imageId });
    }
    if (name !== 'status' && !OVERWRITTEN.has(name)) properties[name] = value;
  }
  return withoutEmptyIds(properties);
}
