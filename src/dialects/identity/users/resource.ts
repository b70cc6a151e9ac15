import type { Json } from '../../../base/json.ts';
import type { EntityRecord, FederatedLogIn, FederatedProtocol, UserRecord } from '../../../identity/records/record.ts';
import { federatedKeys } from '../../../identity/records/record-kinds.ts';
import type { Records } from '../../../identity/records/records.ts';
import { withPassword } from '../../../identity/records/revocations.ts';
import { DOMAIN_CHANGE, SYSTEM_READ } from '../records/policy.ts';
import { type RecordRequest, without } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { assertSameDomain, defaultDomainId, NAME_IN_DOMAIN } from '../records/shared-rules.ts';
import { badRequest, conflict, notFound } from '../request-error.ts';
import { assertPasswordFilter, listsUser } from './filters.ts';
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
  omittedInLists: ['federated'],
  fixed: { password_expires_at: null },
  defaults: { enabled: true, options: {} },
  schemas: { create: CREATE_USER, update: UPDATE_USER },
  trimsName: true,
  filters: { name: 'text', domain_id: 'text', enabled: 'boolean' },
  filterIndexes: { name: 'any-name', domain_id: 'domain' },
  targeted: ['create', 'show', 'update', 'delete'],
  policy: {
    list: [...SYSTEM_READ, 'any-domain-reader'],
    create: DOMAIN_CHANGE,
    show: [...SYSTEM_READ, 'domain-reader', 'owner'],
    update: DOMAIN_CHANGE,
    delete: DOMAIN_CHANGE,
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
  presentShown: withGroupedLogIns,
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
  const user = withKnownReferences(withKeptLogIns(after, before), records) as UserRecord;
  return 'password' in body ? withPassword(user, user.password ?? null, context.cloud.clock.now()) : user;
}

/** An empty list of logins changes nothing. */
const withKeptLogIns = (after: EntityRecord, { federated }: EntityRecord): EntityRecord =>
  Array.isArray(after['federated']) && after['federated'].length === 0 ? { ...after, federated } : after;

/** Shows the logins at one identity provider together. */
function withGroupedLogIns(reply: Json): Json {
  const { federated } = reply;
  if (!Array.isArray(federated)) return reply;
  const grouped = new Map<string, FederatedProtocol[]>();
  for (const { idp_id: provider, protocols } of federated as readonly FederatedLogIn[]) {
    grouped.set(provider, [...(grouped.get(provider) ?? []), ...protocols]);
  }
  return { ...reply, federated: [...grouped].map(([provider, protocols]) => ({ idp_id: provider, protocols })) };
}

/** Rejects logins that a user has already. @throws RequestError 409. */
function assertNewLogIns(userId: string, logIns: readonly FederatedLogIn[], records: Records): void {
  const keys = federatedKeys(logIns);
  const isTaken = (key: string): boolean => records.by('user', 'federated', key).some(({ id }) => id !== userId);
  if (new Set(keys).size < keys.length || keys.some(isTaken)) conflict('federated_user', 'Duplicate entry.');
}

/** Checks what a user refers to, and drops members that are not kept. */
function withKnownReferences(user: EntityRecord, records: Records): EntityRecord {
  const { default_project_id: projectId, federated: logIns = [] } = user as UserRecord;
  if (typeof projectId === 'string' && records.has('domain', projectId)) {
    badRequest(`User's default project ID cannot be a domain ID: ${projectId}`);
  }
  assertProviders(logIns, records);
  assertNewLogIns(user.id, logIns, records);
  const dropped = [
    'links',
    'password_expires_at',
    ...(logIns.length === 0 ? ['federated'] : []),
    ...(projectId === null ? ['default_project_id'] : []),
  ];
  return { ...without(user, dropped), id: user.id };
}

/** Rejects logins at unknown identity providers, or by unknown protocols. @throws RequestError 400. */
function assertProviders(logIns: readonly FederatedLogIn[], records: Records): void {
  for (const { idp_id: provider, protocols } of logIns) {
    if (!records.has('identity-provider', provider)) badRequest(`Could not find Identity Provider: ${provider}`);
    const known = new Set(records.by('protocol', 'provider', provider).map(({ protocol_id: id }) => id));
    const unknown = protocols.find(({ protocol_id: id }) => !known.has(id));
    if (unknown !== undefined) {
      badRequest(`Could not find federated protocol ${unknown.protocol_id} for Identity Provider: ${provider}.`);
    }
  }
}
