import type { ImageChanges } from '../../domain/images/image-changes.ts';

/** Names of the attributes in the domain, by their names on the wire. */
export const ATTRIBUTES = {
  name: 'name',
  owner: 'owner',
  visibility: 'visibility',
  protected: 'isProtected',
  os_hidden: 'isHidden',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
  min_disk: 'minDisk',
  min_ram: 'minRam',
  tags: 'tags',
} as const satisfies Readonly<Record<string, keyof ImageChanges>>;

/** Returns whether a name is one of the attributes that clients can set, not a property. */
export const isAttribute = (name: string): name is keyof typeof ATTRIBUTES => Object.hasOwn(ATTRIBUTES, name);

/** Attributes that a patch cannot change. */
export const READ_ONLY: ReadonlySet<string> = new Set([
  'created_at',
  'updated_at',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'direct_url',
  'self',
  'file',
  'schema',
  'id',
  'os_hash_algo',
  'os_hash_value',
]);

/** Names that no property can have, besides those that start with `os_glance`. */
export const RESERVED = ['location', 'deleted', 'deleted_at'] as const;

/** Returns whether a property name is reserved for the service. */
export const isReserved = (name: string): boolean =>
  name.startsWith('os_glance') || (RESERVED as readonly string[]).includes(name);
