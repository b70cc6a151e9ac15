/** Properties that only the provider can set. */
const PROVIDER_PROPERTIES: ReadonlySet<string> = new Set([
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

/** Whether only the provider can set a property of that name. */
export const isProviderProperty = (property: string): boolean =>
  PROVIDER_PROPERTIES.has(property) || property.startsWith('com.rackspace') || property.startsWith('org.openstack');
