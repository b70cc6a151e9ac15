import { isObject, type Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { pythonType } from '../../glance/python-repr.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { type RecordRequest, without } from '../records/record-request.ts';
import { defineResource, type UniqueKey } from '../records/resource.ts';
import { BOOLEAN, createSchema, SHORT_NAME, TAGS, TEXT_OR_NULL, updateSchema } from '../records/schema-parts.ts';
import { badRequest, conflict, forbidden, unexpected } from '../request-error.ts';

const MEMBERS = { description: TEXT_OR_NULL, enabled: BOOLEAN, name: SHORT_NAME, tags: TAGS } as const;

const sameName = (name: unknown): string =>
  `it is not permitted to have two projects acting as domains with the same name: ${String(name)}.`;

/** The name of a domain, which projects that act as domains share. */
export const DOMAIN_NAME: UniqueKey = {
  index: 'name',
  kind: 'project',
  value: ({ name }) => String(name),
  details: ({ name }) => sameName(name),
};

/** Domains. Every domain is a project too; see `projects/resource.ts`. */
export const domains = defineResource({
  kind: 'domain',
  title: { one: 'Domain', many: 'Domains' },
  one: 'domain',
  many: 'domains',
  path: '/v3/domains',
  idParam: 'domain_id',
  section: 'Domains',
  members: ['id', 'name', 'description', 'enabled', 'tags', 'options'],
  defaults: { description: '', enabled: true, tags: [], options: {} },
  schemas: { create: createSchema(MEMBERS, ['name']), update: updateSchema(MEMBERS) },
  trimsName: true,
  filters: { name: 'text', enabled: 'boolean' },
  filterIndexes: { name: 'name' },
  targeted: ['show'],
  policy: {
    list: [...SYSTEM_READ, 'any-domain-reader-later'],
    create: ADMIN,
    show: [...SYSTEM_READ, 'own-domain'],
    update: ADMIN,
    delete: ADMIN,
  },
  lookupFirst: ['update', 'delete'],
  lists: ({ id }, { requester: { scope, roles } }) =>
    scope.kind !== 'domain' || roles.includes('admin') || scope.domainId === id,
  unique: [DOMAIN_NAME],
  immutable: 'for-good',
  ignoresId: true,
  rules: { create: completeDomain, update: completeUpdate, delete: assertDisabled },
  sample: { name: 'sample' },
});

function completeDomain(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  const { explicit_domain_id: id } = draft;
  const record = { ...withoutProjectMembers(draft), options: domainOptions(draft['options'], {}) };
  if (id === undefined || id === null) return record;
  if (typeof id !== 'string') unexpected();
  if (!/^[0-9a-f]{32}$/i.test(id)) badRequest('Domain ID does not conform to required UUID format.');
  if (records.has('domain', id)) conflict('project', sameName(draft['name']));
  return { ...record, id };
}

function completeUpdate(after: EntityRecord, { options: before }: EntityRecord, body: Json): EntityRecord {
  const options = 'options' in body ? domainOptions(body['options'], before as Json) : before;
  return { ...withoutProjectMembers(after), options };
}

/** Drops what only projects have: the service stores domains as projects, and hides these members. */
const withoutProjectMembers = (record: EntityRecord): EntityRecord => ({
  ...without(record, ['domain_id', 'parent_id', 'is_domain']),
  id: record.id,
});

/** The service expects a dictionary of options, and the schema does not check it. */
function domainOptions(options: unknown, before: Json): Json {
  if (options === null || typeof options === 'number' || typeof options === 'boolean') {
    badRequest(`argument of type '${pythonType(options)}' is not iterable`);
  }
  if (!isObject(options) || !('immutable' in options)) return before;
  const { immutable } = options;
  if (immutable === null) return without(before, ['immutable']);
  if (typeof immutable !== 'boolean') badRequest(`Expected boolean value, got <class '${pythonType(immutable)}'>`);
  return { ...before, immutable };
}

function assertDisabled({ enabled }: EntityRecord): void {
  if (enabled === true) forbidden('Cannot delete a domain that is enabled, please disable it first.');
}
