import { recordHandler } from '../records/handlers.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { ENDPOINTS_REPLY, POLICY_REPLY } from '../special-response-schemas.ts';
import { type AssociationKind, checkAssociation, deleteAssociation, putAssociation } from './associations.ts';
import { listPolicyEndpoints, showEndpointPolicy } from './lookups.ts';

const POLICY = '/v3/policies/{policy_id}/OS-ENDPOINT-POLICY';
const ENDPOINT = `${POLICY}/endpoints/{endpoint_id}`;
const SERVICE = `${POLICY}/services/{service_id}`;
const REGION = `${SERVICE}/regions/{region_id}`;

const errors = [401, 403, 404];
const READ: OperationShape = { method: 'get', success: 200, errors };
const CHECK: OperationShape = { method: 'get', success: 204, errors };
const PUT: OperationShape = { method: 'put', success: 204, errors };
const DELETE: OperationShape = { method: 'delete', success: 204, errors };

/** The operations that associate policies with endpoints, services and regions. */
export const endpointPolicyOperations = specialOperations('OS-ENDPOINT-POLICY', {
  associateEndpointPolicy: [PUT, ENDPOINT, 'Associate a policy with an endpoint.'],
  checkEndpointPolicy: [CHECK, ENDPOINT, 'Check whether a policy is associated with an endpoint.'],
  dissociateEndpointPolicy: [DELETE, ENDPOINT, 'End the association of a policy with an endpoint.'],
  associateServicePolicy: [PUT, SERVICE, 'Associate a policy with a service.'],
  checkServicePolicy: [CHECK, SERVICE, 'Check whether a policy is associated with a service.'],
  dissociateServicePolicy: [DELETE, SERVICE, 'End the association of a policy with a service.'],
  associateRegionPolicy: [PUT, REGION, 'Associate a policy with a service in a region.'],
  checkRegionPolicy: [CHECK, REGION, 'Check whether a policy is associated with a service in a region.'],
  dissociateRegionPolicy: [DELETE, REGION, 'End the association of a policy with a service in a region.'],
  listPolicyEndpoints: [
    READ,
    `${POLICY}/endpoints`,
    'List the endpoints that a policy is associated with.',
    ENDPOINTS_REPLY,
  ],
  showEndpointPolicy: [
    READ,
    '/v3/endpoints/{endpoint_id}/OS-ENDPOINT-POLICY/policy',
    'Show the policy of an endpoint.',
    POLICY_REPLY,
  ],
});

const put = (kind: AssociationKind) => recordHandler(putAssociation(kind));
const check = (kind: AssociationKind) => recordHandler(checkAssociation(kind));
const remove = (kind: AssociationKind) => recordHandler(deleteAssociation(kind));

/** Handlers of `endpointPolicyOperations`. */
export const endpointPolicyHandlers = {
  associateEndpointPolicy: put('endpoint'),
  checkEndpointPolicy: check('endpoint'),
  dissociateEndpointPolicy: remove('endpoint'),
  associateServicePolicy: put('service'),
  checkServicePolicy: check('service'),
  dissociateServicePolicy: remove('service'),
  associateRegionPolicy: put('region_and_service'),
  checkRegionPolicy: check('region_and_service'),
  dissociateRegionPolicy: remove('region_and_service'),
  listPolicyEndpoints: recordHandler(listPolicyEndpoints),
  showEndpointPolicy: recordHandler(showEndpointPolicy),
};
