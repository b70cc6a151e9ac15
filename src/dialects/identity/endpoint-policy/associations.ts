/** Policies that are associated with an endpoint, a service, or a service in a region. */
import type { Reply } from '../../../contract/contract.ts';
import { type EntityRecord, joinIds, type RecordKind } from '../../../identity/records/record.ts';
import { ADMIN, type Policy, SYSTEM_READ } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';
import { NO_CONTENT } from '../service-handler.ts';

/** What a policy is associated with, as names of policy rules spell it. */
export type AssociationKind = 'endpoint' | 'service' | 'region_and_service';

/** What the paths of each kind name besides the policy, in the order in which it is looked up. */
const PARTS: Readonly<Record<AssociationKind, readonly RecordKind[]>> = {
  endpoint: ['endpoint'],
  service: ['service'],
  region_and_service: ['service', 'region'],
};

/** The id of an association. There is one at most for each endpoint, service, and service in a region. */
const associationId = (kind: AssociationKind, ids: readonly string[]): string => joinIds(kind, ...ids);

/** Returns the policy that is associated with an endpoint, a service, or a service in a region. */
export const associatedPolicyId = (
  { records }: RecordRequest,
  kind: AssociationKind,
  ...ids: readonly string[]
): string | undefined =>
  records.get('policy-association', associationId(kind, ids))?.['policy_id'] as string | undefined;

/** What the path of an association names. */
interface Named {
  readonly policyId: string;
  /** Id of the association of the endpoint, service or region with any policy. */
  readonly id: string;
  readonly members: Readonly<Record<string, string>>;
}

/** Looks up everything that the path names. @throws RequestError 404. */
function namedIn(kind: AssociationKind, request: RecordRequest): Named {
  const [policyId, ...ids] = (['policy', ...PARTS[kind]] as const).map((part) => {
    const id = pathId(request, `${part}_id`);
    if (!request.records.has(part, id)) notFound(`Could not find ${part}: ${id}.`);
    return id;
  }) as [string, ...string[]];
  const members = Object.fromEntries(PARTS[kind].map((part, index) => [`${part}_id`, ids[index] ?? '']));
  return { policyId, id: associationId(kind, ids), members };
}

function openAssociation(
  request: RecordRequest,
  kind: AssociationKind,
  { verb, policy }: { readonly verb: string; readonly policy: Policy },
): Named {
  authorize(request, `${verb}_policy_association_for_${kind}`, { policy });
  return namedIn(kind, request);
}

const isWithPolicy = (association: EntityRecord | undefined, policyId: string): boolean =>
  association?.['policy_id'] === policyId;

/** Associates a policy, in place of the one that was associated before. */
export const putAssociation =
  (kind: AssociationKind) =>
  (request: RecordRequest): Reply => {
    const { id, policyId, members } = openAssociation(request, kind, { verb: 'create', policy: ADMIN });
    // The service adds an association anew even if only its policy changes.
    request.records.delete('policy-association', id);
    request.records.put('policy-association', { id, policy_id: policyId, ...members });
    return NO_CONTENT;
  };

/** Checks whether a policy is associated. */
export const checkAssociation =
  (kind: AssociationKind) =>
  (request: RecordRequest): Reply => {
    const { id, policyId } = openAssociation(request, kind, { verb: 'check', policy: SYSTEM_READ });
    if (!isWithPolicy(request.records.get('policy-association', id), policyId)) {
      notFound('Could not find policy association.');
    }
    return NO_CONTENT;
  };

/** Ends the association of a policy, if there is one. */
export const deleteAssociation =
  (kind: AssociationKind) =>
  (request: RecordRequest): Reply => {
    const { id, policyId } = openAssociation(request, kind, { verb: 'delete', policy: ADMIN });
    if (isWithPolicy(request.records.get('policy-association', id), policyId)) {
      request.records.delete('policy-association', id);
    }
    return NO_CONTENT;
  };
