import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { missing } from '../fields.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { pathId, type RecordRequest, without } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { NAME, TEXT_OR_NULL } from '../records/schema-parts.ts';
import { badRequest } from '../request-error.ts';

const PROPERTIES = { description: TEXT_OR_NULL, filters: { type: 'object' }, name: NAME } as const;

const MEMBERS = ['id', 'name', 'description', 'filters'] as const;

/** Endpoint groups: filters of the catalog, for the projects that they are associated with. */
export const endpointGroups = defineResource({
  kind: 'endpoint-group',
  title: { one: 'EndpointGroup', many: 'EndpointGroups' },
  one: 'endpoint_group',
  many: 'endpoint_groups',
  path: '/v3/OS-EP-FILTER/endpoint_groups',
  idParam: 'endpoint_group_id',
  section: 'OS-EP-FILTER',
  notFound: (id) => `Could not find Endpoint Group: ${id}.`,
  members: MEMBERS,
  defaults: { description: null },
  schemas: {
    create: { type: 'object', properties: PROPERTIES, required: ['name', 'filters'] },
    update: { type: 'object', properties: PROPERTIES, minProperties: 1 },
  },
  filters: { name: 'text' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  // `beforeUpdate` looks at the filters before it looks at the id.
  ignoresId: true,
  hasExtra: false,
  rules: { create: completeGroup, beforeUpdate: assertUpdate, update: completeUpdate },
  sample: { name: 'sample', filters: { interface: 'public' } },
});

function completeGroup(draft: EntityRecord): EntityRecord {
  if (Object.keys((draft['filters'] ?? {}) as Json).length === 0)
    badRequest('filters field is required and cannot be empty');
  assertFilters(draft);
  assertKnownMembers(draft);
  return draft;
}

function assertUpdate(body: Json, request: RecordRequest): void {
  assertFilters(body);
  if (body['id'] != null && body['id'] !== pathId(request, 'endpoint_group_id')) badRequest('Cannot change ID');
}

function completeUpdate(after: EntityRecord, _before: EntityRecord, body: Json): EntityRecord {
  assertKnownMembers(body);
  return after;
}

const FILTERS: ReadonlySet<string> = new Set(['service_id', 'region_id', 'interface']);

/** @throws IdentityError `missing` for a filter that endpoints cannot be chosen by. */
function assertFilters({ filters = {} }: Json): void {
  if (Object.keys(filters as Json).some((name) => !FILTERS.has(name))) {
    missing('service_id or region_id or interface', 'endpoint_group');
  }
}

/** @throws RequestError 400 for the first member that the database of the service has no column for. */
function assertKnownMembers(body: Json): void {
  const [unknown] = Object.keys(without(body, MEMBERS));
  if (unknown !== undefined) badRequest(`'${unknown}' is an invalid keyword argument for EndpointGroup`);
}
