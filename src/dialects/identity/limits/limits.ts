import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { indexValue } from '../../../identity/records/record-kinds.ts';
import type { Records } from '../../../identity/records/records.ts';
import { missing } from '../fields.ts';
import { since } from '../profiles.ts';
import { ADMIN, type PolicyTarget, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { forbidden } from '../request-error.ts';
import { assertResource, resourceKey } from './references.ts';
import { CREATE_LIMITS, UPDATE_LIMIT } from './schemas.ts';

/** Limits of projects and domains, in place of registered ones. */
export const limits = defineResource({
  kind: 'limit',
  title: { one: 'Limit', many: 'Limits' },
  one: 'limit',
  createWrapper: 'limits',
  many: 'limits',
  path: '/v3/limits',
  idParam: 'limit_id',
  section: 'Unified limits',
  notFound: (id) => `Could not find limit for ${id}.`,
  members: [
    'id',
    'project_id',
    'domain_id',
    'resource_limit',
    'description',
    'service_id',
    'region_id',
    'resource_name',
  ],
  defaults: { project_id: null, domain_id: null, region_id: null, description: null },
  schemas: { create: CREATE_LIMITS, update: UPDATE_LIMIT },
  filters: { service_id: 'text', region_id: 'text', resource_name: 'text', project_id: 'text', domain_id: 'text' },
  filterIndexes: { project_id: 'project', domain_id: 'domain' },
  targeted: ['show'],
  policy: {
    list: ['anyone'],
    create: ADMIN,
    show: [...SYSTEM_READ, 'in-project', 'in-domain'],
    update: ADMIN,
    delete: ADMIN,
  },
  actions: { create: 'create_limits' },
  lookupFirst: ['update', 'delete'],
  target: targetOf,
  lists: isOfScope,
  unique: [{ index: 'key', value: keyOf, details: () => 'Duplicate entry.' }],
  rules: { create: completeLimit, update: keepEmpty },
  sample: { project_id: 'sample', service_id: 'sample', resource_name: 'cores', resource_limit: 5 },
});

function keyOf(limit: Json): string {
  const { project_id: projectId, domain_id: domainId } = limit;
  return indexValue(String(projectId ?? domainId), resourceKey(limit));
}

/** A limit belongs to its domain, or to its project and the domain of that. */
function targetOf({ project_id: projectId, domain_id: domainId }: Json, records: Records): PolicyTarget {
  if (typeof projectId !== 'string') return typeof domainId === 'string' ? { domainId } : {};
  return { projectId, domainId: records.get('project', projectId)?.domain_id ?? null };
}

/** A list holds the limits of the token's project or domain; a token for the system lists all, and since 2026.2 one of an administrator. */
function isOfScope({ project_id: projectId, domain_id: domainId }: EntityRecord, request: RecordRequest): boolean {
  const { scope, roles } = request.requester;
  if (roles.includes('admin') && since(request.context.cloud, '2026.2')) return true;
  switch (scope.kind) {
    case 'project':
      return projectId === scope.projectId;
    case 'domain':
      return domainId === scope.domainId;
    default:
      return scope.kind === 'system';
  }
}

function completeLimit(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  assertResource(draft, 'limit', records);
  const limit = withOwner(draft, records);
  if (records.first('registered-limit', 'key', resourceKey(limit)) === undefined) {
    forbidden('Unable to create a limit that has no corresponding registered limit.');
  }
  return limit;
}

/** An update leaves empty members as they were: a limit cannot become 0, and a description cannot be cleared. */
function keepEmpty(after: EntityRecord, before: EntityRecord): EntityRecord {
  return {
    ...after,
    resource_limit: after['resource_limit'] || before['resource_limit'],
    description: after['description'] || before['description'],
  };
}

/** Rejects an unknown project or domain; a project that acts as a domain counts as the domain. */
function withOwner(limit: EntityRecord, records: Records): EntityRecord {
  const { project_id: projectId, domain_id: domainId } = limit;
  if (typeof projectId === 'string' && records.has('domain', projectId)) {
    return { ...limit, project_id: null, domain_id: projectId };
  }
  if (typeof projectId === 'string' && !records.has('project', projectId)) missing('project_id', 'limit');
  if (typeof domainId === 'string' && !records.has('domain', domainId)) missing('domain_id', 'limit');
  return limit;
}
