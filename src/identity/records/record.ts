/** The entities of Keystone as records: their shapes by kind. */
import type { EntityRecord } from './entity.ts';
import type { AccessTokenRecord, RequestTokenRecord } from './oauth1-records.ts';

export type { EntityRecord } from './entity.ts';

/** Flags of an entity, such as `immutable`. */
export type RecordOptions = Readonly<Record<string, unknown>>;

/** A domain. It is a project too, with `is_domain`; no record of the kind `project` exists for it. */
export interface DomainRecord extends EntityRecord {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly options: RecordOptions;
}

/** A project that is not a domain. */
export interface ProjectRecord extends DomainRecord {
  readonly domain_id: string;
  /** Id of a project or of the domain. */
  readonly parent_id: string;
  readonly is_domain: boolean;
}

/** A key pair for signed requests (Huawei). */
export interface AccessKeyRecord {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A user. `password`, `password_set_at`, `api_key` and `access_keys` are hidden. */
export interface UserRecord extends EntityRecord {
  readonly name: string;
  readonly domain_id: string;
  readonly enabled: boolean;
  readonly default_project_id?: string | null;
  readonly options: RecordOptions;
  /** `null` or absent for a user without one, who cannot log in by password. */
  readonly password?: string | null;
  /** When the password was set; milliseconds since 1970. */
  readonly password_set_at?: number;
  readonly federated?: readonly FederatedLogIn[];
  /** Rackspace API key. */
  readonly api_key?: string | null;
  readonly access_keys?: readonly AccessKeyRecord[];
}

/** How a user logs in at an identity provider. */
export interface FederatedLogIn {
  readonly idp_id: string;
  readonly protocols: readonly FederatedProtocol[];
}

/** A protocol of an identity provider, and the id of a user there. */
export interface FederatedProtocol {
  readonly protocol_id: string;
  readonly unique_id: string;
}

/** A group of users. */
export interface GroupRecord extends EntityRecord {
  readonly name: string;
  readonly domain_id: string;
  readonly description: string;
}

/** The membership of a user in a group. Its id is `<group>:<user>`. */
export interface MembershipRecord extends EntityRecord {
  readonly group_id: string;
  readonly user_id: string;
}

/** A role. */
export interface RoleRecord extends EntityRecord {
  readonly name: string;
  /** `null` for a role of all domains. */
  readonly domain_id: string | null;
  readonly description: string | null;
  readonly options: RecordOptions;
}

/** A role that another one includes. Its id is `<prior>:<implied>`. */
export interface ImpliedRoleRecord extends EntityRecord {
  readonly prior_role_id: string;
  readonly implied_role_id: string;
}

/** What a role is granted on. */
export type GrantTarget = 'project' | 'domain' | 'system';

/** Target id of grants on the system. */
export const SYSTEM = 'system';

/** A role of a user or group on a target. `grantId` gives its id. */
export interface GrantRecord extends EntityRecord {
  readonly actor_type: 'user' | 'group';
  readonly actor_id: string;
  readonly target_type: GrantTarget;
  /** `system` for the system. */
  readonly target_id: string;
  readonly role_id: string;
  /** Whether the role counts in the projects below the target instead of in the target itself. */
  readonly inherited: boolean;
}

/** A region of the catalog. */
export interface RegionRecord extends EntityRecord {
  readonly description: string;
  readonly parent_region_id: string | null;
}

/** A service of the catalog. */
export interface ServiceRecord extends EntityRecord {
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** An address of a service. */
export interface EndpointRecord extends EntityRecord {
  readonly service_id: string;
  readonly interface: string;
  readonly region_id: string | null;
  /** May contain `$(project_id)s` and the like, and `$(sideglance_root)s` in the endpoints of this server. */
  readonly url: string;
  readonly enabled: boolean;
}

/** A delegation of roles of one user, the trustor, to another. `role_ids` and `expires` are hidden. */
export interface TrustRecord extends EntityRecord {
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  /** `null` for a trust without roles. */
  readonly project_id: string | null;
  /** Whether its tokens are those of the trustor. */
  readonly impersonation: boolean;
  readonly role_ids: readonly string[];
  /** Milliseconds since 1970; `null` for a trust that does not expire. */
  readonly expires: number | null;
  /** How many tokens it can still give; `null` for any number. */
  readonly remaining_uses: number | null;
  /** The trust with whose token it was created. */
  readonly redelegated_trust_id: string | null;
  /** How many times it can be delegated further. */
  readonly redelegation_count: number | null;
}

/** One kind of request that application credentials of a user can be limited to. */
export interface AccessRuleRecord extends EntityRecord {
  readonly user_id: string;
  readonly service: string;
  readonly path: string;
  readonly method: string;
}

/** A mark by which the earlier tokens of a user are no longer valid. Its id is that of the user. */
export interface RevocationRecord extends EntityRecord {
  readonly user_id: string;
  /** Tokens issued at this time or earlier are revoked. Milliseconds since 1970, full seconds. */
  readonly issued_before: number;
}

/** A change that has revoked tokens, as Keystone lists it. */
export interface RevocationEventRecord extends EntityRecord {
  /** Milliseconds since 1970, full seconds. */
  readonly revoked_at: number;
  /** What was revoked: members such as `user_id` or `audit_id`. */
  readonly subject: Readonly<Record<string, string>>;
}

/** The type of the records of each kind. */
export interface RecordTypes {
  readonly domain: DomainRecord;
  readonly project: ProjectRecord;
  readonly user: UserRecord;
  readonly group: GroupRecord;
  readonly membership: MembershipRecord;
  readonly role: RoleRecord;
  readonly 'implied-role': ImpliedRoleRecord;
  readonly grant: GrantRecord;
  readonly region: RegionRecord;
  readonly service: ServiceRecord;
  readonly endpoint: EndpointRecord;
  readonly credential: EntityRecord;
  readonly policy: EntityRecord;
  readonly 'policy-association': EntityRecord;
  readonly 'access-rule': AccessRuleRecord;
  readonly trust: TrustRecord;
  /** Marks that a trust of the same users, project and expiry existed. Its id consists of these. */
  readonly 'trust-key': EntityRecord;
  readonly 'registered-limit': EntityRecord;
  readonly limit: EntityRecord;
  readonly 'identity-provider': EntityRecord;
  readonly protocol: EntityRecord;
  readonly mapping: EntityRecord;
  readonly 'service-provider': EntityRecord;
  readonly 'endpoint-group': EntityRecord;
  readonly 'project-endpoint': EntityRecord;
  readonly 'project-endpoint-group': EntityRecord;
  readonly consumer: EntityRecord;
  readonly 'request-token': RequestTokenRecord;
  readonly 'access-token': AccessTokenRecord;
  readonly 'domain-config': EntityRecord;
  readonly revocation: RevocationRecord;
  readonly 'revocation-event': RevocationEventRecord;
}

/** A kind of records. */
export type RecordKind = keyof RecordTypes;

/** The id of a record that joins two others, such as a membership. */
export const joinIds = (...ids: readonly string[]): string => ids.join(':');

/** The members of a grant but its id. */
export type GrantParts = Pick<
  GrantRecord,
  'actor_type' | 'actor_id' | 'target_type' | 'target_id' | 'role_id' | 'inherited'
>;

/** The id of a grant. */
export const grantId = (grant: GrantParts): string =>
  `${grant.actor_type}:${grant.actor_id}:${grant.target_type}:${grant.target_id}:${grant.role_id}:${
    grant.inherited ? 'inherited' : 'direct'
  }`;
