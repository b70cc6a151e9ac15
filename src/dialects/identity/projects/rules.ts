/** The rules of projects and their tree. */
import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { assertSameDomain, defaultDomainId } from '../records/shared-rules.ts';
import { badRequest, conflict, forbidden } from '../request-error.ts';
import { findProject } from './domain-as-project.ts';
import { ancestorsOf, childrenOf, subtreeOf } from './tree.ts';

/** Maximum number of projects above one, its domain included. */
const MAX_ANCESTORS = 5;

/** Completes a new project, or rejects it. @throws RequestError. */
export function completeProject(draft: EntityRecord, request: RecordRequest): EntityRecord {
  return draft['is_domain'] === true ? completeDomain(draft, request) : completeInDomain(draft, request);
}

function completeDomain(record: EntityRecord, { records }: RecordRequest): EntityRecord {
  const { name, domain_id: domainId, parent_id: parentId } = record;
  if (typeof domainId === 'string' || typeof parentId === 'string') {
    badRequest('only root projects are allowed to act as domains.');
  }
  assertDomainName(String(name), records);
  return { ...record, domain_id: null, parent_id: null };
}

function assertDomainName(name: string, records: Records): void {
  if (records.first('domain', 'name', name) === undefined) return;
  conflict('project', `it is not permitted to have two projects acting as domains with the same name: ${name}.`);
}

function completeInDomain(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const domainId = draft['domain_id'] ?? defaultDomainId(request);
  const record = { ...draft, domain_id: domainId, parent_id: draft['parent_id'] ?? domainId };
  assertPlace(record, request.records);
  return record;
}

/** Rejects a project whose domain or parent does not exist, or is not where it should be. @throws RequestError 400, 403. */
function assertPlace(record: EntityRecord & { readonly parent_id: unknown }, records: Records): void {
  const { domain_id: domainId, parent_id: parentId } = record;
  if (!records.has('domain', String(domainId))) badRequest(`Could not find domain: ${String(domainId)}.`);
  const parent = findProject(records, String(parentId));
  if (parent === undefined) badRequest(`Could not find project: ${String(parentId)}.`);
  assertSameBranch(String(domainId), parent);
  const ancestors = ancestorsOf(record, records);
  const disabled = ancestors.toReversed().find(({ enabled }) => enabled !== true);
  if (disabled !== undefined) {
    badRequest(`cannot create a project in a branch containing a disabled project: ${disabled.id}`);
  }
  if (ancestors.length > MAX_ANCESTORS) forbidden(`Max hierarchy depth reached for ${parent.id} branch.`);
}

function assertSameBranch(domainId: string, parent: EntityRecord): void {
  const { is_domain: isDomain, domain_id: parentDomainId } = parent;
  if (isDomain === true && parent.id !== domainId) {
    badRequest(
      `Cannot create project, the parent (${parent.id}) is acting as a domain, but this project's domain id (${domainId}) does not match the parent's id.`,
    );
  }
  if (isDomain !== true && parentDomainId !== domainId) {
    badRequest(
      `Cannot create project, since it specifies its domain_id ${domainId}, but specifies a parent in a different domain (${String(parentDomainId)}).`,
    );
  }
}

/** Completes a changed project, or rejects the change. @throws RequestError. */
export function completeUpdate(
  after: EntityRecord,
  before: EntityRecord,
  body: Json,
  { records }: RecordRequest,
): EntityRecord {
  assertSameDomain(body, before);
  if ('parent_id' in body && body['parent_id'] !== before['parent_id']) {
    forbidden('Update of `parent_id` is not allowed.');
  }
  if ('is_domain' in body && body['is_domain'] !== before['is_domain']) {
    badRequest('Update of `is_domain` is not allowed.');
  }
  if (before['is_domain'] !== true) assertSwitch(after, before, records);
  if (before['is_domain'] === true && after['name'] !== before['name'])
    assertDomainName(String(after['name']), records);
  return after;
}

/** A project is enabled below enabled projects alone, and disabled above disabled ones alone. @throws RequestError 403. */
function assertSwitch(after: EntityRecord, before: EntityRecord, records: Records): void {
  if (after['enabled'] === before['enabled']) return;
  const isEnabled = ({ enabled }: EntityRecord): boolean => enabled === true;
  if (isEnabled(after) && !ancestorsOf(after, records).every(isEnabled)) {
    forbidden(`Cannot enable project ${after.id} since it has disabled parents`);
  }
  if (!isEnabled(after) && subtreeOf(after, records).some(isEnabled)) {
    forbidden(`Cannot disable project ${after.id} since its subtree contains enabled projects.`);
  }
}

/** Rejects the deletion of an enabled domain, and of a project with others below it. @throws RequestError 403. */
export function assertDeletable(record: EntityRecord, { records }: RecordRequest): void {
  if (record['is_domain'] === true) {
    if (record['enabled'] === true) forbidden('Cannot delete a domain that is enabled, please disable it first.');
    return;
  }
  if (childrenOf(record, records).length === 0) return;
  forbidden(
    `Cannot delete the project ${record.id} since it is not a leaf in the hierarchy. Use the cascade option if you want to delete a whole subtree.`,
  );
}
