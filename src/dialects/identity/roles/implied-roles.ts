/** The roles that a role implies. */
import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { type ImpliedRoleRecord, joinIds, type RoleRecord } from '../../../identity/records/record.ts';
import { ADMIN, type Policy, SYSTEM_READ } from '../records/policy.ts';
import { apiBase } from '../records/present.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { conflict, forbidden, notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';

/** A role that implies another one. */
interface Inference {
  readonly prior: RoleRecord;
  readonly implied: RoleRecord;
}

function requestedRole(request: RecordRequest, parameter: string): RoleRecord {
  const id = pathId(request, parameter);
  return request.records.get('role', id) ?? notFound(`Could not find role: ${id}.`);
}

/** Looks up both roles of the path, and checks the policy. @throws RequestError 404; IdentityError `not-allowed`. */
function requestedInference(request: RecordRequest, action: string, policy: Policy): Inference {
  const prior = requestedRole(request, 'prior_role_id');
  const implied = requestedRole(request, 'implies_role_id');
  authorize(request, action, { policy, target: {} });
  return { prior, implied };
}

const inferenceId = ({ prior, implied }: Inference): string => joinIds(prior.id, implied.id);

/** A role as inferences show it. */
export const presentRoleLink = ({ id, name }: RoleRecord, base: string): Json => ({
  id,
  links: { self: `${base}/roles/${id}` },
  name,
});

function presentInference({ prior, implied }: Inference, request: RecordRequest): Json {
  const base = apiBase(request);
  return {
    role_inference: { prior_role: presentRoleLink(prior, base), implies: presentRoleLink(implied, base) },
    links: { self: `${base}/roles/${prior.id}/implies/${implied.id}` },
  };
}

/** The roles that a role implies, as inferences show them. */
function impliedBy(prior: RoleRecord, request: RecordRequest): readonly Json[] {
  return request.records
    .by('implied-role', 'prior', prior.id)
    .map((record) => request.records.get('role', record.implied_role_id))
    .filter((role) => role !== undefined)
    .map((role) => presentRoleLink(role, apiBase(request)));
}

/** Lists the roles that a role implies. */
export function listImpliedRoles(request: RecordRequest): Reply {
  const prior = requestedRole(request, 'prior_role_id');
  authorize(request, 'list_implied_roles', { policy: SYSTEM_READ, target: {} });
  const base = apiBase(request);
  return reply(200, {
    role_inference: { prior_role: presentRoleLink(prior, base), implies: impliedBy(prior, request) },
    links: { self: `${base}/roles/${prior.id}/implies` },
  });
}

/** Shows that a role implies another one; without a body for HEAD. */
export function showImpliedRole(request: RecordRequest): Reply {
  const inference = requestedInference(request, 'get_implied_role', SYSTEM_READ);
  assertImplied(inference, request);
  return request.call.method === 'HEAD' ? NO_CONTENT : reply(200, presentInference(inference, request));
}

/** No role implies `admin`, and global roles do not imply those of a domain. */
const mayImply = ({ prior, implied }: Inference): boolean =>
  implied.name !== 'admin' && (implied.domain_id === null || prior.domain_id !== null);

/** Lets a role imply another one. */
export function createImpliedRole(request: RecordRequest): Reply {
  const inference = requestedInference(request, 'create_implied_role', ADMIN);
  const { prior, implied } = inference;
  if (!mayImply(inference)) forbidden(`${implied.id} cannot be an implied roles.`);
  const id = inferenceId(inference);
  if (request.records.has('implied-role', id)) conflict('implied_role', 'Duplicate entry.');
  request.records.put('implied-role', { id, prior_role_id: prior.id, implied_role_id: implied.id });
  return reply(201, presentInference(inference, request));
}

/** Lets a role no longer imply another one. */
export function deleteImpliedRole(request: RecordRequest): Reply {
  const inference = requestedInference(request, 'delete_implied_role', ADMIN);
  assertImplied(inference, request);
  request.records.delete('implied-role', inferenceId(inference));
  return NO_CONTENT;
}

function assertImplied(inference: Inference, { records }: RecordRequest): ImpliedRoleRecord {
  const { prior, implied } = inference;
  return records.get('implied-role', inferenceId(inference)) ?? notFound(`${prior.id} does not imply ${implied.id}.`);
}

/** Lists all roles that imply others. */
export function listRoleInferences(request: RecordRequest): Reply {
  authorize(request, 'list_role_inference_rules', { policy: SYSTEM_READ });
  const base = apiBase(request);
  const priorIds = new Set(request.records.all('implied-role').map((record) => record.prior_role_id));
  return reply(200, {
    role_inferences: [...priorIds]
      .map((id) => request.records.get('role', id))
      .filter((role) => role !== undefined)
      .map((prior) => ({ prior_role: presentRoleLink(prior, base), implies: impliedBy(prior, request) })),
  });
}
