import type { Operation } from '../../../contract/contract.ts';
import { JSON_PATCH_SHAPE } from '../../glance/image-patch/patch-shape.ts';
import { IMAGE_REQUEST, IMAGE_RESPONSE, IMAGES_RESPONSE } from './schemas.ts';

const REFERENCE = 'Image service API v2 reference';

/** Operations on images, their tags and their activation. */
export const imageOperations = {
  listImages: {
    method: 'get',
    path: '/v2/images',
    summary: 'Lists the images that the caller can see, one page at a time.',
    success: 200,
    statuses: [200, 400, 401, 403],
    alsoSeen: [500],
    response: IMAGES_RESPONSE,
    source: `${REFERENCE}, "List images"`,
  },
  createImage: {
    method: 'post',
    path: '/v2/images',
    summary: 'Creates an image without data.',
    success: 201,
    statuses: [201, 400, 401, 403, 409, 413, 415],
    alsoSeen: [500],
    request: IMAGE_REQUEST,
    response: IMAGE_RESPONSE,
    source: `${REFERENCE}, "Create image"`,
  },
  showImage: {
    method: 'get',
    path: '/v2/images/{image_id}',
    summary: 'Returns one image.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    response: IMAGE_RESPONSE,
    source: `${REFERENCE}, "Show image"`,
  },
  updateImage: {
    method: 'patch',
    path: '/v2/images/{image_id}',
    summary: 'Changes an image with a JSON patch, all steps or none.',
    success: 200,
    statuses: [200, 400, 401, 403, 404, 409, 413, 415],
    alsoSeen: [500],
    bodyShape: JSON_PATCH_SHAPE,
    response: IMAGE_RESPONSE,
    source: `${REFERENCE}, "Update image"`,
  },
  deleteImage: {
    method: 'delete',
    path: '/v2/images/{image_id}',
    summary: 'Deletes an image and its data.',
    success: 204,
    statuses: [204, 403, 404],
    alsoSeen: [400, 401, 409],
    triggers: { 403: 'client' },
    source: `${REFERENCE}, "Delete image"`,
  },
  addImageTag: {
    method: 'put',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Adds a tag to an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 413],
    source: `${REFERENCE}, "Image tags"`,
  },
  deleteImageTag: {
    method: 'delete',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Removes a tag from an image.',
    success: 204,
    statuses: [204, 400, 401, 403, 404],
    source: `${REFERENCE}, "Image tags"`,
  },
  deactivateImage: {
    method: 'post',
    path: '/v2/images/{image_id}/actions/deactivate',
    summary: 'Deactivates an image, so that its data cannot be downloaded.',
    success: 204,
    statuses: [204, 400, 403, 404],
    alsoSeen: [401],
    source: `${REFERENCE}, "Image actions"`,
  },
  reactivateImage: {
    method: 'post',
    path: '/v2/images/{image_id}/actions/reactivate',
    summary: 'Reactivates an image.',
    success: 204,
    statuses: [204, 400, 403, 404],
    alsoSeen: [401],
    source: `${REFERENCE}, "Image actions"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
