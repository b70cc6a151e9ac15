import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { ADMIN, type Policy, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource, type Verb } from '../records/resource.ts';
import { createSchema, IMMUTABLE_OPTIONS, NAME, TEXT, updateSchema } from '../records/schema-parts.ts';
import { NAME_IN_DOMAIN } from '../records/shared-rules.ts';
import { badRequest, unexpected } from '../request-error.ts';

const MEMBERS = { name: NAME, description: TEXT, options: IMMUTABLE_OPTIONS } as const;

/** Names of the policy rules for roles that belong to a domain. */
const DOMAIN_ROLE_ACTIONS: Readonly<Record<Verb, string>> = {
  list: 'list_domain_roles',
  create: 'create_domain_role',
  show: 'get_domain_role',
  update: 'update_domain_role',
  delete: 'delete_domain_role',
};

/** Whether a request is for roles that belong to a domain. */
const isOfDomain = (verb: Verb, { domain_id: domainId }: Json, { call }: RecordRequest): boolean =>
  verb === 'list' ? Boolean(call.query.get('domain_id')) : domainId !== undefined && domainId !== null;

const READ_ROLES: Policy = [...SYSTEM_READ, 'any-domain-manager'];

/** Roles: global ones, and those that belong to a domain. */
export const roles = defineResource({
  kind: 'role',
  title: { one: 'Role', many: 'Roles' },
  one: 'role',
  many: 'roles',
  path: '/v3/roles',
  idParam: 'role_id',
  section: 'Roles',
  members: ['id', 'name', 'domain_id', 'description', 'options'],
  defaults: { domain_id: null, description: null, options: {} },
  schemas: { create: createSchema(MEMBERS, ['name']), update: updateSchema(MEMBERS) },
  columns: { domain_id: 64, description: 255 },
  filters: { name: 'text', domain_id: 'text' },
  filterIndexes: { name: 'any-name', domain_id: 'domain' },
  policy: { list: READ_ROLES, create: ADMIN, show: READ_ROLES, update: ADMIN, delete: ADMIN },
  actionFor: (verb, role, request) => (isOfDomain(verb, role, request) ? DOMAIN_ROLE_ACTIONS[verb] : undefined),
  // Managers of domains may read global roles alone.
  policyFor: (verb, role, request) =>
    (verb === 'list' || verb === 'show') && isOfDomain(verb, role, request) ? SYSTEM_READ : undefined,
  lookupFirst: ['show', 'update', 'delete'],
  // A list without a domain holds the global roles alone.
  lists: ({ domain_id: domainId }, { call }) => call.query.has('domain_id') || domainId === null,
  unique: [NAME_IN_DOMAIN],
  immutable: 'until-unset',
  rules: { checkBody: assertObject, create: completeRole, update: assertDomain },
  sample: { name: 'sample' },
});

/** The service fails on a body that is no object. @throws RequestError 500. */
function assertObject(body: unknown, verb: Verb): void {
  if (verb === 'create' && (typeof body !== 'object' || body === null || Array.isArray(body))) unexpected();
}

/** The schema does not check the domain, and the service does not look it up. */
function completeRole(draft: EntityRecord): EntityRecord {
  if (typeof draft['domain_id'] === 'object' && draft['domain_id'] !== null) unexpected();
  return draft;
}

function assertDomain(after: EntityRecord, before: EntityRecord, body: Json): EntityRecord {
  if ('domain_id' in body && body['domain_id'] !== before['domain_id']) {
    badRequest('Update of `domain_id` is not allowed.');
  }
  return after;
}
