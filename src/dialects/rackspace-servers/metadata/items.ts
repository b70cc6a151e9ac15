import { isObject } from '../../../base/json.ts';
import type { Cloud } from '../../../cloud.ts';
import { DomainError } from '../../../domain/problem.ts';
import { isProviderProperty } from '../../rackspace/properties.ts';
import { imageMetadataQuota } from '../limits/quotas.ts';
import { checks } from '../wire.ts';

/** Metadata of an image, by name in lower case. */
export type Items = Readonly<Record<string, string>>;

/** Maximum length of a name and of a value. */
const MAX_LENGTH = 255;

/** How disks of servers are partitioned; a client can set it to TRUE or FALSE. */
const DISK_CONFIG = 'auto_disk_config';

/** Marks scheduled images; a client that removes it keeps the image when the schedule would delete it. */
const CREATED_BY = 'org.openstack__1__created-by';

/** Whether clients can neither set nor remove an item, because it belongs to the provider. */
export const isProviderItem = (name: string): boolean =>
  isProviderProperty(name) && name !== DISK_CONFIG && name !== CREATED_BY;

/**
 * Parses metadata from a request. Names are stored in lower case, as in the examples of the guide.
 * @param member - the member of the body that contains it.
 * @throws RequestError 400, 403.
 */
export function parseItems(value: unknown, member: string): Items {
  if (!isObject(value)) return checks.reject(400, `${member} is an object of texts.`);
  const items = Object.entries(value).map(([name, item]) => [name.toLowerCase(), parseItem(name, item)] as const);
  return Object.fromEntries(items);
}

function parseItem(name: string, value: unknown): string {
  if (name === '' || name.length > MAX_LENGTH) {
    return checks.reject(400, `The name of an item has 1 to ${MAX_LENGTH} characters.`);
  }
  if (typeof value !== 'string') return checks.reject(400, `The value of ${name} is no text.`);
  if (value.length > MAX_LENGTH) {
    return checks.reject(400, `The value of ${name} has more than ${MAX_LENGTH} characters.`);
  }
  const key = name.toLowerCase();
  if (isProviderItem(key)) return checks.reject(403, `The item ${key} is the provider's own.`);
  return key === DISK_CONFIG ? checkDiskConfig(value) : value;
}

function checkDiskConfig(value: string): string {
  if (/^disabled$/i.test(value)) return checks.reject(403, `${DISK_CONFIG} cannot be disabled by users.`);
  return /^(?:true|false)$/i.test(value) ? value : checks.reject(400, `${DISK_CONFIG} is TRUE or FALSE.`);
}

/**
 * Adds items to the properties of an image.
 * @throws DomainError `too-many`.
 */
export function withItems(cloud: Pick<Cloud, 'limits'>, properties: Items, items: Items): Items {
  const all = { ...properties, ...items };
  const attempted = Object.keys(all).length;
  const maximum = imageMetadataQuota(cloud);
  if (attempted > maximum && attempted > Object.keys(properties).length) {
    throw new DomainError({ kind: 'too-many', what: 'properties', attempted, maximum });
  }
  return all;
}
