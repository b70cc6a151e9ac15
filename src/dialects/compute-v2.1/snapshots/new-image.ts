import { ownMember } from '../../../base/own-member.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { NewImage } from '../../../domain/images/image-changes.ts';
import { DomainError } from '../../../domain/problem.ts';
import {
  assertValue,
  failOnValue,
  isReserved,
  type Properties,
  READ_ONLY,
  withoutBlankIds,
} from '../metadata/glance-attributes.ts';

/** Names on which Nova fails when it creates an image. */
const FAILING: ReadonlySet<string> = new Set(['min_disk', 'min_ram', 'os_hidden']);
const READ_ONLY_NAMES: ReadonlySet<string> = new Set([...READ_ONLY, 'checksum', 'stores', 'status']);
/** Attributes that Nova sets itself. */
const IGNORED: ReadonlySet<string> = new Set(['name', 'visibility', 'os_hash_algo', 'os_hash_value']);

/** Formats that Glance accepts. */
const FORMATS: Readonly<Record<string, ReadonlySet<string>>> = {
  disk_format: new Set(['ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'ploop', 'iso']),
  container_format: new Set(['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed']),
};

/** Attributes that metadata sets. */
const ATTRIBUTES = {
  id: 'id',
  owner: 'owner',
  disk_format: 'diskFormat',
  container_format: 'containerFormat',
} as const satisfies Readonly<Record<string, keyof NewImage>>;

type Attributes = Partial<Record<(typeof ATTRIBUTES)[keyof typeof ATTRIBUTES], string>>;

const isAttribute = (name: string): name is keyof typeof ATTRIBUTES => Object.hasOwn(ATTRIBUTES, name);

/**
 * The image that the metadata of `createImage` describes.
 * @throws ServerError if Nova fails; DomainError `read-only`, `reserved`.
 */
export function newImageOf(metadata: Properties): NewImage {
  for (const [name, value] of Object.entries(metadata)) assertNewValue(name, value);
  const properties = new Map<string, string>();
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (READ_ONLY_NAMES.has(name)) throw new DomainError({ kind: 'read-only', attribute: name });
    if (isReserved(name)) throw new DomainError({ kind: 'reserved', attribute: name });
    if (isAttribute(name)) attributes[ATTRIBUTES[name]] = value;
    else if (!IGNORED.has(name)) properties.set(name, value);
  }
  return { ...attributes, properties: withoutBlankIds(Object.fromEntries(properties)) };
}

function assertNewValue(name: string, value: string): void {
  assertValue(name, value);
  if (FAILING.has(name) || (name === 'id' && !isUuid(value))) failOnValue();
  if (ownMember(FORMATS, name)?.has(value) === false) failOnValue();
}
