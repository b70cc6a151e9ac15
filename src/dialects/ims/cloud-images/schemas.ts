import type { JsonSchema } from '../../../contract/schema.ts';
import { IMAGE_REPLY } from '../images/schemas.ts';

/** Response body of `listCloudImages`. */
export const CLOUD_IMAGE_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['images'],
  properties: { images: { type: 'array', items: IMAGE_REPLY } },
  additionalProperties: false,
};

const COUNT = { type: 'integer', minimum: 0 };

/** Response body of `showQuota`. */
export const QUOTA_REPLY: JsonSchema = {
  type: 'object',
  required: ['quotas'],
  properties: {
    quotas: {
      type: 'object',
      required: ['resources'],
      properties: {
        resources: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['type', 'used', 'quota', 'min', 'max'],
            properties: { type: { const: 'image' }, used: COUNT, quota: COUNT, min: COUNT, max: COUNT },
          },
        },
      },
    },
  },
};
