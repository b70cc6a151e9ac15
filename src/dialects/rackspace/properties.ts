/** Properties that the provider writes, and clients may not. */
const SYSTEM: ReadonlySet<string> = new Set([
  'owner',
  'visibility',
  'image_type',
  'instance_uuid',
  'user_id',
  'base_image_ref',
  'auto_disk_config',
  'cache_in_nova',
  'flavor_classes',
  'vm_mode',
  'os_hidden',
]);

/** Whether only the provider says this of an image. */
export const isProvidersOwn = (property: string): boolean =>
  SYSTEM.has(property) || property.startsWith('com.rackspace') || property.startsWith('org.openstack');
