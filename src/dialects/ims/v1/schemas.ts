import type { JsonSchema } from '../../../contract/schema.ts';
import { GLANCE_UUID_PATTERN } from '../../glance/schema-documents.ts';
import { STATUSES } from '../images/schemas.ts';

const TIME = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}$' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const COUNT = { type: 'integer', minimum: 0 };

const IMAGE_PROPERTIES = {
  id: { type: 'string', pattern: GLANCE_UUID_PATTERN },
  name: { type: 'string' },
  status: { enum: STATUSES },
  container_format: TEXT_OR_NULL,
  disk_format: TEXT_OR_NULL,
  size: COUNT,
  virtual_size: { type: ['integer', 'null'] },
  checksum: TEXT_OR_NULL,
  min_disk: COUNT,
  min_ram: COUNT,
  owner: TEXT_OR_NULL,
  is_public: { type: 'boolean' },
  protected: { type: 'boolean' },
  deleted: { type: 'boolean' },
  created_at: TIME,
  updated_at: TIME,
  deleted_at: { anyOf: [TIME, { type: 'null' }] },
  properties: { type: 'object', additionalProperties: { type: 'string' } },
};

/** Response body of `listImagesDetailV11`. */
export const V1_IMAGE_LIST_REPLY: JsonSchema = {
  type: 'object',
  required: ['images'],
  properties: {
    images: {
      type: 'array',
      items: {
        type: 'object',
        required: Object.keys(IMAGE_PROPERTIES),
        properties: IMAGE_PROPERTIES,
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
