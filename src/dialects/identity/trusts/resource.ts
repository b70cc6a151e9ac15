import type { Json } from '../../../base/json.ts';
import type { EntityRecord, TrustRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { trustKey } from '../../../identity/records/trusts.ts';
import { rejectDelegatedMethod } from '../delegation.ts';
import type { PolicyTarget } from '../records/policy.ts';
import { SYSTEM_READ } from '../records/policy.ts';
import { apiBase, presentRecord } from '../records/present.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource, type RecordStorage } from '../records/resource.ts';
import { roles } from '../roles/resource.ts';
import { completeTrust } from './create-trust.ts';
import { CREATE_TRUST } from './schema.ts';
import { usableTrust } from './usable.ts';

const STORAGE: RecordStorage = {
  get: (_records, id, request) => usableTrust(id, request),
  put: (records, record) => {
    const trust = record as TrustRecord;
    const key = trustKey(trust);
    if (key !== undefined) records.put('trust-key', { id: key });
    records.put('trust', trust);
  },
  delete: (records, { id }) => {
    records.delete('trust', id);
  },
  list: ({ records }) => records.all('trust'),
};

/** Who may read a trust: its two users too. */
export const READ_TRUST = [...SYSTEM_READ, 'owner', 'trustee'] as const;

/** Trusts: delegations of roles from one user, the trustor, to another. */
export const trusts = defineResource({
  kind: 'trust',
  storage: STORAGE,
  title: { one: 'Trust', many: 'Trusts' },
  one: 'trust',
  many: 'trusts',
  path: '/v3/OS-TRUST/trusts',
  idParam: 'trust_id',
  section: 'OS-TRUST',
  // The list has policies of its own.
  verbs: ['create', 'show', 'delete'],
  members: [
    'id',
    'trustor_user_id',
    'trustee_user_id',
    'project_id',
    'impersonation',
    'expires_at',
    'remaining_uses',
    'deleted_at',
    'redelegated_trust_id',
    'redelegation_count',
  ],
  fixed: { deleted_at: null },
  defaults: {},
  schemas: { create: CREATE_TRUST, update: {} },
  filters: {},
  targeted: ['create', 'show', 'delete'],
  policy: { list: SYSTEM_READ, create: ['owner'], show: READ_TRUST, update: [], delete: ['admin', 'owner'] },
  lookupFirst: ['show', 'delete'],
  target: targetOf,
  rules: { requested: ({ context }) => rejectDelegatedMethod(context), create: completeNewTrust },
  present: presentTrust,
  sample: {
    trustor_user_id: 'sample',
    trustee_user_id: 'sample',
    project_id: 'sample',
    impersonation: false,
    expires_at: null,
    remaining_uses: null,
    redelegated_trust_id: null,
    redelegation_count: 0,
    role_ids: [],
  },
});

/** What policies look at in a trust. */
export function targetOf({ trustor_user_id: trustor, trustee_user_id: trustee }: Json): PolicyTarget {
  return {
    ...(typeof trustor === 'string' && { userId: trustor }),
    ...(typeof trustee === 'string' && { trusteeId: trustee }),
  };
}

function completeNewTrust(draft: EntityRecord, request: RecordRequest): EntityRecord {
  rejectDelegatedMethod(request.context);
  return completeTrust(draft, request);
}

/** Presents a trust with its roles first, and with the address of its roles, which leads nowhere in the service. */
function presentTrust({ links, ...reply }: Json, record: EntityRecord, request: RecordRequest): Json {
  return {
    roles: presentRoles(record as TrustRecord, request),
    ...reply,
    roles_links: { self: `${apiBase(request)}/${record.id}/roles`, next: null, previous: null },
    links,
  };
}

/** The roles of a trust as Keystone returns them. */
export const presentRoles = (trust: TrustRecord, request: RecordRequest): readonly Json[] =>
  rolesOf(trust, request.records).map((role) => presentRecord(roles, role, request));

const rolesOf = ({ role_ids: ids }: TrustRecord, records: Records): readonly EntityRecord[] =>
  ids.map((id) => records.get('role', id)).filter((role) => role !== undefined);
