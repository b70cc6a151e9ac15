import type { JsonSchema } from '../../contract/schema.ts';

const text = { type: 'string' } as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' } as const;

const links = {
  type: 'array',
  items: {
    type: 'object',
    required: ['rel', 'href'],
    properties: { rel: text, href: text, type: text },
    additionalProperties: false,
  },
} as const;

const brief = {
  type: 'object',
  required: ['id', 'name', 'links'],
  properties: { id: text, name: { type: ['string', 'null'] }, links },
  additionalProperties: false,
} as const;

const image = (metadata: JsonSchema, extra: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: [
    'id',
    'name',
    'status',
    'progress',
    'minDisk',
    'minRam',
    'created',
    'updated',
    'metadata',
    'OS-EXT-IMG-SIZE:size',
    'links',
  ],
  properties: {
    id: text,
    name: { type: ['string', 'null'] },
    status: { enum: ['ACTIVE', 'SAVING', 'DELETED', 'ERROR', 'UNKNOWN'] },
    progress: { type: 'integer', minimum: 0, maximum: 100 },
    minDisk: { type: 'integer' },
    minRam: { type: 'integer' },
    created: time,
    updated: time,
    metadata: { type: 'object', additionalProperties: metadata },
    'OS-EXT-IMG-SIZE:size': { type: 'integer' },
    'OS-DCF:diskConfig': { enum: ['AUTO', 'MANUAL'] },
    server: {
      type: 'object',
      required: ['id', 'links'],
      properties: { id: text, links },
      additionalProperties: false,
    },
    links,
    ...extra,
  },
  additionalProperties: false,
});

const list = (item: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['images'],
  properties: { images: { type: 'array', items: item }, images_links: links },
  additionalProperties: false,
});

/**
 * Schemas of the responses that contain images.
 * @param metadata - schema of the value of a metadata item.
 * @param extra - members of an image that only one API has.
 */
export const imageReplies = (metadata: JsonSchema, extra: Readonly<Record<string, JsonSchema>> = {}) => ({
  list: list(brief),
  detail: list(image(metadata, extra)),
  image: {
    type: 'object',
    required: ['image'],
    properties: { image: image(metadata, extra) },
    additionalProperties: false,
  } satisfies JsonSchema,
});
