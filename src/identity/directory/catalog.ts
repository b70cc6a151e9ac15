import type { Ids } from '../../domain/ids.ts';
import type { CatalogEndpoint, CatalogService, Catalogs, Directory, EndpointInterface, Provider } from './directory.ts';

/** Stands in the URL of an endpoint for the address of the world that the request was sent to. */
export const ROOT_PLACEHOLDER = '$(sideglance_root)s';

/** Every interface, in the order of catalogs. */
export const INTERFACES: readonly EndpointInterface[] = ['public', 'internal', 'admin'];

/** Endpoints of a service with the same address: one for each interface. */
export interface EndpointForm {
  /** Only for a single interface. Default: generated from the seed. */
  readonly id?: string;
  readonly interfaces: readonly EndpointInterface[];
  /** Default: the region of the provider. */
  readonly region?: string;
  readonly url: string;
  readonly isEnabled?: boolean;
  readonly version?: CatalogEndpoint['version'];
}

/** A service of a catalog. */
export interface ServiceForm {
  /** Default: generated from the seed. */
  readonly id?: string;
  readonly type: string;
  readonly name: string;
  readonly isEnabled?: boolean;
  readonly endpoints: readonly EndpointForm[];
}

const everywhere = (url: string): readonly EndpointForm[] => [{ interfaces: INTERFACES, url: ROOT_PLACEHOLDER + url }];

/** Path of Rackspace's servers, and of its images, below the address of a world. */
const RACKSPACE = `${ROOT_PLACEHOLDER}/rackspace`;

// Clients append the version to the address of the image service, and index services by name, so names are unique.
const DEFAULT_SERVICES: Readonly<Record<Provider, readonly ServiceForm[]>> = {
  openstack: [
    { type: 'identity', name: 'keystone', endpoints: everywhere('/identity/v3') },
    { type: 'image', name: 'glance', endpoints: everywhere('/image') },
    { type: 'compute', name: 'nova', endpoints: everywhere('/compute/v2.1') },
  ],
  rackspace: [
    {
      name: 'cloudServersOpenStack',
      type: 'compute',
      endpoints: [
        {
          interfaces: ['public'],
          url: `${RACKSPACE}/servers/v2/$(tenant_id)s`,
          version: { id: '2', info: `${RACKSPACE}/servers/v2`, list: `${RACKSPACE}/servers/` },
        },
      ],
    },
    {
      name: 'cloudImages',
      type: 'image',
      endpoints: [{ interfaces: ['public'], url: `${RACKSPACE}/images/v2/$(tenant_id)s` }],
    },
  ],
  huawei: [
    { type: 'iam', name: 'iam', endpoints: everywhere('/iam/v3') },
    { type: 'image', name: 'glance', endpoints: everywhere('/ims') },
    { type: 'imsv2', name: 'ims', endpoints: everywhere('/ims/v2') },
  ],
};

/** Generates an id of 32 hexadecimal digits. The same description gives another id each time. */
type GenerateId = (...description: readonly string[]) => string;

function idGenerator(ids: Ids): GenerateId {
  const seen = new Map<string, number>();
  return (...description) => {
    const key = description.join('\n');
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    const parts = earlier === 0 ? description : [...description, `#${earlier + 1}`];
    return ids.uuid('catalogue', ...parts).replaceAll('-', '');
  };
}

/** Services of providers that replace the default ones. */
export type CatalogForms = Readonly<Partial<Record<Provider, readonly ServiceForm[]>>>;

/** Builds the service catalogs of a new cloud. */
export function buildCatalogs(regions: Directory['regions'], ids: Ids, forms: CatalogForms = {}): Catalogs {
  const catalogOf = (provider: Provider): readonly CatalogService[] => {
    const hex = idGenerator(ids);
    const services = forms[provider] ?? DEFAULT_SERVICES[provider];
    return services.map((service) => buildService(service, regions[provider], hex));
  };
  return { openstack: catalogOf('openstack'), rackspace: catalogOf('rackspace'), huawei: catalogOf('huawei') };
}

function buildService(service: ServiceForm, defaultRegion: string, hex: GenerateId): CatalogService {
  const { type, name, isEnabled = true, endpoints } = service;
  const version2Ids = new Map<string, string>();
  const version2Id = (region: string): string => {
    const id = version2Ids.get(region) ?? hex(type, region, 'v2.0');
    version2Ids.set(region, id);
    return id;
  };
  return {
    id: service.id ?? hex(type, defaultRegion),
    type,
    name,
    isEnabled,
    endpoints: endpoints.flatMap(({ id, interfaces, region = defaultRegion, url, version, isEnabled: isOn = true }) =>
      interfaces.map((face) => ({
        id: id ?? hex(type, region, face),
        interface: face,
        region,
        url,
        isEnabled: isOn,
        version2Id: version2Id(region),
        ...(version !== undefined && { version }),
      })),
    ),
  };
}
