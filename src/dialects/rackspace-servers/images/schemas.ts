import { imageReplies } from '../../nova/schemas.ts';

const replies = imageReplies(
  { type: 'string' },
  {
    fault: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'integer' }, message: { type: 'string' }, created: { type: 'string' } },
      additionalProperties: false,
    },
  },
);

/** The lists, brief and in full, and one image. */
export const LIST_REPLY = replies.list;
export const DETAIL_REPLY = replies.detail;
export const IMAGE_REPLY = replies.image;

const metadata = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** `{metadata}`, and `{meta}` with one item. */
export const METADATA_REPLY = {
  type: 'object',
  required: ['metadata'],
  properties: { metadata },
  additionalProperties: false,
} as const;
export const META_REPLY = {
  type: 'object',
  required: ['meta'],
  properties: { meta: { ...metadata, minProperties: 1, maxProperties: 1 } },
  additionalProperties: false,
} as const;

/** `{image_schedule}`. */
export const SCHEDULE_REPLY = {
  type: 'object',
  required: ['image_schedule'],
  properties: {
    image_schedule: {
      type: 'object',
      properties: { retention: { type: 'integer', minimum: 1, maximum: 65_535 }, day_of_week: { type: 'string' } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;
