import type { JsonSchema } from '../../../contract/schema.ts';
import { HOST_NAME } from '../hosts/schemas.ts';
import { METADATA_KEY, NAME, PADDED_NAME, wrapped, ZONE_NAME } from '../schemas.ts';

/** The first microversion with UUIDs of aggregates. */
export const FIRST_WITH_UUID = 41;

const text = { type: 'string' } as const;
const nullableText = { type: ['string', 'null'] } as const;
const texts = { type: 'object', additionalProperties: text } as const;

const aggregate = {
  type: 'object',
  required: ['id', 'name', 'availability_zone', 'created_at'],
  properties: {
    id: { type: 'integer' },
    uuid: text,
    name: text,
    availability_zone: nullableText,
    hosts: { type: 'array', items: text },
    metadata: texts,
    created_at: text,
    updated_at: nullableText,
    deleted: { type: 'boolean' },
    deleted_at: { type: 'null' },
  },
  additionalProperties: false,
} as const;

/** `{aggregate}`. */
export const AGGREGATE_REPLY = wrapped('aggregate', aggregate);

/** `{aggregates}`. */
export const AGGREGATES_REPLY = wrapped('aggregates', { type: 'array', items: aggregate });

const ZONE = { anyOf: [ZONE_NAME, { type: 'null' }] } as const;

/** A request that creates an aggregate. */
export const NEW_AGGREGATE: JsonSchema = wrapped('aggregate', {
  type: 'object',
  required: ['name'],
  properties: { name: NAME, availability_zone: ZONE },
  additionalProperties: false,
});

/** A request that changes an aggregate. */
export const AGGREGATE_CHANGE: JsonSchema = wrapped('aggregate', {
  type: 'object',
  properties: { name: PADDED_NAME, availability_zone: ZONE },
  additionalProperties: false,
  minProperties: 1,
});

/** A request for an action on a host of an aggregate. @param name - of the action. */
export const hostSchema = (name: 'add_host' | 'remove_host'): JsonSchema =>
  wrapped(name, {
    type: 'object',
    required: ['host'],
    properties: { host: HOST_NAME },
    additionalProperties: false,
  });

/** A request that sets metadata of an aggregate; `null` removes an item. */
export const METADATA_CHANGE: JsonSchema = wrapped('set_metadata', {
  type: 'object',
  required: ['metadata'],
  properties: {
    metadata: {
      type: 'object',
      patternProperties: { [METADATA_KEY]: { type: ['string', 'null'], maxLength: 255 } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
});
