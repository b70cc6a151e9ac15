import type { JsonSchema } from '../../../contract/schema.ts';

const TEXT = { type: 'string' } as const;

/** A tag with key and value, in requests and responses. */
export const KEY_VALUE: JsonSchema = {
  type: 'object',
  required: ['key', 'value'],
  properties: { key: TEXT, value: TEXT },
};

const listOf = (items: object): JsonSchema => ({
  type: 'object',
  required: ['tags'],
  properties: { tags: { type: 'array', items } },
  additionalProperties: false,
});

/** Response body of `listTags`. */
export const TAG_TEXTS_REPLY = listOf(TEXT);
/** Response body of `listKeyValueTags`. */
export const TAGS_REPLY = listOf(KEY_VALUE);
/** Response body of `listAllTags`. */
export const ALL_TAGS_REPLY = listOf({
  type: 'object',
  required: ['key', 'values'],
  properties: { key: TEXT, values: { type: 'array', minItems: 1, items: TEXT } },
});

const MAX_KEYS = 10;
const CONDITIONS = {
  type: 'array',
  maxItems: MAX_KEYS,
  items: {
    type: 'object',
    required: ['key', 'values'],
    properties: {
      key: { type: 'string', minLength: 1, maxLength: 128 },
      values: { type: 'array', maxItems: MAX_KEYS, uniqueItems: true, items: { type: 'string', maxLength: 255 } },
    },
  },
};

/** Request body of `queryByTags`. */
export const TAG_QUERY: JsonSchema = {
  type: 'object',
  required: ['action'],
  properties: {
    action: { enum: ['filter', 'count'] },
    tags: CONDITIONS,
    tags_any: CONDITIONS,
    not_tags: CONDITIONS,
    not_tags_any: CONDITIONS,
    without_any_tag: { type: 'boolean' },
    limit: { type: 'string', pattern: '^[0-9]+$' },
    offset: { type: 'string', pattern: '^[0-9]+$' },
    matches: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'value'],
        properties: { key: { enum: ['resource_name', 'resource_id'] }, value: { type: 'string', maxLength: 255 } },
      },
    },
  },
};

/** Response body of `queryByTags`; a count returns no resources. */
export const RESOURCES_REPLY: JsonSchema = {
  type: 'object',
  required: ['total_count'],
  properties: {
    total_count: { type: 'integer', minimum: 0 },
    resources: {
      type: 'array',
      items: {
        type: 'object',
        required: ['resource_id', 'resource_name', 'resource_detail', 'tags'],
        properties: {
          resource_id: TEXT,
          resource_name: TEXT,
          resource_detail: { type: 'object', required: ['status'], properties: { status: TEXT } },
          tags: { type: 'array', items: KEY_VALUE },
        },
      },
    },
  },
  additionalProperties: false,
};
