import { ITEMS } from '../metadata/schemas.ts';
import { wrapped } from '../schemas.ts';

/** Printable characters of the basic plane, no blanks at the ends; Nova's pattern allows a line feed at the very end. */
export const NAME_PATTERN =
  '^(?!.*[\\u{10000}-\\u{10FFFF}])[^\\p{C}\\p{Z}](?:[^\\p{C}\\p{Zl}\\p{Zp}]*[^\\p{C}\\p{Z}])?\\n?$';

/** `{createImage}`. */
export const CREATE_IMAGE_REQUEST = wrapped('createImage', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN }, metadata: ITEMS },
  additionalProperties: false,
});
