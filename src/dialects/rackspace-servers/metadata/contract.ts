import type { Operation } from '../../../contract/contract.ts';
import { SOURCE } from '../documented.ts';
import { META_REPLY, METADATA_REPLY } from './schemas.ts';

const STATUSES = [200, 203, 400, 401, 403, 405, 409, 413, 500, 503] as const;

/** Operations on the metadata of images. */
export const metadataOperations = {
  listImageMetadata: {
    method: 'get',
    path: '/v2/{tenant_id}/images/{image_id}/metadata',
    summary: 'Returns the metadata of an image.',
    success: 200,
    statuses: STATUSES,
    triggers: { 409: 'inject' },
    alsoSeen: [404],
    response: METADATA_REPLY,
    source: `${SOURCE}, "Retrieve image metadata"`,
  },
  updateImageMetadata: {
    method: 'post',
    path: '/v2/{tenant_id}/images/{image_id}/metadata',
    summary: 'Adds items to the metadata of an image, or replaces their values.',
    success: 200,
    statuses: STATUSES,
    alsoSeen: [404, 415],
    response: METADATA_REPLY,
    source: `${SOURCE}, "Set image metadata"`,
  },
  showImageMetadataItem: {
    method: 'get',
    path: '/v2/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Returns one item of the metadata of an image.',
    success: 200,
    statuses: STATUSES,
    triggers: { 409: 'inject' },
    alsoSeen: [404],
    response: META_REPLY,
    source: `${SOURCE}, "Retrieve image metadata item"`,
  },
  setImageMetadataItem: {
    method: 'put',
    path: '/v2/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Sets one item of the metadata of an image.',
    success: 200,
    statuses: STATUSES,
    alsoSeen: [404, 415],
    response: META_REPLY,
    source: `${SOURCE}, "Set image metadata item"`,
  },
  deleteImageMetadataItem: {
    method: 'delete',
    path: '/v2/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Removes one item of the metadata of an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 405, 409, 413, 500, 503],
    alsoSeen: [404],
    source: `${SOURCE}, "Delete image metadata item"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
