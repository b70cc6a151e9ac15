import type { Ids } from '../../domain/ids.ts';
import type { CatalogService } from './directory.ts';

/** Stands in the URL of an endpoint for the address of the world that the request was sent to. */
export const ROOT_PLACEHOLDER = '$(sideglance_root)s';

// Clients append the version to the address of the image service, and index services by name, so names are unique.
const SERVICES = [
  { type: 'identity', name: 'keystone', path: '/identity/v3' },
  { type: 'image', name: 'glance', path: '/image' },
  { type: 'compute', name: 'nova', path: '/compute/v2.1' },
] as const;

const INTERFACES = ['public', 'internal', 'admin'] as const;

/** Builds the catalog of a new cloud: the services of OpenStack in one region. */
export function buildCatalog(region: string, ids: Ids): readonly CatalogService[] {
  const hex = (...parts: readonly string[]): string => ids.uuid('catalogue', ...parts).replaceAll('-', '');
  return SERVICES.map(({ type, name, path }) => ({
    id: hex(type, region),
    type,
    name,
    region,
    url: `${ROOT_PLACEHOLDER}${path}`,
    endpoints: INTERFACES.map((face) => ({ id: hex(type, region, face), interface: face })),
    version2Id: hex(type, region, 'v2.0'),
  }));
}
