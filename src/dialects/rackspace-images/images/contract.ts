import type { Operation } from '../../../contract/contract.ts';
import { JSON_PATCH_SHAPE } from '../../glance/image-patch/patch-shape.ts';
import { CHANGE_STATUSES, DELETE_STATUSES, READ_STATUSES, SOURCE } from '../documented.ts';
import { IMAGE_LIST_REPLY, IMAGE_REPLY } from './schemas.ts';

/** Operations on images. */
export const imageOperations = {
  listImages: {
    method: 'get',
    path: '/v2/images',
    summary: 'Lists standard images, own images, and accepted shared images.',
    success: 200,
    statuses: READ_STATUSES,
    triggers: { 404: 'inject' },
    response: IMAGE_LIST_REPLY,
    source: `${SOURCE}, "List images"; "Paginated collections"`,
  },
  showImage: {
    method: 'get',
    path: '/v2/images/{image_id}',
    summary: 'Returns one image.',
    success: 200,
    statuses: READ_STATUSES,
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Get image details"`,
  },
  updateImage: {
    method: 'patch',
    path: '/v2/images/{image_id}',
    summary: 'Updates an own image. The body is a list of add, replace and remove operations.',
    success: 200,
    statuses: CHANGE_STATUSES,
    // The table omits the unknown id.
    alsoSeen: [404],
    bodyShape: JSON_PATCH_SHAPE,
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Update image"; "HTTP PATCH method"`,
  },
  deleteImage: {
    method: 'delete',
    path: '/v2/images/{image_id}',
    summary: 'Deletes an own image.',
    success: 204,
    statuses: DELETE_STATUSES,
    // The guide has no status for an image in use; Glance, which runs behind the service, returns this one.
    alsoSeen: [409],
    triggers: { 403: 'client' },
    source: `${SOURCE}, "Delete image"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
