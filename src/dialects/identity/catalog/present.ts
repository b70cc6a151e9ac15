import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../contract/contract.ts';
import type { EndpointRecord } from '../../../identity/records/record.ts';
import { withoutHidden } from '../../../identity/records/records.ts';
import {
  type CatalogEntry,
  type CatalogViewer,
  catalogOf,
  filledEndpoints,
  urlValues,
} from '../../../identity/records/service-catalog.ts';
import type { Scope } from '../../../identity/scopes/scope.ts';
import type { IdentityService } from '../services.ts';

/** Whose catalog it is: what a token says of its owner. */
export interface CatalogOwner {
  readonly userId: string;
  readonly scope: Scope;
}

/** The services of Huawei, whose catalog is the same for all users except for ids in its addresses. */
function presentHuaweiServices(call: Call, cloud: Cloud, owner: CatalogOwner): readonly object[] {
  const values = urlValues(viewerOf(call, owner));
  return cloud.identity.records.fixtures.catalogs.huawei
    .filter(({ isEnabled }) => isEnabled)
    .map(({ id, type, name, endpoints }) => ({
      endpoints: filledEndpoints(endpoints, values).map(({ id: endpointId, interface: face, region, url }) => ({
        id: endpointId,
        interface: face,
        region_id: region,
        url: call.link(url),
        region,
      })),
      id,
      type,
      name,
    }));
}

const viewerOf = (call: Call, { userId, scope }: CatalogOwner): CatalogViewer => ({
  root: call.root,
  userId,
  projectId: scope.kind === 'project' ? scope.projectId : undefined,
});

/** The services that a token sees in Keystone, with their endpoints. */
export const keystoneCatalog = (call: Call, { identity }: Cloud, owner: CatalogOwner) =>
  catalogOf(identity.records, viewerOf(call, owner)).map(({ service, endpoints }) => ({
    service,
    endpoints: endpoints.map(({ endpoint, url }) => ({ endpoint, url: call.link(url) })),
  }));

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
  service === 'iam' ? presentHuaweiServices(call, cloud, owner) : keystoneCatalog(call, cloud, owner).map(presentEntry);
