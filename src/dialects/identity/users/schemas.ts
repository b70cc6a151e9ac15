import {
  BOOLEAN,
  BOOLEAN_OR_NULL,
  createSchema,
  ID,
  ID_OR_NULL,
  NAME,
  TEXT,
  TEXT_OR_NULL,
  updateSchema,
} from '../records/schema-parts.ts';

const PROTOCOL = {
  type: 'object',
  properties: { protocol_id: TEXT, unique_id: TEXT },
  required: ['protocol_id', 'unique_id'],
} as const;

const FEDERATED = {
  type: 'array',
  items: {
    type: 'object',
    properties: { idp_id: TEXT, protocols: { type: 'array', items: PROTOCOL, minItems: 1 } },
    required: ['idp_id', 'protocols'],
  },
} as const;

const MULTI_FACTOR_RULES = {
  type: ['array', 'null'],
  items: { type: 'array', items: TEXT, minItems: 1, uniqueItems: true },
  uniqueItems: true,
} as const;

const OPTIONS = {
  type: 'object',
  properties: {
    ignore_change_password_upon_first_use: BOOLEAN_OR_NULL,
    ignore_password_expiry: BOOLEAN_OR_NULL,
    ignore_lockout_failure_attempts: BOOLEAN_OR_NULL,
    lock_password: BOOLEAN_OR_NULL,
    ignore_user_inactivity: BOOLEAN_OR_NULL,
    multi_factor_auth_rules: MULTI_FACTOR_RULES,
    multi_factor_auth_enabled: BOOLEAN_OR_NULL,
  },
  additionalProperties: false,
} as const;

const MEMBERS = {
  default_project_id: ID_OR_NULL,
  description: TEXT_OR_NULL,
  domain_id: ID,
  enabled: BOOLEAN,
  federated: FEDERATED,
  name: NAME,
  password: TEXT_OR_NULL,
  options: OPTIONS,
} as const;

// The schema of the service has `options` twice; the outer one checks nothing.
const withOptions = <S extends object>(schema: S) => ({ ...schema, options: { type: 'object' } });

/** The body of a new user. */
export const CREATE_USER = withOptions(createSchema(MEMBERS, ['name']));

/** The changes of a user. */
export const UPDATE_USER = withOptions(updateSchema(MEMBERS));

/** The body of a password change. */
export const CHANGE_PASSWORD = {
  type: 'object',
  properties: { original_password: TEXT, password: TEXT },
  required: ['original_password', 'password'],
  additionalProperties: false,
} as const;
