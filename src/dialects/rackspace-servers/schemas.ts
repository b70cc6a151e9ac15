import { imageReplies } from '../shared/compute-schemas.ts';

const replies = imageReplies({ type: 'string' });

/** The lists, brief and in full, and one image. */
export const LIST_REPLY = replies.list;
export const DETAIL_REPLY = replies.detail;
export const IMAGE_REPLY = replies.image;
