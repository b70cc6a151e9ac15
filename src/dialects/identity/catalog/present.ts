import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { EndpointRecord } from '../../../identity/records/record.ts';
import { withoutHidden } from '../../../identity/records/records.ts';
import { type CatalogEntry, catalogOf } from '../../../identity/records/service-catalog.ts';
import type { Scope } from '../../../identity/scopes/scope.ts';
import type { IdentityService } from '../services.ts';

/** Whose catalog it is: what a token says of its owner. */
export interface CatalogOwner {
  readonly userId: string;
  readonly scope: Scope;
}

/** A service of Huawei in a catalog. */
interface HuaweiService {
  readonly type: string;
  readonly name: string;
  readonly url: string;
}

const huaweiServices = (root: string): readonly HuaweiService[] => [
  { type: 'iam', name: 'iam', url: `${root}/iam/v3` },
  { type: 'image', name: 'glance', url: `${root}/ims` },
  { type: 'imsv2', name: 'ims', url: `${root}/ims/v2` },
];

const INTERFACES = ['public', 'internal', 'admin'] as const;

/** The id of a catalog entry of Huawei: 32 hexadecimal digits, always the same for the same parts. */
const catalogId = (cloud: Cloud, ...parts: readonly string[]): string =>
  cloud.ids.uuid('catalogue', ...parts).replaceAll('-', '');

function presentHuaweiServices(call: Call, cloud: Cloud): readonly object[] {
  const region = cloud.identity.directory.regions.huawei;
  return huaweiServices(call.root).map(({ type, name, url }) => ({
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

/** The services that a token sees in Keystone, with their endpoints. */
export const keystoneCatalog = (call: Call, { identity }: Cloud, { userId, scope }: CatalogOwner) =>
  catalogOf(identity.records, {
    root: call.root,
    userId,
    projectId: scope.kind === 'project' ? scope.projectId : undefined,
  });

const presentEntry = ({ service: { id, type, name }, endpoints }: CatalogEntry): object => ({
  endpoints: endpoints.map(({ endpoint, url }) => presentEndpoint(endpoint, url)),
  id,
  type,
  name,
});

/** An endpoint in a catalog: with the members that clients have added, without its service. */
function presentEndpoint(endpoint: EndpointRecord, url: string): object {
  const { id, interface: face, region_id: region, service_id, enabled, url: _, ...extra } = endpoint;
  return {
    ...withoutHidden('endpoint', extra as unknown as EndpointRecord),
    id,
    interface: face,
    region_id: region,
    url,
    region,
  };
}

/** A request for a catalog. */
export interface CatalogRequest {
  readonly call: Call;
  readonly cloud: Cloud;
  readonly service: IdentityService;
}

/** The version 3 catalog of Keystone or of Huawei's IAM. */
export const presentCatalog = ({ call, cloud, service }: CatalogRequest, owner: CatalogOwner): readonly object[] =>
  service === 'iam' ? presentHuaweiServices(call, cloud) : keystoneCatalog(call, cloud, owner).map(presentEntry);
