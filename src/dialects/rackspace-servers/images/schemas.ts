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

/** Response body of `listImages`. */
export const LIST_REPLY = replies.list;
/** Response body of `listImagesDetail`. */
export const DETAIL_REPLY = replies.detail;
/** Response body of `showImage`. */
export const IMAGE_REPLY = replies.image;
