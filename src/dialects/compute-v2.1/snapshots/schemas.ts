import { ITEMS } from '../metadata/schemas.ts';
import { NAME_PATTERN, wrapped } from '../schemas.ts';

/** `{createImage}`. */
export const CREATE_IMAGE_REQUEST = wrapped('createImage', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 255, pattern: NAME_PATTERN }, metadata: ITEMS },
  additionalProperties: false,
});
