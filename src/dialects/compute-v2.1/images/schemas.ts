import { imageReplies } from '../../nova/schemas.ts';

// Metadata can have values of any type: two properties are shown as the JSON in their text.
const replies = imageReplies({});

/** `{images}` with id, name and links. */
export const LIST_REPLY = replies.list;
/** `{images}` in detail. */
export const DETAIL_REPLY = replies.detail;
/** `{image}`. */
export const IMAGE_REPLY = replies.image;
