import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { conflict, notFound } from '../request-error.ts';
import { CREATE_IDENTITY_PROVIDER, UPDATE_IDENTITY_PROVIDER } from './schemas.ts';

const PATH = '/OS-FEDERATION/identity_providers';

/** Identity providers, which authenticate users elsewhere. */
export const identityProviders = defineResource({
  kind: 'identity-provider',
  title: { one: 'IdentityProvider', many: 'IdentityProviders' },
  one: 'identity_provider',
  many: 'identity_providers',
  path: `/v3${PATH}`,
  idParam: 'idp_id',
  createBy: 'put',
  section: 'Federation identity providers',
  notFound: (id) => `Could not find Identity Provider: ${id}.`,
  members: ['id', 'domain_id', 'enabled', 'description', 'remote_ids', 'authorization_ttl'],
  defaults: { enabled: false, description: null, remote_ids: [], authorization_ttl: null },
  schemas: { create: CREATE_IDENTITY_PROVIDER, update: UPDATE_IDENTITY_PROVIDER },
  columns: { id: 64 },
  filters: { id: 'text', enabled: 'boolean' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: {
    create: completeProvider,
    update: (provider, _before, _body, { records }) => withRemoteIds(provider, records),
  },
  links: ({ id }, base) => ({ self: `${base}${PATH}/${id}`, protocols: `${base}${PATH}/${id}/protocols` }),
  sample: { domain_id: 'default' },
});

function completeProvider(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const { records } = request;
  const { id, domain_id: domainId } = draft;
  if (typeof domainId === 'string' && !records.has('domain', domainId)) notFound(`Could not find domain: ${domainId}.`);
  if (records.has('identity-provider', id)) conflict('identity_provider', `Duplicate entry: ${id}.`);
  const provider = withRemoteIds(draft, records);
  return typeof domainId === 'string' ? provider : { ...provider, domain_id: createDomain(id, request) };
}

/** Creates the domain of a provider that names none; its id is its name. */
function createDomain(providerId: string, { context, records }: RecordRequest): string {
  const id = context.cloud.ids.nextHex('keystone', 'domain', 'identity-provider', providerId);
  const description = `Auto generated federated domain for Identity Provider: ${providerId}`;
  records.put('domain', { id, name: id, description, enabled: true, tags: [], options: {} });
  return id;
}

/** Rejects a remote id that another provider has. @throws RequestError 409. */
function withRemoteIds(provider: EntityRecord, records: Records): EntityRecord {
  const ids = Array.isArray(provider['remote_ids']) ? (provider['remote_ids'] as readonly string[]) : [];
  const isTaken = (remoteId: string): boolean =>
    records.by('identity-provider', 'remote', remoteId).some(({ id }) => id !== provider.id);
  const taken = ids.find(isTaken);
  if (taken !== undefined) conflict('identity_provider', `Duplicate remote ID: ${taken}.`);
  return { ...provider, remote_ids: ids };
}
