import type { JsonSchema } from '../../../contract/schema.ts';

/** Response body of `listOsVersions`. */
export const OS_VERSIONS_REPLY: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['platform', 'version_list'],
    properties: {
      platform: { type: 'string' },
      version_list: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['platform', 'os_version_key', 'os_version', 'os_bit', 'os_type'],
          properties: {
            platform: { type: 'string' },
            os_version_key: { type: 'string' },
            os_version: { type: 'string' },
            os_bit: { enum: [32, 64] },
            os_type: { enum: ['Linux', 'Windows', 'Other'] },
          },
        },
      },
    },
  },
};
