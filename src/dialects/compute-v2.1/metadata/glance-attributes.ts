/** Metadata items with the names of Glance's attributes, which Nova passes on to Glance as if they were properties. */
import { isUuid } from '../../../base/uuid.ts';
import { IMAGE_STATUSES } from '../../../domain/image.ts';
import { ServerError } from '../protocol/server-error.ts';

/** Metadata or properties. */
export type Properties = Readonly<Record<string, string>>;

/** Names on which Nova's client of Glance always fails. */
const FAILING: ReadonlySet<string> = new Set(['size', 'virtual_size', 'protected', 'tags', 'locations', 'self']);
/** Ids of images, which must be UUIDs. */
const IMAGE_IDS: ReadonlySet<string> = new Set(['kernel_id', 'ramdisk_id']);
const STATUSES: ReadonlySet<string> = new Set(IMAGE_STATUSES);

/** Attributes that no client can set. */
export const READ_ONLY: readonly string[] = ['file', 'schema', 'direct_url', 'created_at', 'updated_at'];

/** Whether Glance reserves a name for itself. */
export const isReserved = (name: string): boolean => /^(?:deleted|deleted_at|os_glance_.*)$/.test(name);

/** Fails as Nova's client of Glance does for a value that an attribute cannot have. @throws ServerError */
export function failOnValue(): never {
  throw new ServerError('TypeError');
}

/**
 * Checks a metadata value whose name is an attribute of Glance.
 * @throws ServerError for an item on which Nova fails.
 */
export function assertValue(name: string, value: string): void {
  if (FAILING.has(name)) failOnValue();
  if (IMAGE_IDS.has(name) && !isBlank(value) && !isUuid(value)) failOnValue();
  if (name === 'status' && !STATUSES.has(value)) failOnValue();
}

const isBlank = (value: string): boolean => value.trim() === '';

/** Whether an item is a blank id of a kernel or ramdisk, which sets nothing. */
export const isBlankId = (name: string, value: string): boolean => IMAGE_IDS.has(name) && isBlank(value);

/** Drops blank ids of a kernel or ramdisk, which mean none. */
export const withoutBlankIds = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name, value]) => !isBlankId(name, value)));
