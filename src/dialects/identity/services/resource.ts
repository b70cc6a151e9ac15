import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { defineResource } from '../records/resource.ts';
import { BOOLEAN, createSchema, NAME, updateSchema } from '../records/schema-parts.ts';

const MEMBERS = { enabled: BOOLEAN, name: NAME, type: { type: 'string', minLength: 1, maxLength: 255 } } as const;

/** Services of the catalog. */
export const services = defineResource({
  kind: 'service',
  title: { one: 'Service', many: 'Services' },
  one: 'service',
  many: 'services',
  path: '/v3/services',
  idParam: 'service_id',
  section: 'Service catalog and endpoints',
  leading: ['name'],
  members: ['id', 'type', 'enabled'],
  defaults: { name: '', enabled: true },
  schemas: { create: createSchema(MEMBERS, ['type']), update: updateSchema(MEMBERS) },
  missingWrapper: null,
  filters: { name: 'text', type: 'text' },
  filterIndexes: { name: 'name', type: 'type' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  sample: { type: 'sample' },
});
