/** The policy of an endpoint, and the endpoints of a policy. */

import type { Reply } from '../../../contract/contract.ts';
import type { EndpointRecord, EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { endpoints } from '../endpoints/resource.ts';
import { policies } from '../policies/resource.ts';
import { listReply } from '../records/list-reply.ts';
import { SYSTEM_READ } from '../records/policy.ts';
import { apiBase, presentRecord } from '../records/present.ts';
import { authorize, pathId, type RecordRequest, without } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { reply } from '../service-handler.ts';
import { associatedPolicyId } from './associations.ts';

/** Shows the policy of an endpoint: its own, or that of its service in the region or in one above, or that of its service. */
export function showEndpointPolicy(request: RecordRequest): Reply {
  authorize(request, 'get_policy_for_endpoint', { policy: SYSTEM_READ });
  const endpointId = pathId(request, 'endpoint_id');
  const endpoint = request.records.get('endpoint', endpointId);
  if (endpoint === undefined) notFound(`Could not find endpoint: ${endpointId}.`);
  const id = policyIdOf(endpoint, request) ?? notFound(`No policy is associated with endpoint ${endpointId}.`);
  // An association outlives its policy.
  const policy = request.records.get('policy', id) ?? notFound(`Could not find policy: ('${id}',).`);
  // The link of the service leads nowhere.
  const links = { self: `${apiBase(request)}/endpoints/${id}` };
  return reply(200, { policy: { ...presentRecord(policies, policy, request), links } });
}

function policyIdOf({ id, service_id: service, region_id: region }: EndpointRecord, request: RecordRequest) {
  const own = associatedPolicyId(request, 'endpoint', id);
  if (own !== undefined) return own;
  for (const regionId of regionsAbove(region, request.records)) {
    const policyId = associatedPolicyId(request, 'region_and_service', service, regionId);
    if (policyId !== undefined) return policyId;
  }
  return associatedPolicyId(request, 'service', service);
}

/** A region and those above it. */
function* regionsAbove(regionId: string | null, records: Records): Iterable<string> {
  for (let id = regionId; id !== null; id = records.get('region', id)?.parent_region_id ?? null) yield id;
}

/** Lists the endpoints of what a policy is associated with, even of those that have another policy of their own. */
export function listPolicyEndpoints(request: RecordRequest): Reply {
  const { records } = request;
  authorize(request, 'list_endpoints_for_policy', { policy: SYSTEM_READ });
  const id = pathId(request, 'policy_id');
  if (!records.has('policy', id)) notFound(`Could not find policy: ${id}.`);
  const found = records.by('policy-association', 'policy', id).flatMap((each) => endpointsIn(each, records));
  const items = found.map((endpoint) => without(presentRecord(endpoints, endpoint, request), ['region']));
  return listReply('endpoints', items, request);
}

/** The endpoints of an association; in a region with those in the regions below it. */
function endpointsIn(association: EntityRecord, records: Records): readonly EndpointRecord[] {
  const { endpoint_id: endpointId, service_id: serviceId, region_id: regionId } = association;
  if (typeof endpointId === 'string') {
    const endpoint = records.get('endpoint', endpointId);
    return endpoint === undefined ? [] : [endpoint];
  }
  const ofService = records.by('endpoint', 'service', String(serviceId));
  if (typeof regionId !== 'string') return ofService;
  return regionsBelow(regionId, records).flatMap((id) => ofService.filter((each) => each.region_id === id));
}

/** A region and those below it. */
const regionsBelow = (id: string, records: Records): readonly string[] => [
  id,
  ...records.by('region', 'parent', id).flatMap((child) => regionsBelow(child.id, records)),
];
