import type { Cloud } from '../../cloud.ts';
import type { Call } from '../../contract/contract.ts';

/** One service of a catalogue. */
interface Service {
  readonly type: string;
  readonly name: string;
  readonly url: string;
}

// Clients append the version to an image address themselves, and keep services by name: one of each name.
const openstackServices = (root: string): readonly Service[] => [
  { type: 'identity', name: 'keystone', url: `${root}/identity/v3` },
  { type: 'image', name: 'glance', url: `${root}/image` },
  { type: 'compute', name: 'nova', url: `${root}/compute/v2.1` },
];

const huaweiServices = (root: string): readonly Service[] => [
  { type: 'iam', name: 'iam', url: `${root}/iam/v3` },
  { type: 'image', name: 'glance', url: `${root}/ims` },
  { type: 'imsv2', name: 'ims', url: `${root}/ims/v2` },
];

const INTERFACES = ['public', 'internal', 'admin'] as const;

function present(services: readonly Service[], region: string, cloud: Cloud): readonly object[] {
  const hex = (...parts: readonly string[]): string => cloud.ids.uuid('catalogue', ...parts).replaceAll('-', '');
  return services.map(({ type, name, url }) => ({
    endpoints: INTERFACES.map((face) => ({
      id: hex(type, region, face),
      interface: face,
      region_id: region,
      url,
      region,
    })),
    id: hex(type, region),
    type,
    name,
  }));
}

/** The v3 catalogue of OpenStack. */
export const openstackCatalogue = (call: Call, cloud: Cloud): readonly object[] =>
  present(openstackServices(call.root), cloud.identity.directory.regions.openstack, cloud);

/** The v3 catalogue of Huawei's IAM. */
export const huaweiCatalogue = (call: Call, cloud: Cloud): readonly object[] =>
  present(huaweiServices(call.root), cloud.identity.directory.regions.huawei, cloud);

/** The v2.0 catalogue of OpenStack. */
export function openstackCatalogueV2(call: Call, cloud: Cloud): readonly object[] {
  const { openstack: region } = cloud.identity.directory.regions;
  const services = [
    ...openstackServices(call.root).filter(({ type }) => type !== 'identity'),
    { type: 'identity', name: 'keystone', url: `${call.root}/identity/v2.0` },
  ];
  return services.map(({ type, name, url }) => ({
    type,
    name,
    endpoints: [
      {
        id: cloud.ids.uuid('catalogue', type, region, 'v2.0').replaceAll('-', ''),
        region,
        publicURL: url,
        internalURL: url,
        adminURL: url,
      },
    ],
    endpoints_links: [],
  }));
}

/** The catalogue of Rackspace, for one account. */
export function rackspaceCatalogue(call: Call, cloud: Cloud, tenantId: string): readonly object[] {
  const { rackspace: region } = cloud.identity.directory.regions;
  const servers = `${call.root}/rackspace/servers`;
  return [
    {
      name: 'cloudServersOpenStack',
      type: 'compute',
      endpoints: [
        {
          region,
          tenantId,
          publicURL: `${servers}/v2/${tenantId}`,
          versionId: '2',
          versionInfo: `${servers}/v2`,
          versionList: `${servers}/`,
        },
      ],
    },
    {
      name: 'cloudImages',
      type: 'image',
      endpoints: [{ region, tenantId, publicURL: `${call.root}/rackspace/images/v2/${tenantId}` }],
    },
  ];
}
