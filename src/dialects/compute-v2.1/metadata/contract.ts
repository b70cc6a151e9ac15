import type { Operation } from '../../../contract/contract.ts';
import { META_REPLY, META_REQUEST, METADATA_REPLY, METADATA_REQUEST } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';
const READ = [200, 203, 400, 401, 403, 404, 405, 503] as const;
const WRITE = [200, 400, 401, 403, 404, 405, 409, 415, 503] as const;

/** 500: a query that is not UTF-8, or a JSON property whose text is not JSON. */
const ALSO_READ = { alsoSeen: [406, 415, 500] } as const;
/** 500: also metadata with the name of an attribute of the image service. */
const ALSO_WRITE = { alsoSeen: [406, 413, 500] } as const;

/** Metadata of images, up to microversion 2.38. */
export const metadataOperations = {
  listImageMetadata: {
    method: 'get',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata',
    summary: 'Returns the metadata of an image; up to microversion 2.38.',
    success: 200,
    statuses: READ,
    ...ALSO_READ,
    response: METADATA_REPLY,
    source: `${SOURCE}, "List image metadata"`,
  },
  updateImageMetadata: {
    method: 'post',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata',
    summary: 'Adds or changes items of the metadata of an image; up to microversion 2.38.',
    success: 200,
    statuses: WRITE,
    ...ALSO_WRITE,
    request: METADATA_REQUEST,
    response: METADATA_REPLY,
    source: `${SOURCE}, "Create image metadata"`,
  },
  replaceImageMetadata: {
    method: 'put',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata',
    summary: 'Replaces the metadata of an image; up to microversion 2.38.',
    success: 200,
    statuses: WRITE,
    ...ALSO_WRITE,
    request: METADATA_REQUEST,
    response: METADATA_REPLY,
    source: `${SOURCE}, "Update image metadata"`,
  },
  showImageMetadataItem: {
    method: 'get',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Returns one item of the metadata of an image; up to microversion 2.38.',
    success: 200,
    statuses: READ,
    ...ALSO_READ,
    response: META_REPLY,
    source: `${SOURCE}, "Show image metadata item"`,
  },
  setImageMetadataItem: {
    method: 'put',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Sets one item of the metadata of an image; up to microversion 2.38.',
    success: 200,
    statuses: WRITE,
    ...ALSO_WRITE,
    request: META_REQUEST,
    response: META_REPLY,
    source: `${SOURCE}, "Create or update image metadata item"`,
  },
  deleteImageMetadataItem: {
    method: 'delete',
    path: '/v2.1/{tenant_id}/images/{image_id}/metadata/{key}',
    summary: 'Removes one item of the metadata of an image; up to microversion 2.38.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 405, 409, 503],
    ...ALSO_READ,
    source: `${SOURCE}, "Delete image metadata item"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
