import { METADATA_KEY, wrapped } from '../schemas.ts';

/** Metadata in a request. */
export const ITEMS = {
  type: 'object',
  patternProperties: { [METADATA_KEY]: { type: 'string', maxLength: 255 } },
  additionalProperties: false,
} as const;

/** `{metadata}` in a request. */
export const METADATA_REQUEST = wrapped('metadata', ITEMS);
/** `{meta}` in a request: one item. */
export const META_REQUEST = wrapped('meta', { ...ITEMS, minProperties: 1, maxProperties: 1 });

/** `{metadata}` in a response. Values can have any type: two properties are shown as the JSON in their text. */
export const METADATA_REPLY = wrapped('metadata', { type: 'object' });
/** `{meta}` in a response: one item. */
export const META_REPLY = wrapped('meta', { type: 'object', minProperties: 1, maxProperties: 1 });
