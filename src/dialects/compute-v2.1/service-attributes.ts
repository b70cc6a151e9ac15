import { isUuid } from '../../base/uuid.ts';
import { IMAGE_STATUSES } from '../../domain/image.ts';
import type { NewImage } from '../../domain/images/image-changes.ts';
import { DomainError } from '../../domain/problem.ts';
import { ServerError } from './server-error.ts';

type Properties = Readonly<Record<string, string>>;

/** Metadata whose names mean something to the image service behind, which this service knows nothing of. */
const FAILING: ReadonlySet<string> = new Set(['size', 'virtual_size', 'protected', 'tags', 'locations', 'self']);
const READ_ONLY: ReadonlySet<string> = new Set(['file', 'schema', 'direct_url', 'created_at', 'updated_at']);
const RESERVED = /^(?:deleted|deleted_at|os_glance_.*)$/;
const IMAGE_IDS: ReadonlySet<string> = new Set(['kernel_id', 'ramdisk_id']);
const STATUSES: ReadonlySet<string> = new Set(IMAGE_STATUSES);

/** Where the client behind finds that a value is none that the attribute can have. */
const failing = (): never => {
  throw new ServerError('TypeError');
};

/** Without the ids of a kernel or ramdisk that are empty, which stand for none. */
const withoutEmptyIds = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name, value]) => value !== '' || !IMAGE_IDS.has(name)));

function checkValue(name: string, value: string): void {
  if (FAILING.has(name)) failing();
  if (IMAGE_IDS.has(name) && value !== '' && !isUuid(value)) failing();
  if (name === 'status' && !STATUSES.has(value)) failing();
}

/** What the service writes over with the image's own when it changes metadata. */
const WRITTEN_OVER: ReadonlySet<string> = new Set([
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
 * The properties that an image has once its metadata is changed.
 * @param status - of the image: metadata that names the same changes nothing.
 * @throws ServerError where the service fails; DomainError `image-not-owned` where the image service forbids it.
 */
export function changedProperties(metadata: Properties, imageId: string, status: string): Properties {
  for (const [name, value] of Object.entries(metadata)) checkValue(name, value);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (READ_ONLY.has(name) || RESERVED.test(name) || (name === 'status' && value !== status)) {
      throw new DomainError({ kind: 'image-not-owned', imageId });
    }
    if (name !== 'status' && !WRITTEN_OVER.has(name)) kept[name] = value;
  }
  return withoutEmptyIds(kept);
}

const CREATE_FAILING: ReadonlySet<string> = new Set(['min_disk', 'min_ram', 'os_hidden']);
const CREATE_READ_ONLY: ReadonlySet<string> = new Set([...READ_ONLY, 'checksum', 'stores', 'status']);
const CREATE_OVERLOOKED: ReadonlySet<string> = new Set(['name', 'visibility', 'os_hash_algo', 'os_hash_value']);

/** Formats that the image service lets an image have. */
const FORMATS: Readonly<Record<string, ReadonlySet<string>>> = {
  disk_format: new Set(['ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'ploop', 'iso']),
  container_format: new Set(['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed']),
};

/** Attributes of a new image that metadata can set, and what they are called. */
const SET_BY_METADATA = {
  id: 'id',
  owner: 'owner',
  disk_format: 'diskFormat',
  container_format: 'containerFormat',
} as const satisfies Readonly<Record<string, keyof NewImage>>;

const isSetByMetadata = (name: string): name is keyof typeof SET_BY_METADATA => Object.hasOwn(SET_BY_METADATA, name);

/**
 * What metadata says of an image that is about to be made.
 * @throws ServerError where the service fails; DomainError `read-only`, `reserved`.
 */
export function newImageOf(metadata: Properties): NewImage {
  for (const [name, value] of Object.entries(metadata)) {
    checkValue(name, value);
    if (CREATE_FAILING.has(name) || (name === 'id' && !isUuid(value))) failing();
    if (FORMATS[name]?.has(value) === false) failing();
  }
  const properties: Record<string, string> = {};
  const attributes: Partial<Record<(typeof SET_BY_METADATA)[keyof typeof SET_BY_METADATA], string>> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (CREATE_READ_ONLY.has(name)) throw new DomainError({ kind: 'read-only', attribute: name });
    if (RESERVED.test(name)) throw new DomainError({ kind: 'reserved', attribute: name });
    if (isSetByMetadata(name)) attributes[SET_BY_METADATA[name]] = value;
    else if (!CREATE_OVERLOOKED.has(name)) properties[name] = value;
  }
  return { ...attributes, properties: withoutEmptyIds(properties) };
}
