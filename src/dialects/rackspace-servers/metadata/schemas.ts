const metadata = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** Response body of the operations on all metadata: `{metadata}`. */
export const METADATA_REPLY = {
  type: 'object',
  required: ['metadata'],
  properties: { metadata },
  additionalProperties: false,
} as const;

/** Response body of the operations on one item: `{meta}`. */
export const META_REPLY = {
  type: 'object',
  required: ['meta'],
  properties: { meta: { ...metadata, minProperties: 1, maxProperties: 1 } },
  additionalProperties: false,
} as const;
