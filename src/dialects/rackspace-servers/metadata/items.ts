import { isObject } from '../../../base/json.ts';
import type { Cloud } from '../../../cloud.ts';
import { DomainError } from '../../../domain/problem.ts';
import { isProvidersOwn } from '../../rackspace/properties.ts';
import { imageMetadataQuota } from '../limits/quotas.ts';
import { rules } from '../wire.ts';

type Items = Readonly<Record<string, string>>;

const MAX_CHARACTERS = 255;

/** How disks of servers are set up; the one item whose values are given. */
const DISK_CONFIG = 'auto_disk_config';

/** Marks the images that are made by schedule: who removes it keeps the image for good. */
const CREATED_BY = 'org.openstack__1__created-by';

/** Whether an item is the provider's own and clients may neither set nor remove it. */
export const isKept = (name: string): boolean => isProvidersOwn(name) && name !== DISK_CONFIG && name !== CREATED_BY;

/**
 * Items of metadata that a client sends. Names are kept in lower case, as the guide's examples have it.
 * @throws Refusal 400, 403.
 */
export function parseItems(value: unknown, member: string): Items {
  if (!isObject(value)) return rules.refuse(400, `${member} is an object of texts.`);
  const items = Object.entries(value).map(([name, item]) => [name.toLowerCase(), parseItem(name, item)] as const);
  return Object.fromEntries(items);
}

function parseItem(name: string, value: unknown): string {
  if (name === '' || name.length > MAX_CHARACTERS) {
    return rules.refuse(400, `The name of an item has 1 to ${MAX_CHARACTERS} characters.`);
  }
  if (typeof value !== 'string') return rules.refuse(400, `The value of ${name} is no text.`);
  if (value.length > MAX_CHARACTERS) {
    return rules.refuse(400, `The value of ${name} has more than ${MAX_CHARACTERS} characters.`);
  }
  const lower = name.toLowerCase();
  if (isKept(lower)) return rules.refuse(403, `The item ${lower} is the provider's own.`);
  if (lower !== DISK_CONFIG) return value;
  if (/^disabled$/i.test(value)) return rules.refuse(403, `${DISK_CONFIG} cannot be disabled by users.`);
  return /^(?:true|false)$/i.test(value) ? value : rules.refuse(400, `${DISK_CONFIG} is TRUE or FALSE.`);
}

/**
 * Properties with these items.
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
