import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { IdentityService } from '../services.ts';

/** A service in a catalog. */
export interface CatalogService {
  readonly type: string;
  readonly name: string;
  readonly url: string;
}

// Clients append the version to the address of the image service, and index services by name, so names are unique.
/** The services of OpenStack, with version 3 of identity. @param root - address of the world. */
export const openstackServices = (root: string): readonly CatalogService[] => [
  { type: 'identity', name: 'keystone', url: `${root}/identity/v3` },
  { type: 'image', name: 'glance', url: `${root}/image` },
  { type: 'compute', name: 'nova', url: `${root}/compute/v2.1` },
];

const huaweiServices = (root: string): readonly CatalogService[] => [
  { type: 'iam', name: 'iam', url: `${root}/iam/v3` },
  { type: 'image', name: 'glance', url: `${root}/ims` },
  { type: 'imsv2', name: 'ims', url: `${root}/ims/v2` },
];

const INTERFACES = ['public', 'internal', 'admin'] as const;

/** The id of a catalog entry: 32 hexadecimal digits, always the same for the same parts. */
export const catalogId = (cloud: Cloud, ...parts: readonly string[]): string =>
  cloud.ids.uuid('catalogue', ...parts).replaceAll('-', '');

function presentServices(services: readonly CatalogService[], region: string, cloud: Cloud): readonly object[] {
  return services.map(({ type, name, url }) => ({
    endpoints: INTERFACES.map((face) => ({
      id: catalogId(cloud, type, region, face),
      interface: face,
      region_id: region,
      url,
      region,
    })),
    id: catalogId(cloud, type, region),
    type,
    name,
  }));
}

/** The version 3 catalog of Keystone or of Huawei's IAM. */
export function presentCatalog(call: Call, cloud: Cloud, service: IdentityService): readonly object[] {
  const { regions } = cloud.identity.directory;
  return service === 'iam'
    ? presentServices(huaweiServices(call.root), regions.huawei, cloud)
    : presentServices(openstackServices(call.root), regions.openstack, cloud);
}
