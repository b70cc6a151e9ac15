import { ID, LIMIT_NUMBER, TEXT, TEXT_OR_NULL } from '../records/schema-parts.ts';

const RESOURCE_NAME = { type: 'string', minLength: 1, maxLength: 255 } as const;

const REGISTERED_MEMBERS = {
  service_id: ID,
  region_id: { type: ['null', 'string'] },
  resource_name: RESOURCE_NAME,
  default_limit: LIMIT_NUMBER,
  description: TEXT_OR_NULL,
} as const;

/** New registered limits. */
export const CREATE_REGISTERED_LIMITS = {
  type: 'array',
  items: {
    type: 'object',
    properties: REGISTERED_MEMBERS,
    additionalProperties: false,
    required: ['service_id', 'resource_name', 'default_limit'],
  },
  minItems: 1,
} as const;

/** Changes of a registered limit. */
export const UPDATE_REGISTERED_LIMIT = {
  type: 'object',
  properties: REGISTERED_MEMBERS,
  additionalProperties: false,
} as const;

const limitOf = (owner: 'project_id' | 'domain_id') => ({
  properties: {
    [owner]: ID,
    service_id: ID,
    region_id: TEXT,
    resource_name: RESOURCE_NAME,
    resource_limit: LIMIT_NUMBER,
    description: TEXT_OR_NULL,
  },
  required: [owner, 'service_id', 'resource_name', 'resource_limit'],
  additionalProperties: false,
});

/** New limits. */
export const CREATE_LIMITS = {
  type: 'array',
  items: { type: 'object', oneOf: [limitOf('project_id'), limitOf('domain_id')] },
  minItems: 1,
} as const;

/** Changes of a limit. */
export const UPDATE_LIMIT = {
  type: 'object',
  properties: { resource_limit: LIMIT_NUMBER, description: TEXT_OR_NULL },
  additionalProperties: false,
} as const;
