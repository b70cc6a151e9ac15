import type { Operation } from '../../../contract/contract.ts';
import { IMAGE_REPLY, MEMBER_LIST_REPLY, MEMBER_REPLY, OLD_IMAGE_LIST_REPLY } from './schemas.ts';

const SOURCE = 'Image Management Service API reference';
const USUAL = [400, 401, 403, 404, 500, 503] as const;

/** Native OpenStack calls beyond looking at images and removing them. */
export const nativeOperations = {
  createImage: {
    method: 'post',
    path: '/v2/images',
    summary: 'Registers a private image without data.',
    success: 201,
    statuses: [201, ...USUAL],
    // What Glance answers here and the document does not list.
    alsoSeen: [409, 413],
    response: IMAGE_REPLY,
    source: `${SOURCE}, "Creating Image Metadata (Native OpenStack API)"`,
  },
  uploadImage: {
    method: 'put',
    path: '/v2/images/{image_id}/file',
    summary: 'Stores the data of an image that was registered before.',
    success: 204,
    statuses: [204, 400, 401, 403, 404, 409, 500],
    alsoSeen: [410, 413, 415],
    body: 'stream',
    source: `${SOURCE}, "Uploading an Image (Native OpenStack API)"`,
  },
  createImageMember: {
    method: 'post',
    path: '/v2/images/{image_id}/members',
    summary: 'Shares an image with a project.',
    success: 200,
    statuses: [200, ...USUAL],
    alsoSeen: [409, 413],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Adding an Image Member (Native OpenStack API)"`,
  },
  listImageMembers: {
    method: 'get',
    path: '/v2/images/{image_id}/members',
    summary: 'Lists the projects with which an image is shared.',
    success: 200,
    statuses: [200, ...USUAL],
    response: MEMBER_LIST_REPLY,
    source: `${SOURCE}, "Querying Image Members (Native OpenStack API)"`,
  },
  showImageMember: {
    method: 'get',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Returns one member of an image.',
    success: 200,
    statuses: [200, ...USUAL],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Querying Image Member Details (Native OpenStack API)"`,
  },
  updateImageMember: {
    method: 'put',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Accepts or rejects an image that was shared.',
    success: 200,
    statuses: [200, ...USUAL],
    response: MEMBER_REPLY,
    source: `${SOURCE}, "Updating the Image Sharing Status (Native OpenStack API)"`,
  },
  deleteImageMember: {
    method: 'delete',
    path: '/v2/images/{image_id}/members/{member_id}',
    summary: 'Ends sharing an image with a project.',
    success: 204,
    statuses: [204, ...USUAL],
    source: `${SOURCE}, "Deleting an Image Member (Native OpenStack API)"`,
  },
  addImageTag: {
    method: 'put',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Puts a tag, a key alone, on an image.',
    success: 204,
    statuses: [204, ...USUAL],
    alsoSeen: [413],
    source: `${SOURCE}, "Adding a Tag (Native OpenStack API)"`,
  },
  deleteImageTag: {
    method: 'delete',
    path: '/v2/images/{image_id}/tags/{tag}',
    summary: 'Takes a tag off an image.',
    success: 204,
    statuses: [204, ...USUAL],
    source: `${SOURCE}, "Deleting a Tag (Native OpenStack API)"`,
  },
  listImagesDetailV11: {
    method: 'get',
    path: '/v1.1/images/detail',
    summary: 'Lists images in full, in the form of the first API version.',
    success: 200,
    statuses: [200, ...USUAL],
    response: OLD_IMAGE_LIST_REPLY,
    source: `${SOURCE}, "Querying Image Details (Native OpenStack API V1.1, Deprecated)"`,
  },
  headImageV1: {
    method: 'head',
    path: '/v1/images/{image_id}',
    summary: 'Returns the record of an image as headers.',
    success: 200,
    statuses: [200, ...USUAL],
    source: `${SOURCE}, "Querying Image Metadata (Native OpenStack API V1, Deprecated)"`,
  },
  deleteImageV11: {
    method: 'delete',
    path: '/v1.1/images/{image_id}',
    summary: 'Removes an image.',
    success: 204,
    statuses: [204, ...USUAL],
    // Of the example, and data in use as Glance answers it.
    alsoSeen: [200, 409],
    source: `${SOURCE}, "Deleting an Image (Native OpenStack API V1.1, Deprecated)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
