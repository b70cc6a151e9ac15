import type { Json } from '../../../base/json.ts';
import { toMicroseconds } from '../../../domain/clock.ts';
import { IdentityError } from '../../../identity/problem.ts';
import type { EntityRecord, TrustRecord } from '../../../identity/records/record.ts';
import { trustKey } from '../../../identity/records/trusts.ts';
import { trustIdOf } from '../delegation.ts';
import { parseExpiry } from '../parse-time.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { type RecordRequest, without } from '../records/record-request.ts';
import { conflict, notFound, unexpected } from '../request-error.ts';
import { requirePermission } from '../service-handler.ts';
import { assertWithinParent, parentOf, redelegationCount } from './redelegation.ts';

/** Members of a body that do not become members of the record. */
const CONSUMED = ['roles', 'allow_redelegation', 'roles_links', 'links', 'deleted_at'] as const;

/** Completes a new trust, or rejects it: first for its users and roles, then for its expiry and further delegation. */
export function completeTrust(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const projectId = (draft['project_id'] ?? null) as string | null;
  const roleIds = delegatedRoles(draft, projectId, request);
  const parent = parentOf(draft, request);
  const expires = expiryOf(draft, request);
  const trust = {
    ...without(draft, CONSUMED),
    id: draft.id,
    trustor_user_id: String(draft['trustor_user_id']),
    trustee_user_id: String(draft['trustee_user_id']),
    project_id: projectId,
    impersonation: draft['impersonation'] === true,
    role_ids: [...new Set(roleIds)],
    expires,
    expires_at: presentExpiry(expires),
    remaining_uses: (draft['remaining_uses'] ?? null) as number | null,
    redelegated_trust_id: parent?.id ?? (draft['redelegated_trust_id'] === '' ? '' : null),
    redelegation_count: redelegationCount(draft, parent),
  };
  if (parent !== undefined) assertWithinParent(trust, parent);
  if (draft['deleted_at'] != null) unexpected();
  assertUnique(trust, roleIds, request);
  return withExpiryOfParent(trust, parent, request);
}

/** The roles of a body, which the trustor has. @throws RequestError 404; IdentityError `not-allowed`, `role-not-found`. */
function delegatedRoles(
  { trustor_user_id: trustorId, trustee_user_id: trusteeId, roles = [] }: Json,
  projectId: string | null,
  { records, context }: RecordRequest,
): readonly string[] {
  if (!records.has('user', String(trusteeId))) notFound(`Could not find user: ${String(trusteeId)}.`);
  const requested = roles as readonly Json[];
  requirePermission(requested.length > 0 || projectId === null, 'At least one role should be specified');
  const { index } = context.cloud.identity;
  const ids = requested.map(({ id, name }) => (id === undefined ? roleNamed(String(name), index) : String(id)));
  if (projectId !== null && findProject(records, projectId) === undefined) {
    notFound(`Could not find project: ${projectId}.`);
  }
  const held = projectId === null ? [] : index.roles(String(trustorId), projectId);
  const missing = ids.find((id) => !held.some((role) => role.id === id));
  if (missing !== undefined) notFound(`Could not find role: ${missing}.`);
  return ids;
}

function roleNamed(name: string, index: RecordRequest['context']['cloud']['identity']['index']): string {
  const role = index.role({ id: undefined, name });
  if (role === undefined) throw new IdentityError({ kind: 'role-not-found', role: name });
  return role.id;
}

function expiryOf({ expires_at: text }: Json, { context }: RecordRequest): number | null {
  const expires = parseExpiry((text ?? null) as string | null);
  if (expires !== null && expires <= context.cloud.clock.now()) throw new IdentityError({ kind: 'expiry-passed' });
  return expires;
}

/** The service shows full seconds. */
const presentExpiry = (expires: number | null): string | null =>
  expires === null ? null : toMicroseconds(expires - (expires % 1000));

/** A trust that is created with the token of another expires with it, unless it names a time itself. */
function withExpiryOfParent(
  trust: TrustRecord,
  parent: TrustRecord | undefined,
  { context }: RecordRequest,
): TrustRecord {
  if (trust.expires !== null || parent === undefined || trustIdOf(context) === undefined) return trust;
  return { ...trust, expires: parent.expires, expires_at: presentExpiry(parent.expires) };
}

/** @throws RequestError 409 for a trust that exists or existed, and for a role that is listed twice. */
function assertUnique(trust: TrustRecord, roleIds: readonly string[], { records }: RecordRequest): void {
  const key = trustKey(trust);
  if (trust.role_ids.length === roleIds.length && (key === undefined || !records.has('trust-key', key))) return;
  conflict('trust', `Duplicate entry found with ID ${trust.id}.`);
}
