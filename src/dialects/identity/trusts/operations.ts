import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord, TrustRecord } from '../../../identity/records/record.ts';
import type { SampleReply } from '../../shared/sample-replies.ts';
import { rejectDelegatedMethod } from '../delegation.ts';
import { recordHandler } from '../records/handlers.ts';
import { listReply } from '../records/list-reply.ts';
import { sampleList } from '../records/operations.ts';
import { type Policy, SYSTEM_READ } from '../records/policy.ts';
import { apiBase, presentRecord } from '../records/present.ts';
import { authorize, pathId, type RecordRequest, without } from '../records/record-request.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { notFound } from '../request-error.ts';
import { roles } from '../roles/resource.ts';
import { reply } from '../service-handler.ts';
import { ROLE_REPLY, ROLES_REPLY, TRUSTS_REPLY } from '../special-response-schemas.ts';
import { presentRoles, READ_TRUST, targetOf, trusts } from './resource.ts';
import { usableTrust } from './usable.ts';

const LIST: OperationShape = { method: 'get', success: 200, errors: [401, 403] };
const READ: OperationShape = { method: 'get', success: 200, errors: [401, 403, 404] };

/** Operations on trusts beyond those of the resource. */
export const trustOperations = specialOperations('OS-TRUST', {
  listTrusts: [LIST, trusts.path, 'List trusts; users list those that they are trustor or trustee of.', TRUSTS_REPLY],
  listTrustRoles: [READ, `${trusts.path}/{trust_id}/roles`, 'List the roles that a trust delegates.', ROLES_REPLY],
  showTrustRole: [READ, `${trusts.path}/{trust_id}/roles/{role_id}`, 'Show a role that a trust delegates.', ROLE_REPLY],
});

/** Handlers of `trustOperations`. */
export const trustHandlers = {
  listTrusts: recordHandler(listTrusts),
  listTrustRoles: recordHandler(listTrustRoles),
  showTrustRole: recordHandler(showTrustRole),
};

/** Sample replies of `trustOperations`. */
export const trustSamples: Readonly<Record<string, SampleReply>> = {
  listTrusts: sampleList(trusts),
  listTrustRoles: sampleList(roles),
};

const OWN: Policy = [...SYSTEM_READ, 'owner'];

function listTrusts(request: RecordRequest): Reply {
  authorizeList(request);
  rejectDelegatedMethod(request.context);
  const items = selectTrusts(request).map((trust) =>
    without(presentRecord(trusts, trust, request), ['roles', 'roles_links']),
  );
  return listReply('trusts', items, request);
}

/** The policy depends on whose trusts are requested; of two users the trustor counts. */
function authorizeList(request: RecordRequest): void {
  const { query } = request.call;
  const [trustor, trustee] = [query.get('trustor_user_id'), query.get('trustee_user_id')];
  if (trustor) authorize(request, 'list_trusts_for_trustor', { policy: OWN, target: { userId: trustor } });
  else if (trustee) authorize(request, 'list_trusts_for_trustee', { policy: OWN, target: { userId: trustee } });
  else authorize(request, 'list_trusts', { policy: SYSTEM_READ });
}

/** All trusts, or, with any query, those of a trustor and those for a trustee. */
function selectTrusts({ records, call: { query } }: RecordRequest): readonly EntityRecord[] {
  if (query.size === 0) return records.all('trust');
  return [
    ...new Set([
      ...records.by('trust', 'trustor', query.get('trustor_user_id') ?? ''),
      ...records.by('trust', 'trustee', query.get('trustee_user_id') ?? ''),
    ]),
  ];
}

/** Returns the trust of the path, once the policy permits it. @throws RequestError 404; IdentityError `not-allowed`. */
function requestedTrust(request: RecordRequest, action: string): TrustRecord {
  const id = pathId(request, 'trust_id');
  const trust = usableTrust(id, request) ?? notFound(`Could not find trust: ${id}.`);
  authorize(request, action, { policy: READ_TRUST, target: targetOf(trust) });
  rejectDelegatedMethod(request.context);
  return trust;
}

function listTrustRoles(request: RecordRequest): Reply {
  const trust = requestedTrust(request, 'list_roles_for_trust');
  return reply(200, {
    roles: presentRoles(trust, request),
    links: { self: `${apiBase(request)}/${trust.id}/roles`, next: null, previous: null },
  });
}

function showTrustRole(request: RecordRequest): Reply {
  const { role_ids: ids } = requestedTrust(request, 'get_role_for_trust');
  const id = pathId(request, 'role_id');
  const role = ids.includes(id) ? request.records.get('role', id) : undefined;
  return reply(200, {
    role: presentRecord(roles, role ?? notFound(`Could not find role: ${id}.`), request),
  });
}
