import type { Operation } from '../../../contract/contract.ts';
import { DETAIL_REPLY, IMAGE_REPLY, LIST_REPLY } from './schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** The proxy in front of the image service. */
export const imageOperations = {
  listImages: {
    method: 'get',
    path: '/v2.1/{tenant_id}/images',
    summary: 'Lists id, name and links of images; up to microversion 2.35.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 503],
    // 500: a query that is not UTF-8.
    alsoSeen: [404, 406, 415, 500],
    response: LIST_REPLY,
    source: `${SOURCE}, "List images"`,
  },
  listImagesDetail: {
    method: 'get',
    path: '/v2.1/{tenant_id}/images/detail',
    summary: 'Lists images in full; up to microversion 2.35.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 503],
    // 500: a query that is not UTF-8.
    alsoSeen: [404, 406, 415, 500],
    response: DETAIL_REPLY,
    source: `${SOURCE}, "List images with details"`,
  },
  showImage: {
    method: 'get',
    path: '/v2.1/{tenant_id}/images/{image_id}',
    summary: 'Returns one image; up to microversion 2.35.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 404, 405, 503],
    alsoSeen: [406, 415, 500],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Show image details"`,
  },
  deleteImage: {
    method: 'delete',
    path: '/v2.1/{tenant_id}/images/{image_id}',
    summary: 'Removes an image; up to microversion 2.35.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 405, 503],
    // 500: the image is in use.
    alsoSeen: [406, 415, 500],
    triggers: { 403: 'client' },
    source: `${SOURCE}, "Delete image"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
