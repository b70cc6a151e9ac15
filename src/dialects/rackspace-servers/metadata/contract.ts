import type { Operation } from '../../../contract/contract.ts';
import { META_REPLY, METADATA_REPLY } from '../images/schemas.ts';

const SOURCE = 'Rackspace Cloud Servers API v2 developer guide';
const ANSWERS = [200, 203, 400, 401, 403, 405, 409, 413, 500, 503] as const;

/** The metadata of images. */
export const metadataOperations = {
  listImageMetadata: {
    method: 'get',
    path: '/v2/{tenant_id}/images/{image_id}/metadata',
    summary: 'Returns the metadata of an image.',
    success: 200,
    statuses: ANSWERS,
    alsoSeen: [404],
    response: METADATA_REPLY,
    source: `${SOURCE}, "Retrieve image metadata"`,
  },
  updateImageMetadata: {
    method: 'post',
    path: '/v2/{tenant_id}/images/{image_id}/metadata',
    summary: 'Adds items to the metadata of an image, or gives them other values.',
    success: 200,
    statuses: ANSWERS,
    alsoSeen: [404, 415],
    response: METADATA_REPLY,
    source: `${SOURCE}, "Set image metadata"`,
  },
  showImageMetadataItem: {
    method: 'get',
    path: '/v2/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Returns one item of the metadata of an image.',
    success: 200,
    statuses: ANSWERS,
    alsoSeen: [404],
    response: META_REPLY,
    source: `${SOURCE}, "Retrieve image metadata item"`,
  },
  setImageMetadataItem: {
    method: 'put',
    path: '/v2/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Sets one item of the metadata of an image.',
    success: 200,
    statuses: ANSWERS,
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
