import type { Json } from '../../../base/json.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { pathId, type RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { createSchema, TEXT, updateSchema } from '../records/schema-parts.ts';
import { badRequest } from '../request-error.ts';

const MEMBERS = { blob: TEXT, type: { type: 'string', maxLength: 255 } } as const;

/** Policies: texts that services can fetch. Keystone does not interpret them. */
export const policies = defineResource({
  kind: 'policy',
  title: { one: 'Policy', many: 'Policies' },
  one: 'policy',
  many: 'policies',
  path: '/v3/policies',
  idParam: 'policy_id',
  section: 'Policies',
  members: ['id', 'blob', 'type'],
  defaults: {},
  schemas: { create: createSchema(MEMBERS, ['blob', 'type']), update: updateSchema(MEMBERS) },
  ignoresId: true,
  filters: { type: 'text' },
  filterIndexes: { type: 'type' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: { beforeUpdate: assertSameId },
  sample: { blob: '{}', type: 'application/json' },
});

function assertSameId(body: Json, request: RecordRequest): void {
  if ('id' in body && body['id'] !== pathId(request, 'policy_id')) badRequest('Cannot change policy ID');
}
