import type { JsonSchema } from '../../../contract/schema.ts';

/** Response body of the operations that list the versions. */
export const VERSIONS_RESPONSE: JsonSchema = {
  type: 'object',
  required: ['versions'],
  properties: {
    versions: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id', 'status', 'links'],
        properties: {
          id: { type: 'string', pattern: '^v[12]\\.\\d+$' },
          status: { type: 'string', enum: ['CURRENT', 'SUPPORTED', 'DEPRECATED'] },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['rel', 'href'],
              properties: { rel: { type: 'string' }, href: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};
