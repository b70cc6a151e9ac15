import type { JsonSchema } from '../../../contract/schema.ts';
import { GLANCE_UUID_PATTERN, imageListReply } from '../../glance/schema-documents.ts';

/** Disk formats that the published image schema lists. */
export const DISK_FORMATS = ['ami', 'ari', 'aki', 'vhd', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso'] as const;
/** Container formats that the published image schema lists. */
export const CONTAINER_FORMATS = ['ami', 'ari', 'aki', 'bare', 'ovf'] as const;

/** Response body of `showImage` and `updateImage`. Attributes that were never set are omitted. */
export const IMAGE_REPLY: JsonSchema = {
  type: 'object',
  required: ['id', 'status', 'visibility', 'protected', 'tags', 'created_at', 'file', 'self'],
  properties: {
    id: { type: 'string', pattern: GLANCE_UUID_PATTERN },
    name: { type: 'string' },
    status: { enum: ['queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete', 'deactivated'] },
    visibility: { enum: ['public', 'private', 'shared'] },
    protected: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    size: { type: 'integer', minimum: 0 },
    checksum: { type: 'string' },
    owner: { type: 'string' },
    min_ram: { type: 'integer', minimum: 0 },
    min_disk: { type: 'integer', minimum: 0 },
    container_format: { type: 'string' },
    disk_format: { type: 'string' },
    self: { type: 'string' },
    file: { type: 'string' },
    schema: { const: '/v2/schemas/image' },
  },
  additionalProperties: { type: 'string' },
};

/** Response body of `listImages`. */
export const IMAGE_LIST_REPLY = imageListReply(IMAGE_REPLY);
