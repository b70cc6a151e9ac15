import type { EntityRecord } from '../../../identity/records/record.ts';
import { DOMAIN_CHANGE, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { createSchema, ID, NAME, TEXT_OR_NULL, updateSchema } from '../records/schema-parts.ts';
import { assertSameDomain, defaultDomainId, NAME_IN_DOMAIN } from '../records/shared-rules.ts';
import { notFound } from '../request-error.ts';

const MEMBERS = { description: TEXT_OR_NULL, domain_id: ID, name: NAME } as const;

/** Groups of users. */
export const groups = defineResource({
  kind: 'group',
  title: { one: 'Group', many: 'Groups' },
  one: 'group',
  many: 'groups',
  path: '/v3/groups',
  idParam: 'group_id',
  section: 'Groups',
  members: ['id', 'name', 'domain_id', 'description'],
  defaults: { description: '' },
  schemas: { create: createSchema(MEMBERS, ['name']), update: updateSchema(MEMBERS) },
  trimsName: true,
  filters: { name: 'text', domain_id: 'text' },
  filterIndexes: { domain_id: 'domain' },
  targeted: ['create', 'show', 'update'],
  // Managers of its domain may delete a group.
  targetedLater: ['delete'],
  policy: {
    list: [...SYSTEM_READ, 'any-domain-reader'],
    create: DOMAIN_CHANGE,
    show: [...SYSTEM_READ, 'domain-reader'],
    update: DOMAIN_CHANGE,
    delete: DOMAIN_CHANGE,
  },
  lookupFirst: ['delete'],
  isListedByDomain: true,
  columns: { name: 64 },
  unique: [NAME_IN_DOMAIN],
  rules: { create: completeGroup, update: assertUpdate },
  sample: { name: 'sample', domain_id: 'default' },
});

function completeGroup(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const { domain_id: domainId = defaultDomainId(request) } = draft;
  if (!request.records.has('domain', String(domainId))) notFound(`Could not find domain: ${String(domainId)}.`);
  return { ...draft, domain_id: domainId };
}

function assertUpdate(
  after: EntityRecord,
  before: EntityRecord,
  body: Readonly<Record<string, unknown>>,
): EntityRecord {
  assertSameDomain(body, before);
  return after;
}
