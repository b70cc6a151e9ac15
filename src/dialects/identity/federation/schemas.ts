import { BOOLEAN, ID_OR_NULL, TEXT, TEXT_OR_NULL, URL_TEXT } from '../records/schema-parts.ts';

const PROVIDER_MEMBERS = {
  enabled: BOOLEAN,
  description: TEXT_OR_NULL,
  authorization_ttl: { type: ['integer', 'null'], minimum: 0 },
  remote_ids: { type: ['array', 'null'], items: TEXT, uniqueItems: true },
} as const;

const { enabled, description, ...LATER_MEMBERS } = PROVIDER_MEMBERS;

/** A new identity provider. */
export const CREATE_IDENTITY_PROVIDER = {
  type: 'object',
  properties: { enabled, description, domain_id: ID_OR_NULL, ...LATER_MEMBERS },
  additionalProperties: false,
} as const;

/** Changes of an identity provider. */
export const UPDATE_IDENTITY_PROVIDER = {
  type: 'object',
  properties: PROVIDER_MEMBERS,
  minProperties: 1,
  additionalProperties: false,
} as const;

const PROTOCOL_MEMBERS = {
  mapping_id: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9-_]+$' },
  remote_id_attribute: { type: 'string', maxLength: 64 },
} as const;

/** A new protocol. */
export const CREATE_PROTOCOL = {
  type: 'object',
  properties: PROTOCOL_MEMBERS,
  required: ['mapping_id'],
  additionalProperties: false,
} as const;

/** Changes of a protocol. */
export const UPDATE_PROTOCOL = {
  type: 'object',
  properties: PROTOCOL_MEMBERS,
  minProperties: 1,
  additionalProperties: false,
} as const;

const SERVICE_PROVIDER_MEMBERS = {
  auth_url: URL_TEXT,
  sp_url: URL_TEXT,
  description: TEXT_OR_NULL,
  enabled: BOOLEAN,
  relay_state_prefix: TEXT_OR_NULL,
} as const;

/** A new service provider. */
export const CREATE_SERVICE_PROVIDER = {
  type: 'object',
  properties: SERVICE_PROVIDER_MEMBERS,
  required: ['auth_url', 'sp_url'],
  additionalProperties: false,
} as const;

/** Changes of a service provider. */
export const UPDATE_SERVICE_PROVIDER = {
  type: 'object',
  properties: SERVICE_PROVIDER_MEMBERS,
  minProperties: 1,
  additionalProperties: false,
} as const;
