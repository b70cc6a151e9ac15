import type { EntityRecord, FederatedLogIn, RecordKind, RecordTypes } from './record.ts';

/** The names of the indexes of each kind. */
export interface RecordIndexes {
  readonly domain: 'name';
  readonly project: 'name' | 'any-name' | 'domain' | 'parent';
  readonly user: 'name' | 'any-name' | 'domain' | 'access-key' | 'default-project' | 'federated';
  readonly group: 'name' | 'domain';
  readonly membership: 'group' | 'user';
  readonly role: 'name' | 'any-name' | 'domain';
  readonly 'implied-role': 'prior' | 'implied';
  readonly grant: 'actor' | 'target' | 'role' | 'actor-target';
  readonly region: 'parent';
  readonly service: 'type' | 'name';
  readonly endpoint: 'service' | 'region';
  readonly credential: 'user' | 'project' | 'type';
  readonly policy: 'type';
  readonly 'policy-association': 'policy' | 'endpoint' | 'service' | 'region';
  readonly trust: 'trustor' | 'trustee' | 'project' | 'redelegated';
  readonly 'trust-key': never;
  readonly 'access-rule': 'user' | 'request';
  readonly 'registered-limit': 'service' | 'region' | 'key';
  readonly limit: 'project' | 'domain' | 'registered' | 'key';
  readonly 'identity-provider': 'domain' | 'remote';
  readonly protocol: 'provider' | 'mapping';
  readonly mapping: never;
  readonly 'service-provider': never;
  readonly 'endpoint-group': never;
  readonly 'project-endpoint': 'project' | 'endpoint';
  readonly 'project-endpoint-group': 'project' | 'group';
  readonly consumer: never;
  readonly 'request-token': 'consumer';
  readonly 'access-token': 'consumer' | 'user';
  readonly 'domain-config': 'domain';
  readonly revocation: 'user';
  readonly 'revocation-event': 'all';
}

/** The name of an index of a kind. */
export type IndexName<K extends RecordKind = RecordKind> = RecordIndexes[K];

/** The values under which an index finds a record; `null` and an empty list for none. */
export type IndexValue = string | readonly string[] | null;

/** The records of one kind that go with a deleted record: those whose index has its id as value. */
export type Cascade = {
  readonly [K in RecordKind]: { readonly kind: K; readonly index: IndexName<K> };
}[RecordKind];

/** What the store of records knows about one kind. */
export interface KindDefinition<K extends RecordKind> {
  readonly indexes: { readonly [I in IndexName<K>]: (record: RecordTypes[K]) => IndexValue };
  /** Members that no reply contains. */
  readonly hidden?: readonly string[];
  /** What is deleted with a record. */
  readonly cascades?: readonly Cascade[];
}

/** The keys of logins at identity providers, of which no two users have the same. */
export const federatedKeys = (logIns: readonly FederatedLogIn[] = []): readonly string[] =>
  logIns.flatMap(({ idp_id: provider, protocols }) =>
    protocols.map(({ protocol_id: protocol, unique_id: id }) => indexValue(provider, protocol, id)),
  );

/** Joins the parts of an index value that consists of several ids or names. */
export const indexValue = (...parts: readonly (string | null | undefined)[]): string =>
  parts.map((part) => part ?? '').join('\u0000');

/** Indexes a record by members whose values are ids or texts. */
const member =
  (name: string) =>
  (record: EntityRecord): IndexValue => {
    const value = record[name];
    return typeof value === 'string' ? value : null;
  };

const nameInDomain = (record: { readonly name: string; readonly domain_id: string | null }): string =>
  // Written out, because it runs for every user of large fixtures.
  `${record.name}\u0000${record.domain_id ?? ''}`;

/** A limit belongs to the registered limit of the same service, region and resource. */
const limitKey = (record: EntityRecord): string =>
  indexValue(...['service_id', 'region_id', 'resource_name'].map((name) => record[name] as string | null));

/** The table of all kinds: their indexes, hidden members and cascades. */
export const RECORD_KINDS: { readonly [K in RecordKind]: KindDefinition<K> } = {
  domain: {
    indexes: { name: member('name') },
    cascades: [
      { kind: 'project', index: 'domain' },
      { kind: 'user', index: 'domain' },
      { kind: 'group', index: 'domain' },
      { kind: 'grant', index: 'target' },
      { kind: 'domain-config', index: 'domain' },
      { kind: 'project-endpoint', index: 'project' },
      { kind: 'project-endpoint-group', index: 'project' },
    ],
  },
  project: {
    indexes: {
      name: nameInDomain,
      'any-name': member('name'),
      domain: member('domain_id'),
      parent: member('parent_id'),
    },
    cascades: [
      { kind: 'project', index: 'parent' },
      { kind: 'grant', index: 'target' },
      { kind: 'credential', index: 'project' },
      { kind: 'trust', index: 'project' },
      { kind: 'limit', index: 'project' },
      { kind: 'project-endpoint', index: 'project' },
      { kind: 'project-endpoint-group', index: 'project' },
    ],
  },
  user: {
    indexes: {
      name: nameInDomain,
      'any-name': member('name'),
      domain: member('domain_id'),
      'default-project': member('default_project_id'),
      federated: ({ federated }) => federatedKeys(federated),
      'access-key': ({ access_keys: keys }) => keys?.map(({ accessKey }) => accessKey) ?? null,
    },
    hidden: ['password', 'password_set_at', 'api_key', 'access_keys'],
    cascades: [
      { kind: 'grant', index: 'actor' },
      { kind: 'membership', index: 'user' },
      { kind: 'credential', index: 'user' },
      { kind: 'access-rule', index: 'user' },
      { kind: 'trust', index: 'trustor' },
      { kind: 'trust', index: 'trustee' },
      { kind: 'revocation', index: 'user' },
    ],
  },
  group: {
    indexes: { name: nameInDomain, domain: member('domain_id') },
    cascades: [
      { kind: 'membership', index: 'group' },
      { kind: 'grant', index: 'actor' },
    ],
  },
  membership: { indexes: { group: member('group_id'), user: member('user_id') } },
  role: {
    indexes: { name: nameInDomain, 'any-name': member('name'), domain: ({ domain_id: id }) => String(id ?? '') },
    cascades: [
      { kind: 'grant', index: 'role' },
      { kind: 'implied-role', index: 'prior' },
      { kind: 'implied-role', index: 'implied' },
    ],
  },
  'implied-role': { indexes: { prior: member('prior_role_id'), implied: member('implied_role_id') } },
  grant: {
    indexes: {
      actor: member('actor_id'),
      target: member('target_id'),
      role: member('role_id'),
      'actor-target': ({ actor_id: actor, target_id: target }) => `${actor}\u0000${target}`,
    },
  },
  region: { indexes: { parent: member('parent_region_id') }, cascades: [{ kind: 'region', index: 'parent' }] },
  service: {
    indexes: { type: member('type'), name: member('name') },
    cascades: [
      { kind: 'endpoint', index: 'service' },
      { kind: 'policy-association', index: 'service' },
    ],
  },
  endpoint: {
    indexes: { service: member('service_id'), region: member('region_id') },
    hidden: ['legacy_endpoint_id'],
    cascades: [
      { kind: 'project-endpoint', index: 'endpoint' },
      { kind: 'policy-association', index: 'endpoint' },
    ],
  },
  credential: {
    indexes: { user: member('user_id'), project: member('project_id'), type: member('type') },
  },
  // Associations outlive their policy.
  policy: { indexes: { type: member('type') } },
  'policy-association': {
    indexes: {
      policy: member('policy_id'),
      endpoint: member('endpoint_id'),
      service: member('service_id'),
      region: member('region_id'),
    },
  },
  trust: {
    indexes: {
      trustor: member('trustor_user_id'),
      trustee: member('trustee_user_id'),
      project: member('project_id'),
      redelegated: member('redelegated_trust_id'),
    },
    hidden: ['role_ids', 'expires'],
    cascades: [{ kind: 'trust', index: 'redelegated' }],
  },
  'trust-key': { indexes: {} },
  'access-rule': {
    indexes: {
      user: member('user_id'),
      request: ({ user_id: user, service, method, path }) => indexValue(user, service, method, path),
    },
    hidden: ['user_id'],
  },
  'registered-limit': {
    indexes: { service: member('service_id'), region: member('region_id'), key: limitKey },
  },
  limit: {
    indexes: {
      project: member('project_id'),
      domain: member('domain_id'),
      registered: limitKey,
      key: (limit) => indexValue(String(limit['project_id'] ?? limit['domain_id']), limitKey(limit)),
    },
  },
  'identity-provider': {
    indexes: {
      domain: member('domain_id'),
      remote: ({ remote_ids: ids }) => (Array.isArray(ids) ? (ids as readonly string[]) : null),
    },
    cascades: [{ kind: 'protocol', index: 'provider' }],
  },
  protocol: { indexes: { provider: member('idp_id'), mapping: member('mapping_id') } },
  mapping: { indexes: {} },
  'service-provider': { indexes: {} },
  'endpoint-group': { indexes: {}, cascades: [{ kind: 'project-endpoint-group', index: 'group' }] },
  'project-endpoint': { indexes: { project: member('project_id'), endpoint: member('endpoint_id') } },
  'project-endpoint-group': { indexes: { project: member('project_id'), group: member('endpoint_group_id') } },
  consumer: {
    indexes: {},
    hidden: ['secret'],
    cascades: [
      { kind: 'request-token', index: 'consumer' },
      { kind: 'access-token', index: 'consumer' },
    ],
  },
  'request-token': { indexes: { consumer: member('consumer_id') } },
  // They outlive their user and project.
  'access-token': { indexes: { consumer: member('consumer_id'), user: member('authorizing_user_id') } },
  'domain-config': { indexes: { domain: member('domain_id') } },
  revocation: { indexes: { user: member('user_id') } },
  // One value for all: the index finds the oldest without looking at the others.
  'revocation-event': { indexes: { all: () => 'all' } },
};

/** The kinds of records. */
export const RECORD_KIND_NAMES = Object.keys(RECORD_KINDS) as readonly RecordKind[];
