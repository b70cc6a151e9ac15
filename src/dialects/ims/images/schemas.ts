import type { JsonSchema } from '../../../contract/schema.ts';
import { GLANCE_UUID_PATTERN, imageListReply } from '../../glance/schema-documents.ts';

/** Disk formats that the reference lists, and `iso`. */
export const DISK_FORMATS = ['zvhd2', 'vhd', 'zvhd', 'raw', 'qcow2', 'iso'] as const;
/** Container formats that the reference lists. */
export const CONTAINER_FORMATS = ['bare'] as const;
/** Statuses of images. */
export const STATUSES = ['queued', 'saving', 'deleted', 'killed', 'active'] as const;
/** Visibilities of images. */
export const VISIBILITIES = ['private', 'public', 'shared'] as const;

const REQUIRED_TEXTS = [
  'name',
  'owner',
  'container_format',
  'disk_format',
  'self',
  'file',
  '__imagetype',
  '__isregistered',
  '__image_source_type',
  '__image_size',
  '__os_type',
  '__os_bit',
  '__os_version',
  '__platform',
  'virtual_env_type',
];

const REQUIRED_PROPERTIES = {
  ...Object.fromEntries(REQUIRED_TEXTS.map((name) => [name, { type: 'string' }])),
  id: { type: 'string', pattern: GLANCE_UUID_PATTERN },
  status: { enum: STATUSES },
  visibility: { enum: VISIBILITIES },
  protected: { type: 'boolean' },
  tags: { type: 'array', items: { type: 'string' } },
  min_disk: { type: 'integer', minimum: 0 },
  min_ram: { type: 'integer', minimum: 0 },
  size: { type: 'integer', minimum: 0 },
  created_at: { type: 'string', format: 'date-time' },
  updated_at: { type: 'string', format: 'date-time' },
  schema: { const: '/v2/schemas/image' },
};

/** Response body of the operations on one image. */
export const IMAGE_REPLY: JsonSchema = {
  type: 'object',
  required: Object.keys(REQUIRED_PROPERTIES),
  properties: {
    ...REQUIRED_PROPERTIES,
    virtual_size: { type: ['integer', 'null'] },
    checksum: { type: 'string' },
    // Clients of other APIs can set a text that is neither true nor false.
    __whole_image: { type: ['boolean', 'string'] },
  },
  additionalProperties: { type: 'string' },
};

/** Response body of `listImages`. */
export const IMAGE_LIST_REPLY = imageListReply(IMAGE_REPLY);
