import type { JsonSchema } from '../../../contract/schema.ts';

/** Response body of `listVersions` and `showVersion`. */
export const VERSIONS_REPLY: JsonSchema = {
  type: 'object',
  required: ['versions'],
  properties: {
    versions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'status', 'links'],
        properties: {
          id: { type: 'string' },
          status: { enum: ['CURRENT', 'SUPPORTED', 'DEPRECATED'] },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['href', 'rel'],
              properties: { href: { type: 'string' }, rel: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};
