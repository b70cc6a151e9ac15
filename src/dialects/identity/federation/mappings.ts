import { isObject } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { assertAllValid } from '../records/check-body.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { conflict, unexpected } from '../request-error.ts';
import { MAPPING } from './mapping-schema.ts';

/** Mappings of the users of identity providers to local ones. */
export const mappings = defineResource({
  kind: 'mapping',
  title: { one: 'Mapping', many: 'Mappings' },
  one: 'mapping',
  many: 'mappings',
  path: '/v3/OS-FEDERATION/mappings',
  idParam: 'mapping_id',
  createBy: 'put',
  section: 'Federation mappings',
  members: ['id', 'rules'],
  defaults: {},
  dropsExtra: true,
  ignoresId: true,
  schemas: { create: MAPPING, update: MAPPING },
  columns: { id: 64 },
  filters: {},
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: { validate: assertMapping, create: assertNew },
  sample: { rules: [{ local: [{ user: { name: '{0}' } }], remote: [{ type: 'UserName' }] }] },
});

/** The service fails on a body that is no object, and names all errors of another one. */
function assertMapping(body: unknown): void {
  if (!isObject(body)) unexpected();
  assertAllValid(body, MAPPING);
}

function assertNew(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  if (records.has('mapping', draft.id)) conflict('mapping', 'Duplicate entry.');
  return draft;
}
