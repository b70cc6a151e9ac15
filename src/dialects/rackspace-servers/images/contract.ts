import type { Operation } from '../../../contract/contract.ts';
import { SOURCE } from '../documented.ts';
import { DETAIL_REPLY, IMAGE_REPLY, LIST_REPLY } from './schemas.ts';

/** Operations on images. */
export const imageOperations = {
  listImages: {
    method: 'get',
    path: '/v2/{tenant_id}/images',
    summary: 'Lists id, name and links of the images that the account can see.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    response: LIST_REPLY,
    source: `${SOURCE}, "Retrieve list of images"; "Paginated collections"`,
  },
  listImagesDetail: {
    method: 'get',
    path: '/v2/{tenant_id}/images/detail',
    summary: 'Lists all attributes of the images that the account can see.',
    success: 200,
    statuses: [200, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    response: DETAIL_REPLY,
    source: `${SOURCE}, "Retrieve list of images with details"`,
  },
  showImage: {
    method: 'get',
    path: '/v2/{tenant_id}/images/{image_id}',
    summary: 'Returns one image.',
    success: 200,
    statuses: [200, 203, 400, 401, 403, 405, 409, 413, 500, 503],
    triggers: { 409: 'inject' },
    // The table omits the unknown id; the section on faults documents it.
    alsoSeen: [404],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Retrieve image details"; "Faults"`,
  },
  deleteImage: {
    method: 'delete',
    path: '/v2/{tenant_id}/images/{image_id}',
    summary: 'Deletes an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 405, 409, 413, 500, 503],
    alsoSeen: [404],
    triggers: { 403: 'client' },
    source: `${SOURCE}, "Delete image"; "Faults"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
