import type { Operation } from '../../../contract/contract.ts';
import { JSON_PATCH_SHAPE } from '../../glance/image-patch/patch-shape.ts';
import { ERRORS, SOURCE } from '../documented.ts';
import { IMAGE_LIST_REPLY, IMAGE_REPLY } from './schemas.ts';

/** Native operations on images. */
export const imageOperations = {
  listImages: {
    method: 'get',
    path: '/v2/images',
    summary: 'Lists images, one page at a time.',
    success: 200,
    statuses: [200, ...ERRORS],
    triggers: { 404: 'inject' },
    response: IMAGE_LIST_REPLY,
    source: `${SOURCE}, "Querying Images (Native OpenStack API)"`,
  },
  showImage: {
    method: 'get',
    path: '/v2/images/{image_id}',
    summary: 'Returns one image.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Querying Image Details (Native OpenStack API)"`,
  },
  updateImage: {
    method: 'patch',
    path: '/v2/images/{image_id}',
    summary: 'Updates the name, the description or custom attributes of an image.',
    success: 200,
    statuses: [200, ...ERRORS],
    // Glance returns these; the reference does not list them.
    alsoSeen: [409, 413, 415],
    bodyShape: JSON_PATCH_SHAPE,
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Modifying an Image (Native OpenStack API)"`,
  },
  deleteImage: {
    method: 'delete',
    path: '/v2/images/{image_id}',
    summary: 'Deletes a private image of the caller; the body can ask to delete its backup.',
    success: 204,
    statuses: [204, ...ERRORS],
    // Glance returns 409 for an image in use.
    alsoSeen: [409],
    triggers: { 403: 'client' },
    source: `${SOURCE}, "Deleting an Image (Native OpenStack API)"`,
  },
  createImage: {
    method: 'post',
    path: '/v2/images',
    summary: 'Creates a private image without data.',
    success: 201,
    statuses: [201, ...ERRORS],
    triggers: { 404: 'inject' },
    // Glance returns these; the reference does not list them.
    alsoSeen: [409, 413],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Creating Image Metadata (Native OpenStack API)"`,
  },
  uploadImage: {
    method: 'put',
    path: '/v2/images/{image_id}/file',
    summary: 'Uploads the data of an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 409, 500],
    alsoSeen: [410, 413, 415],
    body: 'stream',
    source: `${SOURCE}, "Uploading an Image (Native OpenStack API)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
