import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { ADMIN } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { conflict, forbidden } from '../request-error.ts';
import { assertResource, resourceKey } from './references.ts';
import { CREATE_REGISTERED_LIMITS, UPDATE_REGISTERED_LIMIT } from './schemas.ts';

/** Registered limits: the default limit of a resource of a service. */
export const registeredLimits = defineResource({
  kind: 'registered-limit',
  title: { one: 'RegisteredLimit', many: 'RegisteredLimits' },
  one: 'registered_limit',
  createWrapper: 'registered_limits',
  many: 'registered_limits',
  path: '/v3/registered_limits',
  idParam: 'registered_limit_id',
  section: 'Unified limits',
  notFound: (id) => `Could not find registered limit for ${id}.`,
  members: ['id', 'service_id', 'region_id', 'resource_name', 'default_limit', 'description'],
  defaults: { region_id: null, description: null },
  schemas: { create: CREATE_REGISTERED_LIMITS, update: UPDATE_REGISTERED_LIMIT },
  filters: { service_id: 'text', region_id: 'text', resource_name: 'text' },
  filterIndexes: { service_id: 'service', region_id: 'region' },
  policy: { list: ['anyone'], create: ADMIN, show: ['anyone'], update: ADMIN, delete: ADMIN },
  actions: { create: 'create_registered_limits' },
  unique: [{ index: 'key', value: resourceKey, details: () => 'Duplicate entry.' }],
  rules: {
    create: (draft, { records }) => withResource(draft, records),
    beforeUpdate: (body, { records }) => assertResource(body, 'registered_limit', records),
    update: completeUpdate,
    delete: (record, { records }) => assertUnused(record, records),
  },
  sample: { service_id: 'sample', resource_name: 'cores', default_limit: 10 },
});

function withResource(record: EntityRecord, records: Records): EntityRecord {
  assertResource(record, 'registered_limit', records);
  return record;
}

function completeUpdate(
  after: EntityRecord,
  before: EntityRecord,
  body: Json,
  { records }: RecordRequest,
): EntityRecord {
  assertUnused(before, records);
  // An update that sets the region to null conflicts even with the record itself.
  if (body['region_id'] === null && records.first('registered-limit', 'key', resourceKey(after)) !== undefined) {
    conflict('registered_limit', 'Duplicate entry.');
  }
  return after;
}

/** Rejects a change of what limits refer to. @throws RequestError 403. */
function assertUnused(record: EntityRecord, records: Records): void {
  if (records.first('limit', 'registered', resourceKey(record)) === undefined) return;
  forbidden(
    `Unable to update or delete registered limit ${record.id} because there are project limits associated with it.`,
  );
}
