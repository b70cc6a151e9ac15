/**
 * Parts of Keystone's JSON schemas. The order of keywords and members is the order in which the service checks them; its
 * messages quote the schemas.
 */
import type { Json } from '../../../base/json.ts';

/** Text or `null`. */
export const TEXT_OR_NULL = { type: ['string', 'null'] } as const;
/** Any text. */
export const TEXT = { type: 'string' } as const;
/** A boolean. */
export const BOOLEAN = { type: 'boolean', enum: [true, false, null] } as const;
/** A boolean or `null`. */
export const BOOLEAN_OR_NULL = { type: ['boolean', 'null'], enum: [true, false, null] } as const;
/** A name, which is not blank. */
export const NAME = { type: 'string', minLength: 1, maxLength: 255, pattern: '[\\S]+' } as const;
/** The name of a project or domain. */
export const SHORT_NAME = { ...NAME, maxLength: 64 } as const;
/** An id. */
export const ID = { type: 'string', minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9-]+$' } as const;
/** An id or `null`. */
export const ID_OR_NULL = { ...ID, type: ['string', 'null'] } as const;
/** A URL. */
export const URL_TEXT = { type: 'string', minLength: 0, maxLength: 225, pattern: '^[a-zA-Z0-9+.-]+:.+' } as const;
/** Tags of projects. */
export const TAGS = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[^,/]*$' },
  required: [],
  maxItems: 80,
  uniqueItems: true,
} as const;
/** Options of projects, domains and roles. */
export const IMMUTABLE_OPTIONS = {
  type: 'object',
  properties: { immutable: BOOLEAN_OR_NULL },
  additionalProperties: false,
} as const;
/** The number of a limit. */
export const LIMIT_NUMBER = { type: 'integer', minimum: -1, maximum: 2147483647 } as const;

/** The body of a create. Members that are not listed are accepted. */
export const createSchema = (properties: Json, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: true,
});

/** The body of an update: at least one member; other members are accepted. */
export const updateSchema = (properties: Json) => ({
  type: 'object',
  properties,
  minProperties: 1,
  additionalProperties: true,
});
