import type { Json } from '../../../base/json.ts';
import type { EntityRecord, UserRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { withPassword } from '../../../identity/records/revocations.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { type RecordRequest, without } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { assertSameDomain, defaultDomainId, NAME_IN_DOMAIN } from '../records/shared-rules.ts';
import { badRequest, notFound } from '../request-error.ts';
import { assertPasswordFilter, type FederatedLogIn, listsUser } from './filters.ts';
import { CREATE_USER, UPDATE_USER } from './schemas.ts';

/** Users. */
export const users = defineResource({
  kind: 'user',
  title: { one: 'User', many: 'Users' },
  one: 'user',
  many: 'users',
  path: '/v3/users',
  idParam: 'user_id',
  section: 'Users',
  members: ['id', 'name', 'domain_id', 'enabled', 'default_project_id', 'password_expires_at', 'options', 'federated'],
  fixed: { password_expires_at: null },
  defaults: { enabled: true, options: {} },
  schemas: { create: CREATE_USER, update: UPDATE_USER },
  trimsName: true,
  filters: { name: 'text', domain_id: 'text', enabled: 'boolean' },
  filterIndexes: { name: 'any-name', domain_id: 'domain' },
  targeted: ['create', 'show', 'update', 'delete'],
  policy: {
    list: [...SYSTEM_READ, 'any-domain-reader'],
    create: ADMIN,
    show: [...SYSTEM_READ, 'domain-reader', 'owner'],
    update: ADMIN,
    delete: ADMIN,
  },
  target: ({ id, domain_id: domainId }) => ({
    ...(typeof domainId === 'string' && { domainId }),
    ...(typeof id === 'string' && { userId: id }),
  }),
  findsBeforeBody: true,
  isListedByDomain: true,
  lists: listsUser,
  unique: [NAME_IN_DOMAIN],
  repeatsExtra: true,
  rules: { list: assertPasswordFilter, create: completeUser, update: completeUpdate },
  sample: { name: 'sample', domain_id: 'default' },
});

function completeUser(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const { domain_id: domainId = defaultDomainId(request) } = draft;
  if (!request.records.has('domain', String(domainId))) notFound(`Could not find domain: ${String(domainId)}.`);
  return withKnownReferences({ ...draft, domain_id: domainId }, request.records);
}

function completeUpdate(
  after: EntityRecord,
  before: EntityRecord,
  body: Json,
  { records, context }: RecordRequest,
): EntityRecord {
  if (body['id'] === null) badRequest('Cannot change user ID');
  assertSameDomain(body, before);
  const user = withKnownReferences(after, records) as UserRecord;
  return 'password' in body ? withPassword(user, user.password ?? null, context.cloud.clock.now()) : user;
}

/** Checks what a user refers to, and drops members that are not kept. */
function withKnownReferences(user: EntityRecord, records: Records): EntityRecord {
  const { default_project_id: projectId, federated } = user;
  if (typeof projectId === 'string' && records.has('domain', projectId)) {
    badRequest(`User's default project ID cannot be a domain ID: ${projectId}`);
  }
  const logins = Array.isArray(federated) ? (federated as readonly FederatedLogIn[]) : [];
  assertProviders(logins, records);
  const dropped = [
    'links',
    'password_expires_at',
    ...(logins.length === 0 ? ['federated'] : []),
    ...(projectId === null ? ['default_project_id'] : []),
  ];
  return { ...without(user, dropped), id: user.id };
}

/** Rejects logins at unknown identity providers, or by unknown protocols. @throws RequestError 400. */
function assertProviders(logins: readonly FederatedLogIn[], records: Records): void {
  for (const { idp_id: provider, protocols } of logins) {
    if (!records.has('identity-provider', provider)) badRequest(`Could not find Identity Provider: ${provider}`);
    const known = new Set(records.by('protocol', 'provider', provider).map(({ protocol_id: id }) => id));
    const unknown = protocols.find(({ protocol_id: id }) => !known.has(id));
    if (unknown !== undefined) {
      badRequest(
        `Could not find federated protocol ${String(unknown['protocol_id'])} for Identity Provider: ${provider}.`,
      );
    }
  }
}
