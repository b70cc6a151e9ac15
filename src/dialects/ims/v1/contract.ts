import type { Operation } from '../../../contract/contract.ts';
import { ERRORS, SOURCE } from '../documented.ts';
import { V1_IMAGE_LIST_REPLY } from './schemas.ts';

/** Deprecated native operations of the API versions 1 and 1.1. */
export const v1Operations = {
  listImagesDetailV11: {
    method: 'get',
    path: '/v1.1/images/detail',
    summary: 'Lists images in the format of the first API version.',
    success: 200,
    statuses: [200, ...ERRORS],
    response: V1_IMAGE_LIST_REPLY,
    source: `${SOURCE}, "Querying Image Details (Native OpenStack API V1.1, Deprecated)"`,
  },
  headImageV1: {
    method: 'head',
    path: '/v1/images/{image_id}',
    summary: 'Returns the attributes of an image as headers.',
    success: 200,
    statuses: [200, ...ERRORS],
    source: `${SOURCE}, "Querying Image Metadata (Native OpenStack API V1, Deprecated)"`,
  },
  deleteImageV11: {
    method: 'delete',
    path: '/v1.1/images/{image_id}',
    summary: 'Deletes an image.',
    success: 204,
    statuses: [204, ...ERRORS],
    // The example shows 200; Glance returns 409 for an image in use.
    alsoSeen: [200, 409],
    source: `${SOURCE}, "Deleting an Image (Native OpenStack API V1.1, Deprecated)"`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
