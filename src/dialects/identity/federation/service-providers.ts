import type { EntityRecord } from '../../../identity/records/record.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { conflict, unexpected } from '../request-error.ts';
import { CREATE_SERVICE_PROVIDER, UPDATE_SERVICE_PROVIDER } from './schemas.ts';

/** Service providers: other clouds that accept the users of this one. */
export const serviceProviders = defineResource({
  kind: 'service-provider',
  title: { one: 'ServiceProvider', many: 'ServiceProviders' },
  one: 'service_provider',
  many: 'service_providers',
  path: '/v3/OS-FEDERATION/service_providers',
  idParam: 'sp_id',
  createBy: 'put',
  section: 'Federation service providers',
  notFound: (id) => `Could not find Service Provider: ${id}.`,
  members: ['auth_url', 'id', 'enabled', 'description', 'relay_state_prefix', 'sp_url'],
  defaults: { enabled: false, description: null, relay_state_prefix: 'ss:mem:' },
  schemas: { create: CREATE_SERVICE_PROVIDER, update: UPDATE_SERVICE_PROVIDER },
  columns: { id: 64, relay_state_prefix: 256 },
  filters: { id: 'text', enabled: 'boolean' },
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: { create: assertNew, update: assertPrefix },
  sample: { auth_url: 'http://127.0.0.1/auth', sp_url: 'http://127.0.0.1/sp' },
});

function assertNew(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  if (records.has('service-provider', draft.id)) {
    conflict('service_provider', `Duplicate entry found with ID ${draft.id}.`);
  }
  return assertPrefix(draft);
}

/** The service accepts `null` and fails to store it. */
function assertPrefix(provider: EntityRecord): EntityRecord {
  if (provider['relay_state_prefix'] === null) unexpected();
  return provider;
}
