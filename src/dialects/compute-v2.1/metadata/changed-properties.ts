import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import { objectAttribute } from '../../glance/image-patch/object-attributes.ts';
import { ServerError } from '../protocol/server-error.ts';
import { assertValue, isBlankId, isReserved, type Properties, READ_ONLY } from './glance-attributes.ts';

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

/** Names that Nova's client of Glance uses for itself. */
const NOT_SENT: ReadonlySet<string> = new Set(['status', 'image_id']);

/** The image whose metadata a request changes. */
type ChangedImage = Pick<Image, 'id' | 'status' | 'properties'>;

/**
 * The properties of an image after a change of its metadata. A blank id of a kernel or ramdisk leaves the current one, and so does
 * a name that Glance takes for an attribute of its own.
 * @throws ServerError if Nova fails; DomainError `image-not-owned` if Glance rejects the change.
 */
export function changedProperties(metadata: Properties, image: ChangedImage): Properties {
  for (const [name, value] of Object.entries(metadata)) assertValue(name, value);
  if (Object.hasOwn(metadata, 'stores') && !showsStores(image)) throw new ServerError('glanceclient.exc.HTTPConflict');
  rejectMoves(metadata, image);
  rejectReserved(metadata, image);
  const kept = Object.entries(metadata).filter(([name]) => name !== 'status' && !OVERWRITTEN.has(name));
  return Object.fromEntries(
    kept.flatMap(([name, value]) => {
      const isKept = isBlankId(name, value) || objectAttribute(name) !== undefined;
      const current = isKept ? currentValue(image.properties, name) : value;
      return current === undefined ? [] : [[name, current]];
    }),
  );
}

/** Whether Glance shows the stores of an image, so that Nova overwrites the item of this name. */
const showsStores = ({ status, properties }: ChangedImage): boolean =>
  status === 'active' || Object.hasOwn(properties, 'stores');

/** Rejects attributes that only Glance sets, unless a request repeats what the image has. */
function rejectReserved(metadata: Properties, { id, status, properties }: ChangedImage): void {
  for (const [name, value] of Object.entries(metadata)) {
    const isChanged = isReserved(name) && currentValue(properties, name) !== value;
    if (READ_ONLY_NAMES.has(name) || isChanged || (name === 'status' && value !== status)) {
      throw new DomainError({ kind: 'image-not-owned', imageId: id });
    }
    if (objectAttribute(name) === 'failing' && currentValue(properties, name) !== value) {
      throw new ServerError('glanceclient.exc.HTTPInternalServerError');
    }
  }
  for (const name of Object.keys(properties)) {
    const isFixed = isReserved(name) || objectAttribute(name) !== undefined;
    if (isFixed && !Object.hasOwn(metadata, name)) throw new DomainError({ kind: 'image-not-owned', imageId: id });
  }
}

/**
 * Fails on a change that drops a property and adds another one with the same value: Nova's client of Glance makes a `move` of
 * it, which Glance rejects.
 */
function rejectMoves(metadata: Properties, { properties }: ChangedImage): void {
  const dropped = new Set<string>();
  for (const [name, value] of Object.entries(properties)) if (!Object.hasOwn(metadata, name)) dropped.add(value);
  if (dropped.size === 0) return;
  for (const [name, value] of Object.entries(metadata)) {
    if (isPassedOn(name, value) && !Object.hasOwn(properties, name) && dropped.has(value))
      throw new ServerError('nova.exception.ImageBadRequest');
  }
}

/** Whether Nova passes an item on to Glance as it is, and does not use a value of the image instead. */
const isPassedOn = (name: string, value: string): boolean =>
  !OVERWRITTEN.has(name) && !NOT_SENT.has(name) && !READ_ONLY_NAMES.has(name) && !isBlankId(name, value);

const currentValue = (properties: Properties, name: string): string | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;
