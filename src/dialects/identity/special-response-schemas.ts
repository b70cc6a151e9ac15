/** Schemas of success responses of operations beyond those that every resource of Keystone has. */
import type { JsonSchema } from '../../contract/schema.ts';
import { collection, ID, objectWith, recordWith, TEXT, TEXT_OR_NULL, TIME, wrapped } from './response-schemas.ts';

/** An object with these members and no other. @param optional - members that may be absent. */
const exact = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  ...objectWith(properties, optional),
  additionalProperties: false,
});

const SELF = exact({ self: TEXT });
const PAGE_LINKS = exact({ self: TEXT, previous: TEXT_OR_NULL, next: TEXT_OR_NULL });

const ROLE = recordWith(['id', 'name', 'domain_id', 'options', 'links']);
/** One role. */
export const ROLE_REPLY = wrapped('role', ROLE);
/** A list of roles. */
export const ROLES_REPLY = collection('roles', ROLE);

/** A list of the groups of a user. */
export const GROUPS_REPLY = collection('groups', recordWith(['id', 'name', 'domain_id', 'description', 'links']));
/** A list of the users in a group. */
export const USERS_REPLY = collection(
  'users',
  recordWith(['id', 'name', 'domain_id', 'enabled', 'password_expires_at', 'options', 'links']),
);

/** A list of endpoints. */
export const ENDPOINTS_REPLY = collection(
  'endpoints',
  recordWith(['id', 'interface', 'region_id', 'service_id', 'url', 'enabled', 'links']),
);
/** A list of endpoint groups. */
export const ENDPOINT_GROUPS_REPLY = collection(
  'endpoint_groups',
  recordWith(['id', 'name', 'description', 'filters', 'links']),
);
/** The association of an endpoint group with a project. */
export const PROJECT_GROUP_REPLY = wrapped(
  'project_endpoint_group',
  exact({ endpoint_group_id: ID, project_id: ID, links: SELF }),
);
/** The policy of an endpoint. */
export const POLICY_REPLY = wrapped('policy', recordWith(['id', 'blob', 'type', 'links']));
/** One region. */
export const REGION_REPLY = wrapped('region', recordWith(['id', 'description', 'parent_region_id', 'links']));

/** A list of trusts, without the roles that they delegate. */
export const TRUSTS_REPLY = collection('trusts', {
  ...recordWith(['id', 'trustor_user_id', 'trustee_user_id', 'project_id', 'impersonation', 'expires_at', 'links']),
  not: { required: ['roles'] },
});

const ACCESS_RULE = exact({ id: ID, service: TEXT, path: TEXT, method: TEXT, links: SELF });
/** One access rule. */
export const ACCESS_RULE_REPLY = wrapped('access_rule', ACCESS_RULE);
/** A list of access rules. */
export const ACCESS_RULES_REPLY = collection('access_rules', ACCESS_RULE);

const EC2_CREDENTIAL = exact({
  user_id: ID,
  tenant_id: TEXT_OR_NULL,
  access: TEXT,
  secret: TEXT_OR_NULL,
  trust_id: TEXT_OR_NULL,
  links: SELF,
});
/** One EC2 credential. */
export const EC2_CREDENTIAL_REPLY = wrapped('credential', EC2_CREDENTIAL);
/** A list of EC2 credentials. */
export const EC2_CREDENTIALS_REPLY = collection('credentials', EC2_CREDENTIAL);

const ACCESS_TOKEN = exact({
  id: ID,
  authorizing_user_id: ID,
  project_id: ID,
  consumer_id: ID,
  expires_at: { anyOf: [TIME, { type: 'null' }] },
  links: exact({ roles: TEXT, self: TEXT }),
});
/** One access token of OAuth 1.0. */
export const ACCESS_TOKEN_REPLY = wrapped('access_token', ACCESS_TOKEN);
/** A list of access tokens of OAuth 1.0. */
export const ACCESS_TOKENS_REPLY = collection('access_tokens', ACCESS_TOKEN);
/** The verifier of a request token that a user has authorized. */
export const VERIFIER_REPLY = wrapped('token', exact({ oauth_verifier: ID }));

const ROLE_LINK = exact({ id: ID, name: TEXT, links: SELF });
/** One role that another one implies. */
export const ROLE_INFERENCE_REPLY = exact({
  role_inference: exact({ prior_role: ROLE_LINK, implies: ROLE_LINK }),
  links: SELF,
});
const IMPLIES = exact({ prior_role: ROLE_LINK, implies: { type: 'array', items: ROLE_LINK } });
/** All roles that a role implies. */
export const IMPLIED_ROLES_REPLY = exact({ role_inference: IMPLIES, links: SELF });
/** All roles that imply others. */
export const ROLE_INFERENCES_REPLY = exact(
  {
    role_inferences: { type: 'array', items: IMPLIES },
    links: { type: 'object' },
  },
  ['links'],
);

const ACTOR = objectWith({ id: ID });
const INHERITED = { 'OS-INHERIT:inherited_to': { const: 'projects' } } as const;
const SCOPE: JsonSchema = {
  oneOf: [
    exact({ project: ACTOR, ...INHERITED }, ['OS-INHERIT:inherited_to']),
    exact({ domain: ACTOR, ...INHERITED }, ['OS-INHERIT:inherited_to']),
    exact({ system: exact({ all: { const: true } }) }),
  ],
};
/** A list of role assignments: the role, the user or group, and where. */
export const ROLE_ASSIGNMENTS_REPLY = collection('role_assignments', {
  ...exact(
    {
      links: exact({ assignment: TEXT, membership: TEXT, prior_role: TEXT }, ['membership', 'prior_role']),
      scope: SCOPE,
      user: ACTOR,
      group: ACTOR,
      role: ACTOR,
    },
    ['user', 'group'],
  ),
  oneOf: [{ required: ['user'] }, { required: ['group'] }],
});

/** What has revoked tokens. */
export const REVOCATION_EVENTS_REPLY = exact({
  events: { type: 'array', items: objectWith({ issued_before: TIME, revoked_at: TIME }) },
  links: PAGE_LINKS,
});

/** How limits are enforced. */
export const LIMIT_MODEL_REPLY = wrapped('model', exact({ name: TEXT, description: TEXT }));

/** The tags of a project. */
export const TAGS_REPLY = exact({ tags: { type: 'array', items: TEXT }, links: SELF });

/** The configuration of a domain, a part of it, or the defaults: options, or groups of options. */
export const CONFIG_REPLY = wrapped('config', { type: 'object', minProperties: 1 });
