import { TEXT } from '../records/schema-parts.ts';

const LIST = { type: 'array' } as const;
const NAMED_ENTITY = {
  type: 'object',
  properties: { id: TEXT, name: TEXT },
  additionalProperties: false,
} as const;

const USER = {
  type: 'object',
  properties: {
    id: TEXT,
    name: TEXT,
    email: TEXT,
    domain: NAMED_ENTITY,
    type: { type: 'string', enum: ['ephemeral', 'local'] },
  },
  additionalProperties: false,
} as const;

const PROJECT = {
  type: 'object',
  required: ['name', 'roles'],
  properties: {
    name: TEXT,
    roles: { type: 'array', items: { type: 'object', required: ['name'], properties: { name: TEXT } } },
  },
  additionalProperties: false,
} as const;

const GROUP = {
  type: 'object',
  oneOf: [
    { type: 'object', properties: { id: TEXT }, required: ['id'], additionalProperties: false },
    {
      type: 'object',
      properties: { name: TEXT, domain: { type: 'object' } },
      required: ['name', 'domain'],
      additionalProperties: false,
    },
  ],
} as const;

const LOCAL = {
  type: 'object',
  properties: {
    user: USER,
    projects: { type: 'array', items: PROJECT },
    group: GROUP,
    groups: TEXT,
    group_ids: TEXT,
    domain: NAMED_ENTITY,
  },
  additionalProperties: false,
} as const;

/** A condition on an attribute of the identity provider, which may list values. */
const conditionOf = (list?: string) => ({
  type: 'object',
  required: ['type', ...(list === undefined ? [] : [list])],
  properties: { type: TEXT, ...(list !== undefined && { [list]: LIST, regex: { type: 'boolean' } }) },
  additionalProperties: false,
});

const REMOTE = {
  type: 'object',
  oneOf: [undefined, 'any_one_of', 'not_any_of', 'blacklist', 'whitelist'].map(conditionOf),
} as const;

/** The rules of a mapping. */
export const MAPPING = {
  type: 'object',
  required: ['rules'],
  properties: {
    rules: {
      minItems: 1,
      type: 'array',
      items: {
        type: 'object',
        required: ['local', 'remote'],
        properties: {
          local: { type: 'array', items: LOCAL },
          remote: { minItems: 1, type: 'array', items: REMOTE },
        },
        additionalProperties: false,
      },
    },
  },
} as const;
